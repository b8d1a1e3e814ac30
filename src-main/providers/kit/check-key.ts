import type { TokenCheck } from '@contract/entities/token'
import type { Protocol } from '@main/providers/spec/protocol'
import { getJson } from './get-json'

/** Checks a key by what the definition names, or by the list of models, which a wrong key does not get. */
export const createKeyCheck =
  (listModels: Protocol['listModels']): Protocol['checkKey'] =>
  async (connection, signal): Promise<Omit<TokenCheck, 'latencyMs'>> => {
    const { keyCheck } = connection.definition
    if (keyCheck) {
      const answer = await getJson(connection, keyCheck.path, signal)
      const { creditField, limitField } = keyCheck
      const limit = limitField ? numberAt(answer, limitField) : null
      return {
        models: null,
        creditLeft: creditField ? numberAt(answer, creditField) : null,
        ...(limit === null ? {} : { creditLimit: limit }),
      }
    }
    let models = 0
    for await (const page of listModels(connection, signal)) models += page.length
    return { models, creditLeft: null }
  }

/** The number at a path of names; null when something else is there, as for a key without a limit. */
function numberAt(answer: unknown, path: string): number | null {
  const value = path.split('.').reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return null
    return Object.entries(inner).find(([name]) => name === key)?.[1]
  }, answer)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

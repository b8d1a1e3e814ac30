import type { TokenCheck } from '@contract/entities/token'
import type { Connection, Protocol } from '@main/providers/spec/protocol'
import { getJson } from './get-json'
import { numberAt } from './number-at'

type Found = Omit<TokenCheck, 'latencyMs'>

/**
 * Checks a key by what the definition names, or by the list of models. Some servers, like llama.cpp, answer that to
 * everybody: so it is asked once more without the key, and a check that then succeeds as well is none.
 */
export const createKeyCheck =
  (listModels: Protocol['listModels']): Protocol['checkKey'] =>
  async (connection, signal): Promise<Found> => {
    const found = await ask(connection, listModels, signal)
    return (await answersWithoutKey(connection, listModels, signal)) ? { ...found, answersWithoutKey: true } : found
  }

async function ask(connection: Connection, listModels: Protocol['listModels'], signal: AbortSignal): Promise<Found> {
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

async function answersWithoutKey(
  connection: Connection,
  listModels: Protocol['listModels'],
  signal: AbortSignal
): Promise<boolean> {
  const { keyCheck } = connection.definition
  const keyless = connection.withoutKey()
  try {
    if (keyCheck) await getJson(keyless, keyCheck.path, signal)
    // The first page says enough.
    else for await (const _page of listModels(keyless, signal)) break
    return true
  } catch {
    // Whatever went wrong: with the key it went well just now.
    signal.throwIfAborted()
    return false
  }
}

import type { TokenCheck } from '@contract/entities/token'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection, Protocol } from '@main/providers/spec/protocol'
import { answerFailure } from './failures'
import { getJson, postJson } from './get-json'
import { numberAt } from './number-at'

type Found = Omit<TokenCheck, 'latencyMs'>
type KeyCheck = NonNullable<ProviderDefinition['keyCheck']>
/** As much of a list as a check must know. */
type List = (connection: Connection, signal: AbortSignal) => AsyncIterable<readonly unknown[]>

/**
 * Checks a key by what the definition names, or by the list of models. Some servers, like llama.cpp, answer that to
 * everybody: so it is asked once more without the key, and a check that then succeeds as well is none.
 */
export const createKeyCheck =
  (listModels: List): Protocol['checkKey'] =>
  async (connection, signal): Promise<Found> => {
    const found = await ask(connection, listModels, signal)
    return (await answersWithoutKey(connection, listModels, signal)) ? { ...found, answersWithoutKey: true } : found
  }

async function ask(connection: Connection, listModels: List, signal: AbortSignal): Promise<Found> {
  const { keyCheck } = connection.definition
  if (keyCheck) {
    const answer = await askWhatIsNamed(connection, keyCheck, signal)
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

/** The answer to the request that a definition names; null for one that was refused for something else than its key. */
async function askWhatIsNamed(connection: Connection, check: KeyCheck, signal: AbortSignal): Promise<unknown> {
  const { path, body, codeField, takenStatuses = [] } = check
  let answer: unknown
  try {
    answer = body ? await postJson(connection, path, body, signal) : await getJson(connection, path, signal)
  } catch (error) {
    if (error instanceof ProviderFailure && error.status !== null && takenStatuses.includes(error.status)) return null
    throw error
  }
  const status = codeField ? numberAt(answer, codeField) : null
  if (status !== null && status !== 200)
    throw answerFailure(connection, { status, headers: new Headers(), body: JSON.stringify(answer) })
  return answer
}

async function answersWithoutKey(connection: Connection, listModels: List, signal: AbortSignal): Promise<boolean> {
  const { keyCheck } = connection.definition
  const keyless = connection.withoutKey()
  try {
    if (keyCheck) await askWhatIsNamed(keyless, keyCheck, signal)
    // The first page says enough.
    else for await (const _page of listModels(keyless, signal)) break
    return true
  } catch {
    // Whatever went wrong: with the key it went well just now.
    signal.throwIfAborted()
    return false
  }
}

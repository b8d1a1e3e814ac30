import type { JsonObject } from '@contract/values'
import { checkedFetch } from './checked-fetch'
import { requestFailure, type Source } from './failures'

/**
 * Reads a JSON answer at a path below the base URL, or at a whole address. Throws a ProviderFailure, or the signal's
 * reason.
 */
export const getJson = (connection: Source, path: string, signal: AbortSignal): Promise<unknown> =>
  ask(connection, path, { headers: { accept: 'application/json' } }, signal)

/** The same of the answer to a JSON body. */
export const postJson = (connection: Source, path: string, body: JsonObject, signal: AbortSignal): Promise<unknown> => {
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  return ask(connection, path, { method: 'POST', headers, body: JSON.stringify(body) }, signal)
}

async function ask(connection: Source, path: string, init: RequestInit, signal: AbortSignal): Promise<unknown> {
  try {
    const address = URL.canParse(path) ? path : `${connection.baseUrl}${path}`
    const response = await checkedFetch(connection, signal)(address, init)
    return await response.json()
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

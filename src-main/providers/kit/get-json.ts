import { checkedFetch } from './checked-fetch'
import { requestFailure, type Source } from './failures'

/** Reads a JSON answer at a path below the base URL, or at a whole address. Throws a ProviderFailure, or the signal's reason. */
export async function getJson(connection: Source, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    const address = URL.canParse(path) ? path : `${connection.baseUrl}${path}`
    const response = await checkedFetch(connection, signal)(address, {
      headers: { accept: 'application/json' },
    })
    return await response.json()
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

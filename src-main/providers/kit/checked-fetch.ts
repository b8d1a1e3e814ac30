import { answerFailure, requestFailure, type Source } from './failures'

const ERROR_BODY_LIMIT = 64 * 1024

/**
 * The connection's fetch for one call, for a client library: it ends with `signal`, and an answer that failed is
 * thrown as a ProviderFailure before the library makes something less of it.
 */
export function checkedFetch(connection: Source, signal: AbortSignal): typeof globalThis.fetch {
  return async (target, init = {}) => {
    try {
      const either = init.signal ? AbortSignal.any([init.signal, signal]) : signal
      const response = await connection.fetch(target, { ...init, signal: either })
      if (response.ok) return response
      const body = await beginningOf(response)
      throw answerFailure(connection, { status: response.status, headers: response.headers, body })
    } catch (error) {
      throw requestFailure(connection, error, signal)
    }
  }
}

/** As much of an error's body as can be had: what it says is a help, not a need. */
async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > ERROR_BODY_LIMIT) break
    }
  } catch {
    return text
  }
  return text
}

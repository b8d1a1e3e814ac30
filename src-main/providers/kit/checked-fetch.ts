import { answerFailure, badAnswer, fetchFailure, type Source } from './failures'
import { guardedBody } from './guarded-body'
import { ERROR_BODY, type AnswerLength } from './limits'

/**
 * The connection's fetch for one call, for a client library: it ends with `signal`, and whatever goes wrong with the
 * answer is thrown as a ProviderFailure, also while its body is read, before the library makes something less of it.
 */
export function checkedFetch(
  connection: Source,
  signal: AbortSignal,
  length: AnswerLength = 'usual'
): typeof globalThis.fetch {
  return async (target, init = {}) => {
    const either = init.signal && init.signal !== signal ? AbortSignal.any([init.signal, signal]) : signal
    const response = await reached(connection, target, { ...init, signal: either })
    if (!response.ok) {
      const body = await beginningOf(response)
      either.throwIfAborted()
      throw answerFailure(connection, { status: response.status, headers: response.headers, body })
    }
    if (response.headers.get('content-type')?.includes('text/html')) {
      void response.body?.cancel().catch(() => undefined)
      throw badAnswer(connection, 'html')
    }
    return guardedBody(connection, response, either, length)
  }
}

async function reached(
  connection: Source,
  target: Parameters<typeof fetch>[0],
  init: RequestInit & { signal: AbortSignal }
) {
  try {
    return await connection.fetch(target, init)
  } catch (error) {
    throw fetchFailure(connection, error, init.signal)
  }
}

/** As much of an error's body as can be had, in the time that it is worth. */
async function beginningOf(response: Response): Promise<string> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  const leave = () => void reader.cancel().catch(() => undefined)
  const timer = setTimeout(leave, ERROR_BODY.ms)
  let text = ''
  try {
    while (text.length < ERROR_BODY.bytes) {
      // Each piece comes after the one before it.
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    return text
  } finally {
    clearTimeout(timer)
    leave()
  }
  return text
}

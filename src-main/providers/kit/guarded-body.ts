import { readBy } from '@main/platform/chunked-response'
import { bodyFailure, tooLarge, type Source } from './failures'
import { limits, type AnswerLength } from './limits'

/** Statuses under which a Response has no body, and must not get one. */
const WITHOUT_BODY = new Set([204, 205, 304])

/**
 * The same answer with a body that ends in a ProviderFailure when more comes than Fabula takes, or when it breaks: no
 * reader after this one has to know what a socket, a parser or a decompressor throws.
 */
export function guardedBody(
  connection: Source,
  response: Response,
  signal: AbortSignal,
  length: AnswerLength
): Response {
  const { status, headers } = response
  if (WITHOUT_BODY.has(status)) return response
  const kind = isStream(headers) ? 'stream' : 'body'
  return readBy(response, (chunks) => {
    const leave = () => void chunks.return?.().catch(() => undefined)
    let received = 0
    const guarded: AsyncIterableIterator<Uint8Array> = {
      next: async () => {
        try {
          const next = await chunks.next()
          if (next.done === true) return next
          received += next.value.byteLength
          if (length === 'usual' && received > limits[kind]) throw tooLarge(connection, kind)
          return next
        } catch (error) {
          leave()
          throw bodyFailure(connection, error, signal)
        }
      },
      return: () => {
        leave()
        return Promise.resolve({ done: true, value: undefined })
      },
      [Symbol.asyncIterator]: () => guarded,
    }
    return guarded
  })
}

/** A server that does not say what it sends may stream. */
function isStream(headers: Headers): boolean {
  const type = headers.get('content-type') ?? ''
  return !type.includes('json') || type.includes('ndjson')
}

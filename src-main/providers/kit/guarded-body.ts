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
  if (!response.body || WITHOUT_BODY.has(status)) return response
  const kind = isStream(headers) ? 'stream' : 'body'
  const reader = response.body.getReader()
  let received = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read()
          if (done) {
            controller.close()
            return
          }
          received += value.byteLength
          if (length === 'usual' && received > limits[kind]) throw tooLarge(connection, kind)
          controller.enqueue(value)
        } catch (error) {
          void reader.cancel().catch(() => undefined)
          controller.error(bodyFailure(connection, error, signal))
        }
      },
      cancel: async (reason) => await reader.cancel(reason),
    },
    { highWaterMark: 0 }
  )
  return new Response(body, { status, headers })
}

/** A server that does not say what it sends may stream. */
function isStream(headers: Headers): boolean {
  const type = headers.get('content-type') ?? ''
  return !type.includes('json') || type.includes('ndjson')
}

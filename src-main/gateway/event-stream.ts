import { StreamedResponse, type AnswerParts } from '@main/http/streamed-response'

const ALIVE = ': still waiting\n\n'

/**
 * An answer of server-sent events.
 *
 * @param aliveMs how often one on which nothing comes shows life, by a comment
 * @param headers beside those that every such answer has
 */
export const eventStream = (
  events: Omit<AnswerParts, 'alive'>,
  aliveMs: number,
  headers: Readonly<Record<string, string>> = {}
): Response =>
  new StreamedResponse(
    { ...events, alive: { text: ALIVE, everyMs: aliveMs } },
    {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
        // Proxies such as nginx would collect the stream.
        'x-accel-buffering': 'no',
        ...headers,
      },
    }
  )

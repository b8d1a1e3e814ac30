import { createParser } from 'eventsource-parser'
import { chunksOf } from '@main/platform/chunked-response'
import { badAnswer, tooLarge, type Source } from './failures'
import { limits } from './limits'

export interface ServerSentEvent {
  /** `message` unless the stream names another. */
  type: string
  data: string
}

/**
 * The events of a `text/event-stream`. One that the stream breaks off in is dropped. Leaving the loop closes the
 * connection. Throws a ProviderFailure for an event that is too long, and for a web page in the place of events.
 */
export async function* readEvents(connection: Source, response: Response): AsyncIterable<ServerSentEvent> {
  const decoder = new TextDecoder()
  let events: ServerSentEvent[] = []
  let begun = false
  let overflown = false
  const parser = createParser({
    maxBufferSize: limits.line,
    onEvent: ({ event, data }) => events.push({ type: event ?? 'message', data }),
    onError: ({ type }) => {
      overflown ||= type === 'max-buffer-size-exceeded'
    },
  })
  for await (const chunk of chunksOf(response) ?? []) {
    const text = decoder.decode(chunk, { stream: true })
    if (!begun && text.trim() !== '') {
      begun = true
      if (text.trimStart().startsWith('<')) throw badAnswer(connection, 'html')
    }
    parser.feed(text)
    const complete = events
    events = []
    yield* complete
    if (overflown) throw tooLarge(connection, 'line')
  }
}

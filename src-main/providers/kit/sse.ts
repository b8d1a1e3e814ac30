import { badAnswer, type Source } from './failures'

export interface ServerSentEvent {
  /** `message` unless the stream names another. */
  type: string
  data: string
}

/** Longer than any event of a model; it ends a server that sends a line without an end. */
const LONGEST_EVENT = 16 * 1024 * 1024

/**
 * The events of a `text/event-stream`, by the parsing rules of the HTML standard (9.2.6): lines end in CR, LF or both;
 * comments, unknown fields and events without data are passed over; an event that the stream breaks off in is dropped.
 * Leaving the loop closes the connection.
 */
export async function* readEvents(connection: Source, response: Response): AsyncIterable<ServerSentEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  let type = ''
  let data: string[] = []
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true })
    if (rest.length > LONGEST_EVENT) throw badAnswer(connection, 'wrong_shape')
    // A CR at the end may be the first half of a CR LF.
    const whole = rest.endsWith('\r') ? rest.slice(0, -1) : rest
    const lines = whole.split(/\r\n|\r|\n/)
    const last = lines.pop() ?? ''
    rest = last + rest.slice(whole.length)
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { type: type || 'message', data: data.join('\n') }
        type = ''
        data = []
        continue
      }
      const [field, value] = fieldOf(line)
      if (field === 'event') type = value
      if (field === 'data') data.push(value)
    }
  }
}

/** A line's field and value; one space after the colon belongs to neither. A comment has no field. */
function fieldOf(line: string): [field: string, value: string] {
  const colon = line.indexOf(':')
  if (colon === -1) return [line, '']
  const value = line.slice(colon + 1)
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value]
}

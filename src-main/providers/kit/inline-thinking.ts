import type { ChatEvent } from '@main/providers/spec/chat'

/** How models begin and end what they think where their server leaves it in the answer. */
const OPEN = /^\s*<(think|thinking|thought)>/i
const MAY_OPEN = /^\s*(?:<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?|o(?:u(?:g(?:h(?:t)?)?)?)?)?)?)?)?$/i

/**
 * An answer whose beginning is thinking between tags, as some servers leave it: it comes as `reasoning`, and never as a part of the
 * text. Tags further inside belong to the text.
 */
export async function* withoutInlineThinking(stream: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  /** What came while it is not known yet whether it is thinking; null once that is known. */
  let start: string | null = ''
  let close: string | null = null
  /** The end of what was thought, in which the closing tag may begin. */
  let held = ''
  for await (const event of stream) {
    if (event.type === 'reasoning' || event.type === 'toolCall') {
      yield event
      continue
    }
    if (event.type === 'end') {
      if (start) yield { type: 'text', text: start }
      if (held) yield { type: 'reasoning', text: held }
      yield event
      continue
    }
    let { text } = event
    if (start !== null) {
      start += text
      const opened = OPEN.exec(start)
      if (!opened && MAY_OPEN.test(start)) continue
      text = opened ? start.slice(opened[0].length) : start
      close = opened ? `</${(opened[1] ?? '').toLowerCase()}>` : null
      start = null
    }
    if (close === null) {
      if (text !== '') yield { type: 'text', text }
      continue
    }
    held += text
    const at = held.toLowerCase().indexOf(close)
    // As much as could be the beginning of the tag waits for what follows.
    const sure = at >= 0 ? at : Math.max(0, held.length - close.length + 1)
    if (sure > 0) yield { type: 'reasoning', text: held.slice(0, sure) }
    if (at < 0) {
      held = held.slice(sure)
      continue
    }
    const rest = held.slice(at + close.length)
    held = ''
    close = null
    if (rest !== '') yield { type: 'text', text: rest }
  }
}

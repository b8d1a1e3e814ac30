import type { ChatEvent } from '@main/providers/spec/chat'
import type { EventFilter } from './event-filter'

/** How models begin and end what they think where their server leaves it in the answer. */
const OPEN = /^\s*<(think|thinking|thought)>/i
const MAY_OPEN = /^\s*(?:<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?|o(?:u(?:g(?:h(?:t)?)?)?)?)?)?)?)?$/i

/**
 * An answer whose beginning is thinking between tags, as some servers leave it: it comes as `reasoning`, and never as a part of the
 * text. Tags further inside belong to the text.
 */
export function withoutInlineThinking(): EventFilter {
  /** What came while it is not known yet whether it is thinking; null once that is known. */
  let start: string | null = ''
  let close: string | null = null
  /** The end of what was thought, in which the closing tag may begin. */
  let held = ''

  const afterStart = (text: string): ChatEvent[] => {
    if (close === null) return text === '' ? [] : [{ type: 'text', text }]
    held += text
    const at = held.toLowerCase().indexOf(close)
    // As much as could be the beginning of the tag waits for what follows.
    const sure = at >= 0 ? at : Math.max(0, held.length - close.length + 1)
    const thought: ChatEvent[] = sure > 0 ? [{ type: 'reasoning', text: held.slice(0, sure) }] : []
    if (at < 0) {
      held = held.slice(sure)
      return thought
    }
    const rest = held.slice(at + close.length)
    held = ''
    close = null
    return rest === '' ? thought : [...thought, { type: 'text', text: rest }]
  }

  return (event) => {
    if (event.type === 'reasoning' || event.type === 'toolCall') return [event]
    if (event.type === 'end') {
      const kept: ChatEvent[] = start ? [{ type: 'text', text: start }] : []
      return held ? [...kept, { type: 'reasoning', text: held }, event] : [...kept, event]
    }
    if (start === null) return close === null && event.text !== '' ? [event] : afterStart(event.text)
    start += event.text
    const opened = OPEN.exec(start)
    if (!opened && MAY_OPEN.test(start)) return []
    const text = opened ? start.slice(opened[0].length) : start
    close = opened ? `</${(opened[1] ?? '').toLowerCase()}>` : null
    start = null
    return afterStart(text)
  }
}

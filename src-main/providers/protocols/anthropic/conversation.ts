import type { TextMessage } from '@main/providers/spec/chat'

interface Turn {
  role: 'user' | 'assistant'
  content: string
}

export interface Conversation {
  /** The API has a field of its own for it; null when there is none. */
  system: string | null
  messages: Turn[]
}

/** Stands where the API wants a user's turn and the story has none: before a passage that begins it. */
const OPENING = '…'

const joined = (texts: readonly string[]) => texts.join('\n\n')

/**
 * A conversation by the API's rules: system text at its beginning goes into a field of its own, and becomes part of the
 * user's turns further on, where its place matters; turns alternate, so neighbours are merged; none is empty; the first
 * is the user's; the last, when it is the model's own beginning, ends without white space.
 */
export function conversationOf(messages: readonly TextMessage[]): Conversation {
  const said = messages.filter(({ content }) => content.trim() !== '')
  const first = said.findIndex(({ role }) => role !== 'system')
  const system = (first === -1 ? said : said.slice(0, first)).map(({ content }) => content)
  // A request of instructions alone is a question.
  if (first === -1) return { system: null, messages: [{ role: 'user', content: joined(system) || OPENING }] }

  const turns: Turn[] = []
  for (const { role, content } of said.slice(first)) {
    const speaker = role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    if (last?.role === speaker) last.content = joined([last.content, content])
    else turns.push({ role: speaker, content })
  }
  if (turns[0]?.role === 'assistant') turns.unshift({ role: 'user', content: OPENING })
  const last = turns.at(-1)
  if (last?.role === 'assistant') last.content = last.content.trimEnd()
  return { system: system.length > 0 ? joined(system) : null, messages: turns }
}

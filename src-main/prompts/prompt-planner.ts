import type { ChatMessage } from '@main/providers/spec/chat'
import type { Window } from '@main/settings/context-window'
import type { PromptMaterial, Section, SectionContent, SectionFit } from './section'

/** A section as it stands in a prompt. */
export interface PromptPart {
  section: Section
  tokens: number
  /** What of it there was no room for: passages, entries. */
  leftOut: number
}

/** A prompt as it fits into a window. */
export interface Prompt {
  /** In the order of the prompt; those that say nothing are not among them. Counts what is left out. */
  parts(): PromptPart[]
  /** Of all parts. */
  tokens: number
  /** Reads the texts. */
  messages(): ChatMessage[]
}

interface Laid {
  section: Section
  content: SectionContent
  /** Tokens that it was given, and what of it fits into them. */
  room: number
  fit: SectionFit
}

/**
 * Lays sections into a window, in the order in which they are given. How they share it is said at `Section`. Nothing is
 * read but sizes until the messages are asked for, so the same plan serves the call, the context meter and a dry run.
 */
export function planPrompt(sections: readonly Section[], material: PromptMaterial, window: Window): Prompt {
  const laid = sections.flatMap((section): Laid[] => {
    const content = section.content(material)
    if (!content) return []
    const room = section.minimum === 'all' ? Infinity : 0
    return [{ section, content, room, fit: content.fit(room) }]
  })
  const taken = () => laid.reduce((sum, { fit }) => sum + fit.tokens, 0)
  const room = Math.max(0, window.total - window.answer - taken())
  const elastic = laid
    .filter(({ section }) => section.minimum !== 'all')
    .toSorted((a, b) => a.section.priority - b.section.priority)

  const kept = minimums(elastic, room)
  let free = room
  const give = (one: Laid, tokens: number) => {
    free += one.fit.tokens
    one.room = tokens
    one.fit = one.content.fit(tokens)
    free -= one.fit.tokens
  }
  for (const [index, one] of elastic.entries()) {
    const keptForLater = kept.slice(index + 1).reduce((sum, tokens) => sum + tokens, 0)
    const own = kept[index] ?? 0
    give(one, own + Math.floor((free - keptForLater - own) * one.section.elasticity))
  }
  for (const one of elastic) {
    const most = one.fit.tokens + free
    if (one.section.elasticity > 0 && most > one.room) give(one, most)
  }
  return {
    parts: () => laid.map(({ section, fit }) => ({ section, tokens: fit.tokens, leftOut: fit.leftOut() })),
    tokens: taken(),
    messages: () => alternating(laid.flatMap(({ fit }) => fit.messages())),
  }
}

/** What is kept free for each section, the most important one first, as far as the room goes. */
function minimums(elastic: readonly Laid[], room: number): number[] {
  let left = room
  return elastic.map(({ section, content }) => {
    const wanted = section.minimum === 'all' ? 0 : Math.min(section.minimum, left)
    // A section that has less to say leaves the rest to others.
    const tokens = content.fit(wanted).tokens
    left -= tokens
    return tokens
  })
}

/** Joins neighbours of the same role: many models take only turns that alternate. */
function alternating(messages: readonly ChatMessage[]): ChatMessage[] {
  const joined: ChatMessage[] = []
  for (const message of messages) {
    const last = joined.at(-1)
    if (last?.role === message.role)
      joined[joined.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` }
    else joined.push(message)
  }
  return joined
}

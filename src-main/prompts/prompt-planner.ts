import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import type { TextMessage } from '@main/providers/spec/chat'
import type { Window } from '@main/settings/context-window'
import { placedByDepth } from './placed-by-depth'
import { wordsPart, type PartName, type PromptPiece, type Speaker } from './prompt-piece'
import type { PlacedMessage, PromptMaterial, Section, SectionContent, SectionFit } from './section'

/** A section as it stands in a prompt, or all the words that stand around them. */
export interface PromptPart {
  section: PartName
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
  /** Ids of the sections for which there was no room at all. */
  crowdedOut: ReadonlySet<string>
  /** Reads the texts. */
  messages(): TextMessage[]
}

/** A piece with what of it is sent. */
type Laid = { piece: PromptPiece; tokens: number } & ({ kind: 'words' } | ({ kind: 'section' } & LaidSection))

interface LaidSection {
  section: Section
  content: SectionContent
  /** Tokens that it was given, and what of it fits into them. */
  room: number
  fit: SectionFit
}

/**
 * Lays pieces into a window, in the order in which they are given. Words are sent whole; how sections share what is left is
 * said at `Section`. Nothing is read but sizes until the messages are asked for, so the same plan serves the call, the
 * context meter and a dry run.
 */
export function planPrompt(pieces: readonly PromptPiece[], material: PromptMaterial, window: Window): Prompt {
  const laid = pieces.flatMap((piece): Laid[] => layWhole(piece, material))
  const sections = laid.filter((one) => one.kind === 'section')
  const taken = () => laid.reduce((sum, one) => sum + tokensOf(one), 0)
  const room = Math.max(0, window.total - window.answer - taken())
  share(
    sections
      .filter(({ section }) => section.minimum !== 'all')
      .toSorted((a, b) => a.section.priority - b.section.priority),
    room
  )
  return {
    parts: () => partsOf(laid),
    tokens: taken(),
    crowdedOut: new Set(sections.filter(({ fit }) => fit.tokens === 0).map(({ section }) => section.id)),
    messages: () => alternating(placedByDepth(messagesOf(laid))),
  }
}

const tokensOf = (one: Laid) => (one.kind === 'section' ? one.fit.tokens : one.tokens)

/** A piece with all that must be sent of it: words, and a section whose minimum is all of it. */
function layWhole(piece: PromptPiece, material: PromptMaterial): Laid[] {
  if (piece.kind === 'words')
    return piece.text.trim() === ''
      ? []
      : [{ piece, kind: 'words', tokens: estimateTokens(piece.text) + TOKENS_PER_MESSAGE }]
  const { section } = piece
  const content = section.content(material)
  if (!content) return []
  const room = section.minimum === 'all' ? Infinity : 0
  return [{ piece, kind: 'section', section, content, room, fit: content.fit(room), tokens: 0 }]
}

/** Gives the sections their room, the most important one first. */
function share(elastic: readonly LaidSection[], room: number): void {
  const kept = minimums(elastic, room)
  let free = room
  const give = (one: LaidSection, tokens: number) => {
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
}

/** What is kept free for each section, the most important one first, as far as the room goes. */
function minimums(elastic: readonly LaidSection[], room: number): number[] {
  let left = room
  return elastic.map(({ section, content }) => {
    const wanted = section.minimum === 'all' ? 0 : Math.min(section.minimum, left)
    // A section that has less to say leaves the rest to others.
    const tokens = content.fit(wanted).tokens
    left -= tokens
    return tokens
  })
}

/** All words as one part, at the place of the first. */
function partsOf(laid: readonly Laid[]): PromptPart[] {
  const words = laid.filter((one) => one.kind === 'words').reduce((sum, { tokens }) => sum + tokens, 0)
  const [first] = laid.filter((one) => one.kind === 'words')
  return laid.flatMap((one): PromptPart[] => {
    if (one === first) return [{ section: wordsPart, tokens: words, leftOut: 0 }]
    if (one.kind === 'words') return []
    return [{ section: one.section, tokens: one.fit.tokens, leftOut: one.fit.leftOut() }]
  })
}

/** Words and sections among them become one text while the same one speaks; sections of messages stand by themselves. */
function messagesOf(laid: readonly Laid[]): PlacedMessage[] {
  const messages: PlacedMessage[] = []
  let open: TextMessage | null = null
  const close = () => {
    if (open && open.content.trim() !== '') messages.push({ ...open, content: open.content.trim() })
    open = null
  }
  for (const one of laid) {
    const { piece } = one
    if (piece.kind === 'section' && piece.speaker === null) {
      close()
      if (one.kind === 'section') messages.push(...one.fit.messages())
      continue
    }
    if (open && open.role !== piece.speaker) close()
    const role: Speaker = piece.speaker ?? 'system'
    const before: string = open?.content ?? ''
    open = { role, content: before + (one.kind === 'section' ? textOf(one.fit) : behind(before, wordsOf(piece))) }
  }
  close()
  return messages
}

const textOf = (fit: SectionFit): string =>
  fit
    .messages()
    .map(({ content }) => content)
    .join('\n\n')

const wordsOf = (piece: PromptPiece): string => (piece.kind === 'words' ? piece.text : '')

/** Words behind other text, with no more than one empty line between: what stood there may say nothing this time. */
function behind(before: string, words: string): string {
  const ended = /\n*$/.exec(before)?.[0].length ?? 0
  const begun = /^\n*/.exec(words)?.[0].length ?? 0
  return words.slice(Math.max(0, Math.min(begun, ended + begun - 2)))
}

/** Joins neighbours of the same role: many models take only turns that alternate. */
function alternating(messages: readonly TextMessage[]): TextMessage[] {
  const joined: TextMessage[] = []
  for (const message of messages) {
    const last = joined.at(-1)
    if (last?.role === message.role)
      joined[joined.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` }
    else joined.push(message)
  }
  return joined
}

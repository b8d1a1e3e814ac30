import type { Language } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'
import { storyLanguage } from './story-language'

/** What the Demo understands of a request. */
export interface Conversation {
  language: Language
  /** The writer's last line; null when the last message is a note, a draft or the story's own text. */
  line: string | null
  /** The writer's first line, or null. */
  firstLine: string | null
  /** The story's title, where the system prompt quotes it. */
  title: string
  /** Everything the story has said so far. */
  told: string
  /** The last passage, when it breaks off inside a sentence and is to be completed. */
  unfinished: string | null
  /** The draft to be rewritten. */
  draft: string | null
}

/** A note to the co-author stands in square brackets, in paragraphs of its own: an instruction, no part of the story. */
const NOTE = /(?:^|\n\s*\n)\s*\[[\s\S]*?\]\s*(?=\n\s*\n|$)/g
const DRAFT = /<draft>\r?\n?([\s\S]*?)\r?\n?<\/draft>/
const QUOTED = /[“«"]([^”»"\n]+)[”»"]/
const SENTENCE_END = /[.!?…]["”»’')\]]*\s*$/

/** What a message says beside notes. */
const beside = (content: string): string => content.replace(NOTE, '').trim()

export const endsSentence = (text: string): boolean => SENTENCE_END.test(text)

const contentOf = (message: TextMessage | undefined): string => message?.content ?? ''

export const readConversation = (messages: readonly TextMessage[]): Conversation => {
  const last = messages.at(-1)
  const draft = last?.role === 'user' ? (DRAFT.exec(last.content)?.[1] ?? null) : null
  const lines = messages
    .filter((message) => message.role === 'user' && !DRAFT.test(message.content))
    .map((message) => ({ message, said: beside(message.content) }))
    .filter(({ said }) => said !== '')
  const passages = messages.filter((message) => message.role === 'assistant')
  const lastPassage = contentOf(passages.at(-1))
  const asksForMore =
    last?.role === 'assistant' || (draft === null && last !== undefined && beside(last.content) === '')
  const breaksOff = asksForMore && lastPassage.trim() !== '' && !endsSentence(lastPassage)

  return {
    language: storyLanguage(messages),
    line: last !== undefined && last === lines.at(-1)?.message ? (lines.at(-1)?.said ?? null) : null,
    firstLine: lines[0]?.said ?? null,
    title: QUOTED.exec(contentOf(messages.find((message) => message.role === 'system')))?.[1] ?? '',
    told: passages.map((message) => message.content).join('\n\n'),
    unfinished: breaksOff ? lastPassage : null,
    draft,
  }
}

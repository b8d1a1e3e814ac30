import type { MessageAuthor } from '@contract/entities/story'
import { isStopWord } from '@main/words/stop-words'
import { wordsOf } from '@main/words/words'

/** Different words beside articles, pronouns and the like that a line must have to be worth recalling. */
const LEAST_CONTENT = 3

/**
 * Whether a line of the writer only moves the story on: "Go on.", «И что дальше?». What comes of it is told by the passage
 * after it; recalled, such lines would take the places of others.
 */
export function isSlight(author: MessageAuthor, text: string): boolean {
  if (author !== 'writer') return false
  const content = wordsOf(text).filter(({ word }) => !isStopWord(word))
  return new Set(content.map(({ stem }) => stem)).size < LEAST_CONTENT
}

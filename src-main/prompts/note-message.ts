import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { promptText } from './prompt-texts'
import type { PromptMaterial, SectionContent } from './section'
import { wholeMessages } from './whole-messages'

/**
 * A note of an earlier step as a message: in the words that the reading role has under the note's name, and just as it is
 * where the role has none. A note that a step has yet to leave takes room and says nothing.
 */
export function noteMessage({ story, voice, notes }: PromptMaterial, name: string): SectionContent | null {
  const note = notes.get(name)
  if (!note) return null
  const inWords = (text: string) => promptText(story.language, voice, name, { [name]: text }) ?? text
  if ('text' in note) return wholeMessages([{ role: 'user', content: inWords(note.text) }])
  const tokens = note.tokens + estimateTokens(inWords('')) + TOKENS_PER_MESSAGE
  return { fit: () => ({ tokens, leftOut: () => 0, messages: () => [] }) }
}

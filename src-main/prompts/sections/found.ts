import { promptText } from '@main/prompts/prompt-texts'
import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** The note in which parts of earlier passages wait to be retold, and how many words that may take. */
export const FOUND = 'found'
export const WORDS = 'words'

/** Parts of earlier passages, with the request to retell what matters of them. */
export const found: Section = {
  id: 'found',
  name: { en: 'To retell', ru: 'Пересказать' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ story, voice, notes }) => {
    const [text, words] = [notes.get(FOUND), notes.get(WORDS)]
    if (!text || !words || !('text' in text) || !('text' in words)) return null
    const content = promptText(story.language, voice, 'condense', { found: text.text, words: words.text })
    return content === null ? null : wholeMessages([{ role: 'user', content }])
  },
}

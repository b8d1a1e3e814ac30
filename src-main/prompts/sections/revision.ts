import { promptText } from '@main/prompts/prompt-texts'
import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** The notes that hold a draft that was turned down, and what is wrong with it, for the model that writes it again. */
export const REJECTED = 'rejected'
export const REMARKS = 'remarks'

/** The passage that was turned down, with what is to be better in the next one. */
export const revision: Section = {
  id: 'revision',
  name: { en: 'What to mend', ru: 'Что исправить' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ story, voice, notes }) => {
    const [rejected, remarks] = [notes.get(REJECTED), notes.get(REMARKS)]
    if (!rejected || !remarks || !('text' in rejected) || !('text' in remarks)) return null
    const values = { rejected: rejected.text, remarks: remarks.text }
    const content = promptText(story.language, voice, 'revise', values)
    return content === null ? null : wholeMessages([{ role: 'user', content }])
  },
}

import { promptText } from '@main/prompts/prompt-texts'
import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** The notes that hold an answer that could not be read, and what is wrong with it. */
export const UNREADABLE = 'unreadable'
export const PROBLEM = 'problem'

/** Characters of the answer that are sent back: enough to see what went wrong. */
const SHOWN = 4000

/** The request to give an answer again in the form that was asked for. */
export const repair: Section = {
  id: 'repair',
  name: { en: 'Second try', ru: 'Вторая попытка' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ story, voice, notes }) => {
    const [answer, problem] = [notes.get(UNREADABLE), notes.get(PROBLEM)]
    if (!answer || !problem || !('text' in answer) || !('text' in problem)) return null
    const values = { answer: answer.text.slice(0, SHOWN), problem: problem.text }
    const content = promptText(story.language, voice, 'repair', values)
    return content === null ? null : wholeMessages([{ role: 'user', content }])
  },
}

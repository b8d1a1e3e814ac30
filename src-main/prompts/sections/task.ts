import { promptText } from '@main/prompts/prompt-texts'
import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** What a role that does not write the passage is asked for, behind all that it reads. */
export const task: Section = {
  id: 'task',
  name: { en: 'Task', ru: 'Задание' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ story, voice }) => {
    const content = promptText(story.language, voice, 'task')
    return content === null ? null : wholeMessages([{ role: 'user', content }])
  },
}

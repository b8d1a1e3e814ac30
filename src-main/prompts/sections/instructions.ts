import { promptText } from '@main/prompts/prompt-texts'
import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** What a role is told of its work. */
export const instructions: Section = {
  id: 'instructions',
  name: { en: 'Instructions', ru: 'Указания' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: ({ story, voice }) => {
    const content = promptText(story.language, voice, 'system', { title: story.title })
    return content === null ? null : wholeMessages([{ role: 'system', content }])
  },
}

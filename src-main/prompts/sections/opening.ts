import type { Section } from '@main/prompts/section'
import { wholeMessages } from '@main/prompts/whole-messages'

/** The beginning of a passage that broke off, as the model's own words. */
export const opening: Section = {
  id: 'opening',
  name: { en: 'Beginning', ru: 'Начало' },
  variable: {
    name: 'opening',
    kind: 'messages',
    help: {
      en: 'The beginning of a passage that broke off, as a message of its own.',
      ru: 'Начало оборванного отрывка — отдельным сообщением.',
    },
  },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: (material) =>
    material.opening === '' ? null : wholeMessages([{ role: 'assistant', content: material.opening }]),
}

import { fittingText } from '@main/prompts/fitting-texts'
import type { Section } from '@main/prompts/section'
import { withNames } from '@main/prompts/world-texts'

/** The style guide of the story. */
export const style: Section = {
  id: 'style',
  name: { en: 'Style guide', ru: 'Стиль' },
  variable: {
    name: 'style',
    kind: 'section',
    help: {
      en: 'The style guide of the world.',
      ru: 'Указания о стиле.',
    },
  },
  priority: 11,
  minimum: 400,
  elasticity: 0.5,
  content: (material) => fittingText(withNames(material.world.styleGuide, material)),
}

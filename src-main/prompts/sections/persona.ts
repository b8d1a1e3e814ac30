import { fittingText } from '@main/prompts/fitting-texts'
import type { Section } from '@main/prompts/section'
import { entryText } from '@main/prompts/world-texts'

/** Whom the writer plays. */
export const persona: Section = {
  id: 'persona',
  name: { en: 'Persona', ru: 'Персона' },
  variable: {
    name: 'persona',
    kind: 'section',
    help: {
      en: 'Who the writer plays.',
      ru: 'Кого играет писатель.',
    },
  },
  priority: 10,
  minimum: 500,
  elasticity: 0.5,
  content: (material) => {
    const { persona: who } = material.world
    return fittingText(who ? entryText(who.entry, material) : '')
  },
}

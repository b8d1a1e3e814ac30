import { fittingText } from '@main/prompts/fitting-texts'
import type { Section } from '@main/prompts/section'
import { entryText, worldText } from '@main/prompts/world-texts'

/** Whom the writer plays. */
export const persona: Section = {
  id: 'persona',
  name: { en: 'Persona', ru: 'Персона' },
  priority: 10,
  minimum: 500,
  elasticity: 0.5,
  content: (material) => {
    const { persona: who } = material.world
    return fittingText(who ? entryText(who.entry, material) : '', (entries) => ({
      role: 'system',
      content: worldText(material.story.language, 'persona', { entries }),
    }))
  },
}

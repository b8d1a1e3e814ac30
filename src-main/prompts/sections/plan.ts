import { noteMessage } from '@main/prompts/note-message'
import type { Section } from '@main/prompts/section'

/** The note in which the Director's plan waits for the Writer. */
export const PLAN = 'plan'

/** What the next passage is to bring. */
export const plan: Section = {
  id: 'plan',
  name: { en: 'Plan', ru: 'Замысел' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: (material) => noteMessage(material, PLAN),
}

import { noteMessage } from '@main/prompts/note-message'
import type { Section } from '@main/prompts/section'

/** The note in which a draft waits for the role that writes it anew. */
export const DRAFT = 'draft'

/** The draft of the passage, with the request to do with it what is the role's work. */
export const draft: Section = {
  id: 'draft',
  name: { en: 'Draft', ru: 'Черновик' },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: (material) => noteMessage(material, DRAFT),
}

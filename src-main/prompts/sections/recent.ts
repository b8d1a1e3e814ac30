import type { Section } from '@main/prompts/section'
import { history } from './history'

/** What a role that only has to know where the story stands reads of it, in tokens. */
const ENOUGH = 3000

/** The end of the story, for a role that does not need more of it. */
export const recent: Section = {
  ...history,
  id: 'recent',
  name: { en: 'Newest text', ru: 'Самый последний текст' },
  content: (material) => {
    const content = history.content(material)
    return content && { fit: (room) => content.fit(Math.min(room, ENOUGH)) }
  },
}

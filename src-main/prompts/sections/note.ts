import { fittingText } from '@main/prompts/fitting-texts'
import type { Section } from '@main/prompts/section'
import { withNames, worldText } from '@main/prompts/world-texts'

/** The author's note: a reminder that stands among the last passages. */
export const note: Section = {
  id: 'note',
  name: { en: 'Author’s note', ru: 'Заметка автора' },
  variable: {
    name: 'note',
    kind: 'messages',
    help: {
      en: 'The author’s note, as a message of its own: its depth says how many passages stand after it.',
      ru: 'Заметка автора — отдельным сообщением: её глубина говорит, сколько отрывков стоит после неё.',
    },
  },
  priority: 12,
  minimum: 300,
  elasticity: 0.5,
  content: (material) => {
    const { note: text, noteDepth, noteVoice } = material.world.note
    return fittingText(withNames(text, material), (entries) => ({
      role: noteVoice,
      content: worldText(material.story.language, 'note', { entries }),
      depth: noteDepth,
    }))
  },
}

import { fittingEntries } from '@main/prompts/fitting-texts'
import type { Section } from '@main/prompts/section'
import { entryText, worldText } from '@main/prompts/world-texts'

/** Who is in the scene beside the main character. Those who are most present have their room first. */
export const characters: Section = {
  id: 'characters',
  name: { en: 'Characters', ru: 'Персонажи' },
  priority: 20,
  minimum: 800,
  elasticity: 0.35,
  content: (material) =>
    fittingEntries(
      material.world.characters.map(({ entry }, index) => ({ text: entryText(entry, material), importance: -index })),
      (entries) => ({ role: 'system', content: worldText(material.story.language, 'characters', { entries }) })
    ),
}

import { fittingEntries } from '@main/prompts/fitting-texts'
import type { Section } from '@main/prompts/section'
import { entryText } from '@main/prompts/world-texts'

/** Who is in the scene beside the main character. Those who are most present have their room first. */
export const characters: Section = {
  id: 'characters',
  name: { en: 'Characters', ru: 'Персонажи' },
  variable: {
    name: 'characters',
    kind: 'section',
    help: {
      en: 'The characters in the scene, with their voices.',
      ru: 'Персонажи сцены и то, как они говорят.',
    },
  },
  priority: 20,
  minimum: 800,
  elasticity: 0.35,
  content: (material) =>
    fittingEntries(
      material.world.characters.map(({ entry }, index) => ({ text: entryText(entry, material), importance: -index }))
    ),
}

import { fittingEntries } from '@main/prompts/fitting-texts'
import type { Section } from '@main/prompts/section'
import { entryText } from '@main/prompts/world-texts'

/** Where the scene takes place. */
export const places: Section = {
  id: 'places',
  name: { en: 'Places', ru: 'Места' },
  variable: {
    name: 'places',
    kind: 'section',
    help: {
      en: 'Where the scene is.',
      ru: 'Места, где идёт сцена.',
    },
  },
  priority: 40,
  minimum: 300,
  elasticity: 0.2,
  content: (material) =>
    fittingEntries(
      material.world.places.map(({ entry }, index) => ({ text: entryText(entry, material), importance: -index }))
    ),
}

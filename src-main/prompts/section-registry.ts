import type { Section } from './section'
import { canon } from './sections/canon'
import { draft } from './sections/draft'
import { found } from './sections/found'
import { history } from './sections/history'
import { instructions } from './sections/instructions'
import { line } from './sections/line'
import { opening } from './sections/opening'
import { plan } from './sections/plan'
import { recalled } from './sections/recalled'
import { recent } from './sections/recent'
import { repair } from './sections/repair'
import { request } from './sections/request'
import { revision } from './sections/revision'
import { summary } from './sections/summary'
import { task } from './sections/task'
import { characters } from './sections/characters'
import { lore, loreInText } from './sections/lore'
import { note } from './sections/note'
import { persona } from './sections/persona'
import { places } from './sections/places'
import { style } from './sections/style'

/** The parts that prompts are made of. A new one is a file in `sections/` and an entry here. */
export const sections: readonly Section[] = [
  instructions,
  style,
  persona,
  lore,
  characters,
  places,
  loreInText,
  note,
  summary,
  recalled,
  history,
  plan,
  line,
  opening,
  request,
  draft,
  revision,
  task,
  canon,
  recent,
  found,
  repair,
]

export interface SectionRegistry {
  find(id: string): Section | undefined
  /** In the order of the ids. An id without a section is a mistake in the program. */
  named(ids: readonly string[]): Section[]
}

export function createSectionRegistry(known: readonly Section[] = sections): SectionRegistry {
  const byId = new Map(known.map((section) => [section.id, section]))
  return {
    find: (id) => byId.get(id),
    named: (ids) =>
      ids.map((id) => {
        const section = byId.get(id)
        if (!section) throw new Error(`There is no prompt section ${id}`)
        return section
      }),
  }
}

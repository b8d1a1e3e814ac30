import { noteSections } from './notes'
import type { Section } from './section'
import { canon } from './sections/canon'
import { characters } from './sections/characters'
import { history } from './sections/history'
import { line } from './sections/line'
import { lore, loreInText } from './sections/lore'
import { note } from './sections/note'
import { opening } from './sections/opening'
import { persona } from './sections/persona'
import { places } from './sections/places'
import { recalled } from './sections/recalled'
import { style } from './sections/style'
import { summary } from './sections/summary'

/**
 * The parts that templates can place, in the order in which an editor offers them. A new one is a file in `sections/` and an
 * entry here.
 */
export const sections: readonly Section[] = [
  persona,
  characters,
  places,
  lore,
  style,
  note,
  loreInText,
  summary,
  recalled,
  history,
  line,
  opening,
  canon,
  ...noteSections,
]

import text from '@resources/words/concepts.txt?raw'
import { wordsOf } from '@main/words/words'

/** Each line: words that speak of one thing, English before the bar and Russian after it. */
const lines = text.split('\n').filter((line) => line !== '')

const byStem = new Map<string, Set<number>>()
for (const [concept, line] of lines.entries())
  for (const { stem } of wordsOf(line)) byStem.set(stem, (byStem.get(stem) ?? new Set<number>()).add(concept))

const none: ReadonlySet<number> = new Set()

/** The things that a word may speak of, by its stem: numbers of lines in `resources/words/concepts.txt`. */
export const conceptsOf = (stem: string): ReadonlySet<number> => byStem.get(stem) ?? none

import type { Term } from './full-text'
import { wordsOf, type Word } from './words'

/** Marks around what was found: characters that no one types, and that change nothing if they are shown. */
const START = '\u2068'
const END = '\u2069'
const MARKS = /[\u2068\u2069]/gu

/** Characters shown before the first find and after it. */
const BEFORE = 80
const AFTER = 180

/** Which words of a text are among those looked for: by their places in the list. */
function foundAmong(words: readonly Word[], terms: readonly Term[]): Set<number> {
  const found = new Set<number>()
  const fits = ({ stem, word }: Word, wanted: string, begins: string | null) =>
    stem === wanted || (begins !== null && (stem.startsWith(begins) || word.startsWith(begins)))
  for (const { stems, begins } of terms)
    for (let first = 0; first + stems.length <= words.length; first += 1) {
      const run = words.slice(first, first + stems.length)
      const isHere = run.every((word, index) =>
        fits(word, stems[index] ?? '', index === stems.length - 1 ? begins : null)
      )
      if (isHere) for (let index = 0; index < stems.length; index += 1) found.add(first + index)
    }
  return found
}

/** A text with what was found marked: each word stands between U+2068 and U+2069. Null where a term is not in it. */
export function markedText(text: string, terms: readonly Term[]): string | null {
  const clean = text.replace(MARKS, ' ')
  const words = wordsOf(clean)
  if (terms.length === 0 || terms.some((term) => foundAmong(words, [term]).size === 0)) return null
  return marked(clean, words, foundAmong(words, terms), 0, clean.length)
}

/** The piece of a text around the first find, on one line, with all finds in it marked. */
export function snippetOf(text: string, terms: readonly Term[]): string {
  const clean = text.replace(MARKS, ' ')
  const words = wordsOf(clean)
  const found = foundAmong(words, terms)
  const [first = 0] = [...found].toSorted((a, b) => a - b)
  const at = words[first]?.start ?? 0
  const from = words.find(({ start }) => start >= at - BEFORE)?.start ?? at
  const until = words.findLast(({ end }) => end <= at + AFTER)?.end ?? clean.length
  const begins = words[0] === undefined || from <= words[0].start
  const ends = words.at(-1) === undefined || until >= (words.at(-1)?.end ?? 0)
  const piece = marked(clean, words, found, begins ? 0 : from, ends ? clean.length : Math.max(until, at))
  return `${begins ? '' : '…'}${piece.replace(/\s+/gu, ' ').trim()}${ends ? '' : '…'}`
}

function marked(text: string, words: readonly Word[], found: ReadonlySet<number>, from: number, until: number): string {
  let piece = ''
  let done = from
  for (const [index, { start, end }] of words.entries())
    if (found.has(index) && start >= from && end <= until) {
      piece += `${text.slice(done, start)}${START}${text.slice(start, end)}${END}`
      done = end
    }
  return piece + text.slice(done, until)
}

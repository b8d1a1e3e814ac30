import type { Word } from '@main/words/words'
import { marksOfText } from './word-marks'

/** A text that is looked through for names and keys. */
export interface TextInView {
  text: string
  /** Every word of it, in order. */
  words(): readonly Word[]
  /** Which of its words have a mark. */
  placesOf(mark: string): readonly number[]
  /** With small letters, and е for ё: as long as the text. */
  plain(): string
  hasCapitals(): boolean
}

/** Characters around what was found that are shown with it. */
const AROUND = 60

/** Marks around what was found, as in the search of stories. */
const FOUND_START = '\u2068'
const FOUND_END = '\u2069'

export function textInView(text: string, wordsOf: (text: string) => Word[]): TextInView {
  let words: Word[] | undefined
  let marks: Map<string, number[]> | undefined
  let plain: string | undefined
  const read = () => (words ??= wordsOf(text))
  const index = () => {
    const places = new Map<string, number[]>()
    for (const [at, word] of read().entries())
      for (const mark of marksOfText(word)) {
        const known = places.get(mark)
        if (known) known.push(at)
        else places.set(mark, [at])
      }
    return places
  }
  return {
    text,
    words: read,
    placesOf: (mark) => (marks ??= index()).get(mark) ?? [],
    plain: () => (plain ??= plainText(text)),
    hasCapitals: () => /\p{Lu}/u.test(text),
  }
}

/** Small letters and е for ё, without a change of length: what is found stands at the same place in the text. */
export const plainText = (text: string): string =>
  Array.from(text, (character) => {
    const small = character.toLowerCase()
    return small.length === character.length ? small.replace('ё', 'е') : character
  }).join('')

/** The words around a place of a text, with marks around the place itself. */
export function quoteAt(text: string, start: number, end: number): string {
  const from = edge(text, start - AROUND, -1)
  const until = edge(text, end + AROUND, 1)
  const before = text.slice(from, start).trimStart()
  const after = text.slice(end, until).trimEnd()
  const quote = `${from > 0 ? '…' : ''}${before}${FOUND_START}${text.slice(start, end)}${FOUND_END}${after}${until < text.length ? '…' : ''}`
  return quote.replaceAll(/\s+/gu, ' ')
}

/** A place near `at` where a word ends or begins; never within a character of two halves. */
function edge(text: string, at: number, step: -1 | 1): number {
  if (at <= 0) return 0
  if (at >= text.length) return text.length
  let place = at
  for (let tries = 0; tries < 20 && /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(text.charAt(place)); tries += 1) place += step
  return Math.min(Math.max(place, 0), text.length)
}

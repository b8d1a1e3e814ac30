import type { SpokenSentence } from '@contract/entities/media'

/** Letters and digits of a text, and where each of them stands in it. Signs are not said: a page may set them otherwise. */
interface Said {
  letters: string
  /** In UTF-16 units, as `letters` is. */
  at: number[]
}

const LETTER = /[\p{L}\p{N}]/u

function saidOf(text: string): Said {
  let letters = ''
  const at: number[] = []
  for (let index = 0; index < text.length;) {
    const sign = String.fromCodePoint(text.codePointAt(index) ?? 0)
    if (LETTER.test(sign)) {
      letters += sign
      for (let unit = 0; unit < sign.length; unit += 1) at.push(index + unit)
    }
    index += sign.length
  }
  return { letters, at }
}

export interface Span {
  from: number
  to: number
}

/**
 * Where the sentences of a text that is read aloud stand in a page that shows it, in UTF-16 units of the page; null where
 * the page shows another text. A sentence without letters has no place.
 */
export function findSpoken(page: string, text: string, sentences: readonly SpokenSentence[]): (Span | null)[] | null {
  const shown = saidOf(page)
  const read = saidOf(text)
  const first = read.letters === '' ? -1 : shown.letters.indexOf(read.letters)
  if (first < 0) return null
  return sentences.map(({ from, to }) => {
    const letters = read.at.flatMap((place, index) => (place >= from && place < to ? [index] : []))
    const begin = shown.at[first + (letters[0] ?? NaN)]
    const end = shown.at[first + (letters.at(-1) ?? NaN)]
    if (begin === undefined || end === undefined) return null
    // With the signs about it: what opens before it, and what closes after it.
    const before = /[“«„"‘'([]*$/.exec(page.slice(Math.max(0, begin - 8), begin))?.[0].length ?? 0
    const after = /^[^\s\p{L}\p{N}“«„‘([]*/u.exec(page.slice(end + 1, end + 9))?.[0].length ?? 0
    return { from: begin - before, to: end + 1 + after }
  })
}

/** Which sentence is heard at a time; -1 before the first. In a pause between two it is the one that was said. */
export const spokenAt = (sentences: readonly SpokenSentence[], ms: number): number =>
  sentences.findLastIndex(({ startMs }) => startMs <= ms)

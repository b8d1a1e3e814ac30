import { FabulaError, FileError } from '@contract/errors'

/** A piece of a text that comes in, in the order of the text. Emphasis is written as passages have it: `*italic*`, `**bold**`. */
export type TextBlock =
  /** `level`: 0 is the title of it all, 1 the highest heading. */
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'break' }
  | {
      kind: 'paragraph'
      text: string
      isQuote: boolean
      /** It is a line by itself, with two empty lines or more above it. */
      isApart?: boolean
    }

/** No story has so many paragraphs; a file of empty words would fill the memory with them. */
const MOST_BLOCKS = 500_000

/** Throws `file_too_large` for a text in more pieces than any story has. */
export function refuseMany(blocks: readonly TextBlock[]): void {
  if (blocks.length > MOST_BLOCKS)
    throw new FabulaError(FileError.TooLarge, `The text has more than ${MOST_BLOCKS} paragraphs`)
}

/** Lines that are looked at to learn how a text is set. */
const SAMPLE = 3000
/** Characters: no line of a text that is broken by hand or by a program is longer. */
const LONGEST_LINE = 120

/**
 * Whether the ends of lines within paragraphs mean nothing: all lines are short, and those that another one follows are
 * about as long as the longest.
 */
export function isWrapped(text: string): boolean {
  const lines = firstLines(text, SAMPLE)
  const lengths = lines.map((line) => line.trim().length)
  const longest = at(
    lengths.filter((length) => length > 0).toSorted((a, b) => a - b),
    0.97
  )
  const inner = lengths.filter((length, index) => length > 0 && (lengths[index + 1] ?? 0) > 0)
  const usual = at(
    inner.toSorted((a, b) => a - b),
    0.5
  )
  return longest <= LONGEST_LINE && longest >= 30 && usual >= longest * 0.75
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

function firstLines(text: string, most: number): string[] {
  const lines: string[] = []
  for (const line of linesOf(text)) {
    lines.push(line)
    if (lines.length >= most) break
  }
  return lines
}

/** The lines of a text, whichever way they end, without a mark of the encoding at its beginning. */
export function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\ufeff') ? 1 : 0
  for (; start <= text.length;) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    yield text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end)
    start = end + 1
  }
}

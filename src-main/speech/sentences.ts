import type { Language } from '@contract/values'

/** Work that offers a rest at each step: a long text must not hold up everything else (`platform/sliced.ts`). */
export type Steps<Result> = Generator<void, Result, void>

/** A part of a text, in UTF-16 units; `to` is behind its last. */
export interface Span {
  from: number
  to: number
}

/** Something that can be said. */
const SAYABLE = /[\p{L}\p{N}]/u
/** Goes on with what stands before: a small letter, also behind a dash or a bracket. */
const GOES_ON = /^[\s—–\-«“"„(]*\p{Ll}/u
const INITIAL = /(?:^|[\s(«“"„.])\p{Lu}\.$/u
/** Words that are cut short before a name or a number, and end no sentence. */
const CUT_SHORT =
  /(?:^|[\s(«“"„.])(?:г|гг|ул|просп|пер|д|кв|стр|гл|проф|акад|тов|св|см|ср|г-н|г-жа|mr|mrs|ms|dr|prof|st|mt|capt|lt|sgt|rev|jr|sr|vs|т\.\s?е|т\.\s?к|т\.\s?н)\.$/iu
/** Three dots end a sentence where the next word has a capital, and so does every mark before a dash and a capital. */
const BEFORE_CAPITALS = /(?:…|\.\.\.)[»”"’)\]]*\s+(?=[«“"„(]?\p{Lu})|[.!?…][»”"’)\]]*\s+(?=[—–-]\s+[«“"„(]?\p{Lu})/gu

const segmenters = new Map<Language, Intl.Segmenter>()
const segmenterOf = (language: Language): Intl.Segmenter => {
  const known = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'sentence' })
  segmenters.set(language, known)
  return known
}

export const isSayable = (text: string): boolean => SAYABLE.test(text)

/**
 * The sentences of a text, without the white space around them; a line always ends one. What cannot be said is in none. Offers
 * a rest after each line, and within one that is very long.
 */
export function* sentencesOf(text: string, language: Language): Steps<Span[]> {
  const sentences: Span[] = []
  for (const line of linesIn(text))
    for (const block of cutBlocks(text, line)) {
      for (const sentence of sentencesIn(text, block, language)) sentences.push(sentence)
      yield
    }
  return sentences
}

function sentencesIn(text: string, block: Span, language: Language): Span[] {
  const sentences: (Span & { sayable: boolean })[] = []
  let begun = block.from
  for (const at of [...cutsIn(text.slice(block.from, block.to), language).map((cut) => block.from + cut), block.to]) {
    const next = trimmed(text, { from: begun, to: at })
    begun = Math.max(begun, at)
    if (next.to <= next.from) continue
    const sayable = isSayable(text.slice(next.from, next.to))
    const last = sentences.at(-1)
    if (last && (!last.sayable || !sayable || belongs(text, last, next))) {
      last.to = next.to
      last.sayable ||= sayable
    } else sentences.push({ ...next, sayable })
  }
  return sentences.filter(({ sayable }) => sayable).map(({ from, to }) => ({ from, to }))
}

export function* linesIn(text: string): Generator<Span, void, void> {
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/gu)) yield { from: index, to: index + line.length }
}

/** Without white space at its ends. */
export function trimmed(text: string, { from, to }: Span): Span {
  const part = text.slice(from, to)
  const start = from + (part.length - part.trimStart().length)
  return { from: start, to: Math.max(start, to - (part.length - part.trimEnd().length)) }
}

function cutsIn(line: string, language: Language): number[] {
  const cuts = new Set<number>()
  for (const { index } of segmenterOf(language).segment(line)) cuts.add(index)
  for (const match of line.matchAll(BEFORE_CAPITALS)) cuts.add(match.index + match[0].length)
  return [...cuts].toSorted((a, b) => a - b)
}

/** Characters of a sentence that show how it ends. */
const ENDING = 24

/** Whether what was cut apart is one sentence. */
function belongs(text: string, before: Span, next: Span): boolean {
  const ending = text.slice(Math.max(before.from, before.to - ENDING), before.to)
  return GOES_ON.test(text.slice(next.from, next.to)) || INITIAL.test(ending) || CUT_SHORT.test(ending)
}

/** A line of a book that is one line is divided by parts of it, at ends of sentences where there are any. */
const LONGEST_BLOCK = 8_000

const cutBlocks = (text: string, line: Span) => cut(text, line, LONGEST_BLOCK, [/[.!?…][»”"’)\]]*\s/gu, /\s/gu])

/** Cuts a span that is longer than `longest` at marks, else at spaces, else anywhere but within a character. */
export const cutToLength = (text: string, span: Span, longest: number): Iterable<Span> =>
  cut(text, span, longest, [/[,;:—–][»”"’)\]]*\s/gu, /\s/gu])

function* cut(text: string, span: Span, longest: number, marks: readonly RegExp[]): Generator<Span, void, void> {
  let { from } = span
  while (from < span.to) {
    const piece = text.slice(from, Math.min(span.to, from + longest))
    const isLast = span.to - from <= longest
    const ends = isLast ? [] : marks.map((mark) => lastEnd(piece, mark))
    const length = isLast ? piece.length : (ends.find((end) => end !== null) ?? wholeCharacters(piece))
    const part = trimmed(text, { from, to: from + length })
    if (part.to > part.from) yield part
    from += length
  }
}

/** Where the last match ends, if that is not in the first half: pieces of very unlike length sound torn. */
function lastEnd(piece: string, mark: RegExp): number | null {
  let end: number | null = null
  for (const match of piece.matchAll(mark)) end = match.index + match[0].length
  return end !== null && end > piece.length / 2 ? end : null
}

const wholeCharacters = (piece: string): number =>
  piece.length > 1 && /[\uD800-\uDBFF]$/.test(piece) ? piece.length - 1 : piece.length

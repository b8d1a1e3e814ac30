import type { Language } from '@contract/values'

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

/** The sentences of a text, without the white space around them; a line always ends one. What cannot be said is in none. */
export function sentencesOf(text: string, language: Language): Span[] {
  const sentences: Span[] = []
  for (const line of linesOf(text)) {
    const cuts = cutsIn(text.slice(line.from, line.to), language)
    let begun = line.from
    for (const at of [...cuts.map((cut) => line.from + cut), line.to]) {
      if (at <= begun) continue
      const next = trimmed(text, { from: begun, to: at })
      const last = sentences.at(-1)
      const before = last && last.from >= line.from ? last : null
      if (before && belongs(text.slice(before.from, before.to), text.slice(next.from, next.to))) before.to = next.to
      else if (next.to > next.from) sentences.push(next)
      begun = at
    }
  }
  return sentences.filter(({ from, to }) => isSayable(text.slice(from, to)))
}

export function linesOf(text: string): Span[] {
  return Array.from(text.matchAll(/[^\r\n]+/gu), ({ index, 0: line }) => ({ from: index, to: index + line.length }))
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

/** Whether what was cut apart is one sentence. */
const belongs = (before: string, next: string): boolean =>
  !isSayable(before) || !isSayable(next) || GOES_ON.test(next) || INITIAL.test(before) || CUT_SHORT.test(before)

/** Cuts a span that is longer than `longest` at marks, else at spaces, else anywhere but within a character. */
export function cutToLength(text: string, span: Span, longest: number): Span[] {
  const parts: Span[] = []
  let { from } = span
  while (span.to - from > longest) {
    const piece = text.slice(from, from + longest)
    const at = lastEnd(piece, /[,;:—–][»”"’)\]]*\s/gu) ?? lastEnd(piece, /\s/gu) ?? wholeCharacters(piece)
    parts.push(trimmed(text, { from, to: from + at }))
    from += at
  }
  parts.push(trimmed(text, { from, to: span.to }))
  return parts.filter((part) => part.to > part.from)
}

/** Where the last match ends, if that is not in the first half: pieces of very unlike length sound torn. */
function lastEnd(piece: string, mark: RegExp): number | null {
  let end: number | null = null
  for (const match of piece.matchAll(mark)) end = match.index + match[0].length
  return end !== null && end > piece.length / 2 ? end : null
}

const wholeCharacters = (piece: string): number =>
  piece.length > 1 && /[\uD800-\uDBFF]$/.test(piece) ? piece.length - 1 : piece.length

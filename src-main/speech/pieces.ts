import type { SpokenPart } from '@contract/entities/media'
import type { Language } from '@contract/values'
import { cutToLength, isSayable, sentencesOf, trimmed, type Span, type Steps } from './sentences'

/** A sentence, or a part of one that has a voice of its own or was too long. */
export interface Unit extends Span {
  /** Which sentence of the text, from 0. */
  sentence: number
}

/** What is asked for in one request: units of one voice, one behind the other. */
export interface Piece {
  /** As it is sent, without the marks of bold and italic. */
  text: string
  /** Null: the voice of the stage. */
  voice: string | null
  units: readonly Unit[]
  /** Milliseconds of silence before it. */
  pauseMs: number
}

export interface SpokenText {
  sentences: readonly Span[]
  pieces: readonly Piece[]
}

/**
 * Characters of a piece, if the model takes as many: enough for a voice to find its tone, and few enough that little is lost,
 * and paid twice, when one fails.
 */
const COMFORTABLE = 800
/** Milliseconds of rest between pieces. */
export const PAUSES = { within: 90, sentence: 220, line: 350, paragraph: 600 } as const

/** Sentences and parts of them that are laid together without a rest. */
const AT_ONCE = 32

/**
 * Divides a text into what is asked for at once: never more than `longest` characters, never two voices. Offers a rest every
 * few sentences.
 */
export function* piecesOf(
  text: string,
  parts: readonly SpokenPart[],
  { longest, language }: { longest: number | null; language: Language }
): Steps<SpokenText> {
  const most = Math.max(1, Math.min(longest ?? COMFORTABLE, COMFORTABLE))
  const sentences = yield* sentencesOf(text, language)
  const voiced = inOrder(text, parts)
  const pieces: (Piece & Span)[] = []
  const units = yield* unitsOf(text, sentences, voiced, most)
  for (const [index, { voice, ...unit }] of units.entries()) {
    if (index % AT_ONCE === 0) yield
    const last = pieces.at(-1)
    const between = last ? text.slice(last.to, unit.from) : ''
    if (last && last.voice === voice && unit.to - last.from <= most && !isRoundEnough(last, between, most)) {
      last.to = unit.to
      last.units = [...last.units, unit]
      last.text = spoken(text.slice(last.from, last.to))
    } else {
      const pauseMs = last ? pauseFor(between, last.units.at(-1)?.sentence === unit.sentence) : 0
      const { from, to } = unit
      pieces.push({ text: spoken(text.slice(from, to)), voice, units: [unit], pauseMs, from, to })
    }
  }
  return { sentences, pieces: pieces.map(({ from: _from, to: _to, ...piece }) => piece) }
}

/** What is said of a text: without the marks of bold, italic and headings, which voices would read or stumble over. */
export const spoken = (text: string): string =>
  text
    .replaceAll(/^#{1,6}\s+/gmu, '')
    .replaceAll(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])|\*+|~~|`+/gu, '')
    .trim()

/** A paragraph's end is a good place to begin anew, once enough has come together. */
const isRoundEnough = ({ from, to }: Span, between: string, most: number): boolean =>
  isParagraph(between) && to - from >= most / 2

const isParagraph = (between: string): boolean => (between.match(/\n/gu)?.length ?? 0) > 1

function pauseFor(between: string, sameSentence: boolean): number {
  if (isParagraph(between)) return PAUSES.paragraph
  if (between.includes('\n')) return PAUSES.line
  return sameSentence ? PAUSES.within : PAUSES.sentence
}

/** Parts without overlaps, in the order of the text; what none of them has is the narrator's. */
function inOrder(text: string, parts: readonly SpokenPart[]): (Span & { voice: string | null })[] {
  const voiced: (Span & { voice: string | null })[] = []
  let at = 0
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(at, part.from)
    const to = Math.min(text.length, part.to)
    if (to <= from) continue
    if (from > at) voiced.push({ from: at, to: from, voice: null })
    voiced.push({ from, to, voice: part.voice })
    at = to
  }
  if (at < text.length) voiced.push({ from: at, to: text.length, voice: null })
  return voiced
}

function* unitsOf(
  text: string,
  sentences: readonly Span[],
  voiced: readonly (Span & { voice: string | null })[],
  most: number
): Steps<(Unit & { voice: string | null })[]> {
  const units: (Unit & { voice: string | null })[] = []
  let first = 0
  for (const [sentence, { from, to }] of sentences.entries()) {
    if (sentence % AT_ONCE === 0) yield
    while ((voiced[first]?.to ?? text.length) <= from) first += 1
    for (let at = first; at < voiced.length; at += 1) {
      const part = voiced[at]
      if (!part || part.from >= to) break
      const span = trimmed(text, { from: Math.max(from, part.from), to: Math.min(to, part.to) })
      const { voice } = part
      for (const piece of cutToLength(text, span, most)) {
        const last = units.at(-1)
        if (isSayable(text.slice(piece.from, piece.to))) units.push({ ...piece, sentence, voice })
        // A dash or a bracket that stands alone goes with what was said before it.
        else if (last?.sentence === sentence && piece.to - last.from <= most) last.to = piece.to
      }
    }
  }
  return units
}

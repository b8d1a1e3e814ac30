import { hashText } from '@main/providers/protocols/demo/seeded-random'

/** What is heard at a moment: a syllable, or nothing. */
export type Beat =
  | {
      kind: 'syllable'
      /** Which vowel. */
      sound: number
      stressed: boolean
      /** Among the syllables of its sentence. */
      place: number
      toEnd: number
      /** How the sentence ends: `.`, `?`, `!`. */
      end: string
    }
  | { kind: 'rest'; seconds: number }

/** Seconds of rest at what stands between words. */
const BETWEEN_WORDS = 0.04
const rests: readonly [mark: RegExp, seconds: number][] = [
  [/\n\s*\n/, 0.5],
  [/[.!?…]|\n/, 0.32],
  [/[,;:—–]/, 0.16],
]
/** A sentence with the marks at its end. */
const SENTENCE = /[^.!?…\n]+(?:[.!?…]+["”»’)\]]*)?|[.!?…\n]+/gu
const WORD = /[\p{L}\p{N}\p{M}+'’-]+/gu
const VOWEL = /[aeiouyаеёиоуыэюя]+/giu
/** As many syllables as a long number or an unknown script may have. */
const LETTERS_PER_SYLLABLE = 3

/** A text as a reader without words would speak it. */
export function syllablesOf(text: string): Beat[] {
  return Array.from(text.matchAll(SENTENCE), ([sentence]) => sentence).flatMap(beatsOf)
}

function beatsOf(sentence: string): Beat[] {
  const words = Array.from(sentence.matchAll(WORD), (match) => ({ word: match[0], start: match.index }))
  const counts = words.map(({ word }) => syllablesIn(word))
  const all = counts.reduce((sum, count) => sum + count, 0)
  const end = /[?!]/.exec(sentence)?.[0] ?? '.'
  const beats: Beat[] = []
  let place = 0
  for (const [index, { word, start }] of words.entries()) {
    const count = counts[index] ?? 1
    const stress = stressIn(word, count)
    for (let syllable = 0; syllable < count; syllable += 1, place += 1)
      beats.push({
        kind: 'syllable',
        sound: hashText(word.toLowerCase() + syllable),
        stressed: syllable === stress,
        place,
        toEnd: all - 1 - place,
        end,
      })
    const next = words[index + 1]
    if (next) beats.push({ kind: 'rest', seconds: restAt(sentence.slice(start + word.length, next.start)) })
  }
  const last = words.at(-1)
  const tail = sentence.slice(last ? last.start + last.word.length : 0)
  if (/[^\s]|\n/u.test(tail)) beats.push({ kind: 'rest', seconds: restAt(tail) })
  return beats
}

const restAt = (between: string): number => rests.find(([mark]) => mark.test(between))?.[1] ?? BETWEEN_WORDS

function syllablesIn(word: string): number {
  const vowels = word.match(VOWEL)?.length ?? 0
  return vowels > 0 ? vowels : Math.max(1, Math.round(word.length / LETTERS_PER_SYLLABLE))
}

/** Which syllable is stressed: the one behind a `+`, as SpeechKit takes it, else one by chance that is always the same. */
function stressIn(word: string, count: number): number {
  const marked = word.indexOf('+')
  if (marked >= 0) return word.slice(0, marked).match(VOWEL)?.length ?? 0
  return hashText(word.toLowerCase()) % count
}

import { hashText } from './seeded-random'
import { wordsOf } from './word-pattern'

export const DIMENSIONS = 256

const TRIGRAM_WEIGHT = 0.35

/** Short words say little about what a text means. */
const wordWeight = (word: string): number => (word.length <= 3 ? 0.25 : 1)

const trigramsOf = (word: string): string[] => {
  const framed = `<${word}>`
  return Array.from({ length: Math.max(0, framed.length - 2) }, (_, at) => framed.slice(at, at + 3))
}

/**
 * A vector of length 1 for a text, by signed feature hashing (Weinberger and others, 2009) of its words and of their
 * letter trigrams, which bring inflected forms of a word together. A text without words gets the first axis.
 */
export const embedText = (text: string): number[] => {
  const vector = Array.from({ length: DIMENSIONS }, () => 0)
  const add = (feature: string, weight: number) => {
    const hash = hashText(feature)
    const at = hash % DIMENSIONS
    vector[at] = (vector[at] ?? 0) + ((hash >>> 16) & 1 ? weight : -weight)
  }
  for (const word of wordsOf(text)) {
    const weight = wordWeight(word)
    add(`word ${word}`, weight)
    for (const trigram of trigramsOf(word)) add(`part ${trigram}`, weight * TRIGRAM_WEIGHT)
  }
  const length = Math.hypot(...vector)
  if (length === 0) return vector.map((_, at) => (at === 0 ? 1 : 0))
  return vector.map((value) => value / length)
}

import { wordsOf } from '@main/words/words'
import { conceptsOf } from './concepts'
import { isStopWord } from '@main/words/stop-words'

/** What a text is about is said by its long words; the commonest short ones almost vanish. */
const STOP_WEIGHT = 0.04
const weightByLength = [0, 0.3, 0.4, 0.7, 0.9]

/** Parts of a word are 3 to 5 letters long, and together weigh this much of the word. */
const PARTS = [3, 4, 5]
const PARTS_SHARE = 0.5

/** What a word speaks of weighs this much of the word, all its meanings together. */
const CONCEPT_SHARE = 1.3

const weightOf = (word: string): number => (isStopWord(word) ? STOP_WEIGHT : (weightByLength[word.length] ?? 1))

/** The letter sequences of a stem, its two ends marked, each once. */
function partsOf(stem: string): string[] {
  const framed = `<${stem}>`
  const parts = PARTS.flatMap((size) =>
    Array.from({ length: Math.max(0, framed.length - size + 1) }, (_, at) => framed.slice(at, at + size))
  )
  return [...new Set(parts)]
}

/**
 * The weighted features of a text: its stems, with a sub-linear count (1 + ln n); what they speak of (`concepts.ts`), which
 * brings together words that have no letter in common, in two languages; and the letter sequences inside of them, which
 * bring together forms and compounds that no ending explains (subword units: Bojanowski and others, "Enriching word vectors
 * with subword information", 2017).
 */
export function featuresOf(text: string): Map<string, number> {
  const stems = new Map<string, { count: number; weight: number }>()
  for (const { word, stem } of wordsOf(text)) {
    const known = stems.get(stem)
    if (known) known.count += 1
    else stems.set(stem, { count: 1, weight: weightOf(word) })
  }
  const features = new Map<string, number>()
  const concepts = new Map<number, number>()
  const add = (feature: string, weight: number) => features.set(feature, (features.get(feature) ?? 0) + weight)
  for (const [stem, { count, weight }] of stems) {
    const value = weight * (1 + Math.log(count))
    add(stem, value)
    if (weight <= STOP_WEIGHT) continue
    const parts = partsOf(stem)
    // A vector's length adds up by squares: so many parts of one word together weigh their share of it.
    for (const part of parts) add(`#${part}`, (value * PARTS_SHARE) / Math.sqrt(parts.length))
    const meanings = conceptsOf(stem)
    for (const concept of meanings)
      concepts.set(concept, (concepts.get(concept) ?? 0) + value / Math.sqrt(meanings.size))
  }
  // A text that says a thing in many words does not speak of nothing else.
  for (const [concept, value] of concepts) add(`=${concept}`, CONCEPT_SHARE * Math.sqrt(value))
  return features
}

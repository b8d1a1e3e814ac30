import type { JsonObject } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'
import { listOf, objectOf } from './schema-keywords'

/** A piece of canon stands under its label: `[W1 · The lamp]`. */
const PIECE = /^\[(\p{Lu}\d+)(?: · [^\]\n]*)?\]$/gmu
const DRAFT = /<draft>\r?\n?([\s\S]*?)\r?\n?<\/draft>/
const NEGATIONS: ReadonlySet<string> = new Set(['not', 'never', 'no', 'не', 'нет', 'никогда', 'ни'])
/** Shorter sentences say too little to be held against each other. */
const FEWEST_WORDS = 3

interface Sentence {
  text: string
  /** Its words without those that negate, in the order in which they stand. */
  says: string
  words: number
  isNegated: boolean
}

const sentencesIn = (text: string): Sentence[] =>
  text
    .split(/(?<=[.!?…]["”»’)]?)\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => {
      const plain = sentence.toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'").replaceAll('cannot', 'can not')
      const all = plain.replace(/n't\b/g, ' not').match(/[\p{L}\p{N}]+/gu) ?? []
      const words = all.filter((word) => !NEGATIONS.has(word))
      return {
        text: sentence,
        says: words.join(' '),
        words: words.length,
        isNegated: (all.length - words.length) % 2 === 1,
      }
    })

const canonIn = (text: string): { label: string; sentence: Sentence }[] => {
  const labels = [...text.matchAll(PIECE)]
  return labels.flatMap((found, index) => {
    const piece = text.slice(found.index + found[0].length, labels[index + 1]?.index)
    return sentencesIn(piece).map((sentence) => ({ label: found[1] ?? '', sentence }))
  })
}

const why = (isRussian: boolean): string =>
  isRussian
    ? 'Черновик говорит ровно обратное; пусть он держится того, что уже сказано.'
    : 'The draft says the very opposite; it should keep to what has been told.'

/** Whether a schema asks for a verdict on a draft. */
const asksForVerdict = (schema: JsonObject): boolean => {
  const properties = objectOf(schema['properties'])
  return (
    listOf(objectOf(properties['verdict'])['enum']).includes('passes') && Object.hasOwn(properties, 'contradictions')
  )
}

/**
 * The Demo's verdict on a draft; null where none is asked for. It understands nothing, so it finds only what needs no
 * understanding: a sentence of the draft that says a sentence of the canon word for word, one of them negated and the other
 * one not (“The lamp is lit.” – “The lamp is not lit.”). Every other draft passes.
 */
export function checkDraft(schema: JsonObject, messages: readonly TextMessage[]): JsonObject | null {
  const asked = messages.map(({ content }) => content).join('\n\n')
  const draft = DRAFT.exec(asked)
  if (!asksForVerdict(schema) || !draft) return null
  const drafted = sentencesIn(draft[1] ?? '').filter(({ words }) => words >= FEWEST_WORDS)
  const contradictions = canonIn(asked.slice(0, draft.index)).flatMap(({ label, sentence }): JsonObject[] => {
    const opposite = drafted.find(({ says, isNegated }) => says === sentence.says && isNegated !== sentence.isNegated)
    if (!opposite) return []
    const isRussian = /\p{Script=Cyrillic}/u.test(opposite.text)
    return [{ quote: opposite.text, source: label, canon: sentence.text, why: why(isRussian), severity: 'high' }]
  })
  return { verdict: contradictions.length > 0 ? 'contradicts' : 'passes', contradictions }
}

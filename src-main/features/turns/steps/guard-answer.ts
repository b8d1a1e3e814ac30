import { z } from 'zod'
import { Severity, type CanonPlace, type Contradiction } from '@contract/entities/turn-results'
import type { JsonObject } from '@contract/values'
import { passageItems, settledItems, type CanonItem, type CanonMaterial } from '@main/prompts/canon'

const text = { type: 'string' } as const

/** The JSON schema of the Guard's answer, for providers that can enforce one. */
export const verdictSchema: JsonObject = {
  type: 'object',
  properties: {
    verdict: { type: 'string', enum: ['passes', 'contradicts'] },
    contradictions: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          quote: text,
          source: text,
          canon: text,
          why: text,
          severity: { type: 'string', enum: ['low', 'medium', 'high'] },
        },
        required: ['quote', 'source', 'canon', 'why', 'severity'],
        additionalProperties: false,
      },
    },
  },
  required: ['verdict', 'contradictions'],
  additionalProperties: false,
}

const Named = z.looseObject({
  quote: z.string(),
  source: z.string().default(''),
  canon: z.string().default(''),
  why: z.string().default(''),
  severity: Severity.catch('medium'),
})

/** A verdict as a model may give it. One that says `contradicts` must name at least one contradiction. */
export const Verdict = z
  .looseObject({ verdict: z.enum(['passes', 'contradicts']), contradictions: z.array(Named).max(50).default([]) })
  .refine(({ verdict, contradictions }) => verdict === 'passes' || contradictions.length > 0, {
    message: 'the verdict is "contradicts", but no contradiction is named',
    path: ['contradictions'],
  })
export type Verdict = z.infer<typeof Verdict>

/** Passages in which a quote is looked for that does not stand where the Guard says. */
const LOOKED_THROUGH = 40

/** The same words, however they are set: case, spaces, quotation marks, dashes and ё do not matter. */
const plain = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[«»“”„‟"'’‘`]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/…/g, '...')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')

/** Whether a text contains a quote. An empty quote is in no text. */
const standsIn = (words: string, whole: string): boolean => {
  const wanted = plain(words)
  return wanted !== '' && plain(whole).includes(wanted)
}

/** What the Guard named, with its quotes held against the draft and the canon. */
export function checkedContradictions(
  { contradictions }: Verdict,
  draft: string,
  material: CanonMaterial
): Contradiction[] {
  if (contradictions.length === 0) return []
  const items = [...settledItems(material), ...passageItems(material, LOOKED_THROUGH)]
  return contradictions.map(({ quote, source, canon, why, severity }) => {
    const { item, found } = placeOf(items, source, canon)
    const place: CanonPlace | null = item?.place ?? null
    return { quote, quoteFound: standsIn(quote, draft), canon, canonFound: found, place, why, severity }
  })
}

/** The piece of canon that is meant: the named one; another one where the quote stands there and not in the named one. */
function placeOf(
  items: readonly CanonItem[],
  source: string,
  quote: string
): { item: CanonItem | undefined; found: boolean } {
  const label = source.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const named = items.find((item) => item.label === label)
  if (named && standsIn(quote, named.text)) return { item: named, found: true }
  const other = items.find(({ text: words }) => standsIn(quote, words))
  return { item: other ?? named, found: other !== undefined }
}

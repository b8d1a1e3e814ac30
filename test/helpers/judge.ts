import { judgedQueries, laterPassages, laterQueries, passages, type JudgedQuery } from '@test/fixtures/judged-passages'
import { indexStage, OWN } from './index-stage'

/** How well a way of searching answers the judged questions: 0 to 1, more is better. */
export interface Judgement {
  /** Of the passages that answer a question, the share that is among the first one, five and ten. */
  recall: { at1: number; at5: number; at10: number }
  /** Of 1 / rank of the first passage that answers, among ten. */
  mrr: number
  /** Normalized discounted cumulative gain of the first ten. */
  ndcg: number
}

export type Way = 'words' | 'meaning' | 'both'
export type Language = JudgedQuery['language'] | 'all'

/** Asks the real index the judged questions, or those that were written later, over all passages, and judges its answers. */
export function judge(asks: 'first' | 'later'): (way: Way, language: Language) => Judgement {
  const stage = indexStage()
  const all = { ...passages, ...laterPassages }
  const keys = Object.keys(all)
  const { id, head, rows } = stage.story(...Object.values(all))
  stage.remember(id)
  const keyOf = new Map(rows.map((row, at) => [row.id, keys[at] ?? '']))
  const answers = (asks === 'first' ? judgedQueries : laterQueries).map(({ query, related, language }) => {
    const found = (more: object) =>
      stage.recall(id, head, query, { limit: 20, ...more }).map((one) => ({ key: keyOf.get(one.messageId) ?? '', one }))
    const both = found({ embedder: OWN })
    return {
      related,
      language,
      words: found({}).map(({ key }) => key),
      meaning: stage.nearest(id, query).map((message) => keyOf.get(message) ?? ''),
      both: both.map(({ key }) => key),
    }
  })
  stage.close()
  return (way, language) => {
    const asked = answers.filter((one) => language === 'all' || one.language === language)
    const mean = (value: (one: (typeof answers)[number]) => number) =>
      asked.reduce((sum, one) => sum + value(one), 0) / asked.length
    const recallAt = (count: number) =>
      mean((one) => {
        const first = new Set(one[way].slice(0, count))
        return one.related.filter((key) => first.has(key)).length / one.related.length
      })
    return {
      recall: {
        at1: mean((one) => (one.related.includes(one[way][0] ?? '') ? 1 : 0)),
        at5: recallAt(5),
        at10: recallAt(10),
      },
      mrr: mean((one) => {
        const rank = one[way].slice(0, 10).findIndex((key) => one.related.includes(key))
        return rank < 0 ? 0 : 1 / (rank + 1)
      }),
      ndcg: mean((one) => {
        const gain = (list: readonly string[]) =>
          list.reduce((sum, key, at) => sum + (one.related.includes(key) ? 1 / Math.log2(at + 2) : 0), 0)
        return gain(one[way].slice(0, 10)) / gain(one.related)
      }),
    }
  }
}

/** A table of all ways in both languages. */
export function judgementTable(judged: ReturnType<typeof judge>): string {
  const rows = (['en', 'ru', 'all'] as const).flatMap((language) =>
    (['words', 'meaning', 'both'] as const).map((way) => {
      const { recall, mrr, ndcg } = judged(way, language)
      const figures = [recall.at1, recall.at5, recall.at10, mrr, ndcg].map((value) => value.toFixed(3).padStart(7))
      return `${language.padEnd(4)} ${way.padEnd(8)} ${figures.join(' ')}`
    })
  )
  return ['     way      recall1 recall5 recall10    MRR nDCG10', ...rows].join('\n')
}

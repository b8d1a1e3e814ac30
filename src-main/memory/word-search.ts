import type { Db } from '@main/data/database'
import { wordsOf } from '@main/words/words'
import { termOf } from './index-schema'

/** Chunks that are scored for one question at most, about: what stands in more of them says little, and takes long. */
const MOST_SCORED = 6000
/** A stem in more than this share of all chunks, and in more than a few, says nothing beside others that are rarer. */
const EVERYWHERE = 0.12
const FEW = 4
/** A stem that stands in so many chunks is a common one. */
const COMMON = 1000
/** Stems of one question that are looked up. */
const MOST_STEMS = 64

/** Finds chunks by the words of a question in any form, by BM25. */
export interface WordSearch {
  /** The chunks of some stories, best first. Those that `fits` refuses are passed over. */
  find(question: string, stories: readonly number[], limit: number, fits: (chunk: number) => boolean): number[]
}

export function createWordSearch(db: Db): WordSearch {
  const spread = db.prepare<[string], number>('SELECT doc FROM chunk_terms WHERE term = ?').pluck()
  const search = db
    .prepare<[string], number>('SELECT rowid FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rank, rowid DESC')
    .pluck()
  const size = db.prepare<[], number>('SELECT max(id) FROM chunks').pluck()

  /** In how many chunks the commonest stems stand: counting takes long there, and need not be exact. */
  const common = new Map<string, number>()
  let countedAt = 0
  const spreadOf = (term: string): number => {
    const before = common.get(term)
    if (before !== undefined) return before
    const count = spread.get(term) ?? 0
    if (count >= COMMON) common.set(term, count)
    return count
  }

  /** The rarest terms of a question: as many as can be scored in time, and always one. */
  const tellingTerms = (question: string, stories: readonly number[]): string[] => {
    const now = size.get() ?? 0
    if (Math.abs(now - countedAt) > countedAt / 10) {
      common.clear()
      countedAt = now
    }
    const stems = [...new Set(wordsOf(question).map(({ stem }) => stem))].slice(0, MOST_STEMS)
    const terms = stories
      .flatMap((story) => stems.map((stem) => termOf(story, stem)))
      .map((term) => ({ term, count: spreadOf(term) }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => a.count - b.count)
    const rare = terms.filter(({ count }) => count <= Math.max(FEW, now * EVERYWHERE))
    let scored = 0
    return (rare.length > 0 ? rare : terms)
      .filter(({ count }, at) => {
        scored += count
        return at === 0 || scored <= MOST_SCORED
      })
      .map(({ term }) => term)
  }

  return {
    find: (question, stories, limit, fits) => {
      const terms = tellingTerms(question, stories)
      if (terms.length === 0) return []
      const found: number[] = []
      for (const chunk of search.iterate(terms.map((term) => `"${term}"`).join(' OR '))) {
        if (fits(chunk)) found.push(chunk)
        if (found.length >= limit) break
      }
      return found
    },
  }
}

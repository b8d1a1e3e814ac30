import type { Db } from '@main/data/database'
import { wordsOf } from '@main/words/words'

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
  const spread = db.prepare<[string], number>("SELECT doc FROM chunk_terms WHERE term = ? AND col = 'stems'").pluck()
  const search = db
    .prepare<[string], number>(
      'SELECT rowid FROM chunk_words WHERE chunk_words MATCH ? ORDER BY bm25(chunk_words, 0.0, 1.0), rowid DESC'
    )
    .pluck()
  const size = db.prepare<[], number>('SELECT max(id) FROM chunks').pluck()

  /** In how many chunks the commonest stems stand: counting takes long there, and need not be exact. */
  const common = new Map<string, number>()
  let countedAt = 0
  const spreadOf = (stem: string): number => {
    const before = common.get(stem)
    if (before !== undefined) return before
    const count = spread.get(stem) ?? 0
    if (count >= COMMON) common.set(stem, count)
    return count
  }

  /** The rarest stems of a question: as many as can be scored in time, and always one. */
  const tellingStems = (question: string): string[] => {
    const now = size.get() ?? 0
    if (Math.abs(now - countedAt) > countedAt / 10) {
      common.clear()
      countedAt = now
    }
    const stems = [...new Set(wordsOf(question).map(({ stem }) => stem))]
      .slice(0, MOST_STEMS)
      .map((stem) => ({ stem, count: spreadOf(stem) }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => a.count - b.count)
    const rare = stems.filter(({ count }) => count <= Math.max(FEW, now * EVERYWHERE))
    let scored = 0
    return (rare.length > 0 ? rare : stems)
      .filter(({ count }, at) => {
        scored += count
        return at === 0 || scored <= MOST_SCORED
      })
      .map(({ stem }) => stem)
  }

  return {
    find: (question, stories, limit, fits) => {
      const stems = tellingStems(question)
      if (stems.length === 0 || stories.length === 0) return []
      const within = stories.map((story) => `"s${story}"`).join(' OR ')
      const wanted = stems.map((stem) => `"${stem}"`).join(' OR ')
      const found: number[] = []
      for (const chunk of search.iterate(`{story} : (${within}) AND {stems} : (${wanted})`)) {
        if (fits(chunk)) found.push(chunk)
        if (found.length >= limit) break
      }
      return found
    },
  }
}

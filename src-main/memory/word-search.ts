import type { Db } from '@main/data/database'
import { isStopWord } from '@main/words/stop-words'
import { wordsOf } from '@main/words/words'
import { termOf } from './index-schema'

/** About how many chunks are scored for one question: a word that is in more of them says little, and takes long. */
const MOST_SCORED = 6000
/** A stem in more than this share of all chunks, and in more than a few, says nothing beside others that are rarer. */
const EVERYWHERE = 0.12
const FEW = 4
/** A stem that stands in so many chunks is a common one. */
const COMMON = 1000
/** Stems of one question that are looked up. */
const MOST_STEMS = 64

/** A chunk that has words of a question. */
export interface WordMatch {
  chunk: number
  /** How much of what the question asks for stands there, 0 to 1: a rare word is more of it than a common one. */
  share: number
}

/** Finds chunks by the words of a question in any form, by BM25. */
export interface WordSearch {
  /** The chunks of some stories, best first. Those that `fits` refuses are passed over. */
  find(question: string, stories: readonly number[], limit: number, fits: (chunk: number) => boolean): WordMatch[]
}

/** How telling a word is for BM25, as SQLite measures it (fts5_aux.c, fts5Bm25GetData). */
const tellingOf = (count: number, all: number): number => Math.max(1e-6, Math.log((all - count + 0.5) / (count + 0.5)))

export function createWordSearch(db: Db): WordSearch {
  const spread = db.prepare<[string], number>('SELECT doc FROM chunk_terms WHERE term = ?').pluck()
  const search = db.prepare<[string], { chunk: number; rank: number }>(
    'SELECT rowid AS chunk, rank FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rank, rowid DESC'
  )
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

  /** Function words say nothing of what is asked for, unless there is nothing else. */
  const contentStems = (question: string): string[] => {
    const words = wordsOf(question)
    const content = words.filter(({ word }) => !isStopWord(word))
    return [...new Set((content.length > 0 ? content : words).map(({ stem }) => stem))].slice(0, MOST_STEMS)
  }

  /** The rarest terms of a question: as many as can be scored in time, and always one; and how telling all of them are. */
  const tellingTerms = (question: string, stories: readonly number[]): { terms: string[]; all: number } => {
    const now = size.get() ?? 0
    if (Math.abs(now - countedAt) > countedAt / 10) {
      common.clear()
      countedAt = now
    }
    const stems = contentStems(question)
    const counted = stories.flatMap((story) =>
      stems.map((stem) => ({ term: termOf(story, stem), count: spreadOf(termOf(story, stem)) }))
    )
    const terms = counted.filter(({ count }) => count > 0).toSorted((a, b) => a.count - b.count)
    const rare = terms.filter(({ count }) => count <= Math.max(FEW, now * EVERYWHERE))
    let scored = 0
    const taken = (rare.length > 0 ? rare : terms).filter(({ count }, at) => {
      scored += count
      return at === 0 || scored <= MOST_SCORED
    })
    const all = counted.reduce((sum, { count }) => sum + tellingOf(count, now), 0) / Math.max(1, stories.length)
    return { terms: taken.map(({ term }) => term), all }
  }

  return {
    find: (question, stories, limit, fits) => {
      const { terms, all } = tellingTerms(question, stories)
      if (terms.length === 0) return []
      const found: WordMatch[] = []
      for (const { chunk, rank } of search.iterate(terms.map((term) => `"${term}"`).join(' OR '))) {
        if (fits(chunk)) found.push({ chunk, share: Math.min(1, -rank / all) })
        if (found.length >= limit) break
      }
      return found
    },
  }
}

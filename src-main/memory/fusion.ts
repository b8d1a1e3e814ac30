/** Something that was found, by its place in each list it stands in. */
export interface Fused {
  key: number
  score: number
  meaning: boolean
  words: boolean
}

/** A ranking of keys, the best first. */
export interface Ranking {
  by: 'meaning' | 'words'
  keys: readonly number[]
  /** How sure each of the keys is, 0 to 1; all are as sure as can be where it is not said. */
  sure?: readonly number[]
}

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
 * learning methods", 2009): each ranking gives a key 1 / (K + rank), whatever its own scores mean. Theirs is 60, for many long
 * rankings; for two short ones, of which words miss more, these were measured (docs/decisions/memory.md).
 */
const K = 5
const WEIGHT = { meaning: 1, words: 0.7 }

export function fuse(rankings: readonly Ranking[]): Fused[] {
  const found = new Map<number, Fused>()
  for (const { by, keys, sure } of rankings)
    for (const [rank, key] of keys.entries()) {
      const one = found.get(key) ?? { key, score: 0, meaning: false, words: false }
      one.score += (WEIGHT[by] * (sure?.[rank] ?? 1)) / (K + rank + 1)
      one[by] = true
      found.set(key, one)
    }
  return [...found.values()].toSorted((a, b) => b.score - a.score || b.key - a.key)
}

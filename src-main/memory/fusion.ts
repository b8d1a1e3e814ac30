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
}

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
 * learning methods", 2009): each ranking gives a key 1 / (K + rank), whatever its own scores mean. K is theirs.
 */
const K = 60

export function fuse(rankings: readonly Ranking[]): Fused[] {
  const found = new Map<number, Fused>()
  for (const { by, keys } of rankings)
    for (const [rank, key] of keys.entries()) {
      const one = found.get(key) ?? { key, score: 0, meaning: false, words: false }
      one.score += 1 / (K + rank + 1)
      one[by] = true
      found.set(key, one)
    }
  return [...found.values()].toSorted((a, b) => b.score - a.score || b.key - a.key)
}

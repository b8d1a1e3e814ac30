/** A number generator that gives the same numbers every time (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Vectors that lie as those of embedding models do: all to one side, in many clouds that run into each other. Every other
 * query is near one of them, the rest lie anywhere in a cloud.
 */
export function clusteredVectors(wanted: { count: number; dimensions: number; queries: number; seed?: number }): {
  vectors: number[][]
  queries: number[][]
} {
  const { count, dimensions } = wanted
  const random = seededRandom(wanted.seed ?? 1)
  // The sum of four even numbers is near enough to a normal one.
  const normal = () => (random() + random() + random() + random() - 2) * 1.732
  const list = (make: (at: number) => number) => Array.from({ length: dimensions }, (_, at) => make(at))
  const side = list(() => normal() * 0.6)
  const clouds = Array.from({ length: Math.ceil(count / 50) }, () => list(() => normal()))
  const inCloud = () => {
    const cloud = clouds[Math.floor(random() * clouds.length)] ?? []
    return list((at) => (side[at] ?? 0) + 0.5 * (cloud[at] ?? 0) + 0.7 * normal())
  }
  const vectors = Array.from({ length: count }, inCloud)
  const near = () => {
    const vector = vectors[Math.floor(random() * count)] ?? []
    return vector.map((value) => value + 0.8 * normal())
  }
  return { vectors, queries: Array.from({ length: wanted.queries }, (_, at) => (at % 2 === 0 ? near() : inCloud())) }
}

import type { Db } from '@main/data/database'
import { VectorSet, type Packed } from './vector-set'

/** Bytes that vectors may take in memory; those that were not used for longest go first. */
const MOST_BYTES = 256 * 1024 * 1024

/** The vectors of a story's chunks by one embedder, in memory once they were asked for. */
export interface VectorSets {
  /** Null where there are none. */
  get(story: number, embedder: number): VectorSet | null
  /** A chunk was just given a vector, in place of the one it had. */
  put(story: number, embedder: number, vector: { chunk: number; passage: number; packed: Packed }): void
  /** A chunk is no more. */
  remove(chunk: number): void
  dropStory(story: number): void
  bytes(): number
}

export function createVectorSets(db: Db): VectorSets {
  const dimensionsOf = db.prepare<[number], number>('SELECT dimensions FROM embedders WHERE id = ?').pluck()
  const count = db
    .prepare<[number, number], number>(
      'SELECT count(*) FROM chunks JOIN vectors ON vectors.chunk = chunks.id WHERE story = ? AND embedder = ?'
    )
    .pluck()
  const all = db.prepare<[number, number], { id: number; passage: number; scale: number; body: Buffer }>(
    `SELECT chunks.id, passage, scale, body FROM chunks JOIN vectors ON vectors.chunk = chunks.id
     WHERE story = ? AND embedder = ?`
  )
  /** By story and embedder; the one that was used last stands last. */
  const sets = new Map<string, { story: number; set: VectorSet }>()
  const keyOf = (story: number, embedder: number) => `${story}/${embedder}`
  const bytes = () => [...sets.values()].reduce((sum, { set }) => sum + set.bytes, 0)

  const load = (story: number, embedder: number): VectorSet | null => {
    const size = count.get(story, embedder) ?? 0
    const dimensions = dimensionsOf.get(embedder)
    if (size === 0 || dimensions === undefined) return null
    const set = new VectorSet(dimensions)
    set.reserve(size)
    for (const { id, passage, scale, body } of all.iterate(story, embedder))
      set.add(id, passage, { scale, body: new Int8Array(body.buffer, body.byteOffset, body.length) })
    return set
  }

  const remove = (chunk: number) => {
    for (const { set } of sets.values()) set.remove(chunk)
  }

  return {
    get: (story, embedder) => {
      const key = keyOf(story, embedder)
      const set = sets.get(key)?.set ?? load(story, embedder)
      if (!set) return null
      sets.delete(key)
      sets.set(key, { story, set })
      for (const other of sets.keys()) if (other !== key && bytes() > MOST_BYTES) sets.delete(other)
      return set
    },
    put: (story, embedder, { chunk, passage, packed }) => {
      remove(chunk)
      sets.get(keyOf(story, embedder))?.set.add(chunk, passage, packed)
    },
    remove,
    dropStory: (story) => {
      for (const [key, one] of sets) if (one.story === story) sets.delete(key)
    },
    bytes,
  }
}

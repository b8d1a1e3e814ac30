import type { Db } from '@main/data/database'
import { VectorSet, type Packed } from './vector-set'

/** Bytes that vectors may take in memory; those that were not used for longest go first. */
const MOST_BYTES = 256 * 1024 * 1024
/** Vectors that are read between two looks at the clock, and by which the middle of a set is measured. */
const AT_ONCE = 128
const SAMPLE = 400
/** Milliseconds that a search waits for vectors that are not read yet, and that each slice takes in which the rest is read. */
const SLICE_MS = 8

/** The vectors of a story's chunks by one embedder, in memory once they were asked for. */
export interface VectorSets {
  /**
   * Null where there are none, and while they are being read: reading those of a long story takes a second, so it is done
   * in slices, between which the thread answers.
   */
  get(story: number, embedder: number): VectorSet | null
  /** A chunk was just given a vector, in place of the one it had. */
  put(story: number, embedder: number, vector: { chunk: number; passage: number; packed: Packed }): void
  /** A chunk is no more. */
  remove(chunk: number): void
  dropStory(story: number): void
  bytes(): number
  close(): void
}

interface Loading {
  story: number
  embedder: number
  set: VectorSet
  /** Chunks up to this one are read; null when all are. */
  readTo: number | null
}

interface StoredVector {
  id: number
  passage: number
  scale: number
  body: Buffer
}

const packedOf = ({ scale, body }: StoredVector): Packed => ({
  scale,
  body: new Int8Array(body.buffer, body.byteOffset, body.length),
})

/** @param sliceMs only tests wait for another time */
export function createVectorSets(db: Db, sliceMs = SLICE_MS): VectorSets {
  const dimensionsOf = db.prepare<[number], number>('SELECT dimensions FROM embedders WHERE id = ?').pluck()
  const count = db
    .prepare<[number, number], number>('SELECT chunks FROM tallies WHERE story = ? AND embedder = ?')
    .pluck()
  const columns = 'chunks.id, passage, scale, body FROM chunks JOIN vectors ON vectors.chunk = chunks.id'
  const next = db.prepare<[number, number, number, number], StoredVector>(
    `SELECT ${columns} WHERE story = ? AND embedder = ? AND chunks.id > ? ORDER BY chunks.id LIMIT ?`
  )
  const range = db.prepare<[number, number], { first: number; last: number }>(
    'SELECT min(id) AS first, max(id) AS last FROM chunks WHERE story = ? AND embedder = ?'
  )
  /** By story and embedder; the one that was used last stands last. */
  const sets = new Map<string, Loading>()
  const keyOf = (story: number, embedder: number) => `${story}/${embedder}`
  const bytes = () => [...sets.values()].reduce((sum, { set }) => sum + set.bytes, 0)
  let timer: NodeJS.Immediate | null = null

  /** Some from all over the story: its beginning may speak of other things than its end. */
  const sampleOf = (story: number, embedder: number): Packed[] => {
    const { first, last } = range.get(story, embedder) ?? { first: 0, last: 0 }
    const step = (last - first) / SAMPLE
    return Array.from({ length: SAMPLE }, (_, at) => next.all(story, embedder, first - 1 + Math.floor(step * at), 1))
      .flat()
      .map(packedOf)
  }

  const begin = (story: number, embedder: number): Loading | null => {
    const size = count.get(story, embedder) ?? 0
    const dimensions = dimensionsOf.get(embedder)
    if (size === 0 || dimensions === undefined) return null
    const set = new VectorSet(dimensions)
    set.reserve(size)
    if (set.isLarge(size)) set.setMiddle(sampleOf(story, embedder), size)
    return { story, embedder, set, readTo: 0 }
  }

  const readOn = (one: Loading): void => {
    const end = performance.now() + sliceMs
    while (one.readTo !== null) {
      const rows = next.all(one.story, one.embedder, one.readTo, AT_ONCE)
      for (const row of rows) one.set.add(row.id, row.passage, packedOf(row))
      one.readTo = rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null)
      if (performance.now() >= end) return
    }
  }
  const readRest = () => {
    timer ??= setImmediate(() => {
      timer = null
      const one = [...sets.values()].findLast(({ readTo }) => readTo !== null)
      if (!one) return
      readOn(one)
      readRest()
    })
  }

  const remove = (chunk: number) => {
    for (const { set } of sets.values()) set.remove(chunk)
  }

  return {
    get: (story, embedder) => {
      const key = keyOf(story, embedder)
      const one = sets.get(key) ?? begin(story, embedder)
      if (!one) return null
      sets.delete(key)
      sets.set(key, one)
      for (const other of sets.keys()) if (other !== key && bytes() > MOST_BYTES) sets.delete(other)
      readOn(one)
      if (one.readTo === null) return one.set
      readRest()
      return null
    },
    put: (story, embedder, { chunk, passage, packed }) => {
      remove(chunk)
      const one = sets.get(keyOf(story, embedder))
      if (one && (one.readTo === null || chunk <= one.readTo)) one.set.add(chunk, passage, packed)
    },
    remove,
    dropStory: (story) => {
      for (const [key, one] of sets) if (one.story === story) sets.delete(key)
    },
    bytes,
    close: () => {
      if (timer) clearImmediate(timer)
      timer = null
      sets.clear()
    },
  }
}

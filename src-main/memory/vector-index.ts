import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import { embedText } from '@main/providers/protocols/builtin/embed-text'
import type { Waiting } from './index-calls'
import type { StoryText } from './story-text'
import { pack } from './vector-set'
import type { VectorSets } from './vector-sets'

/** Chunks between two commits. */
const AT_ONCE = 8

/** The story whose chunks get vectors now; those that still wait for one. */
interface Work {
  story: number
  identity: string
  left: Set<number>
  /** All chunks of the story. */
  chunks: number
  /** Of the vectors that came; null before the first. */
  dimensions: number | null
}

/** Gives the chunks of stories their vectors. */
export interface VectorIndex {
  begin(storyId: StoryId, embedder: string): Waiting
  nextTexts(count: number): { chunks: { id: number; text: string }[] }
  keep(vectors: readonly { id: number; vector: readonly number[] }[]): Waiting
  make(ms: number, dimensions: number): Waiting
  /** Begins to read a story's vectors, so that a turn finds them in memory. */
  warm(storyId: StoryId, identity: string): void
  /** The embedder whose vectors are found by this identity and have so many dimensions; null where there are none. */
  embedder(identity: string, dimensions: number): number | null
}

export function createVectorIndex(db: Db, text: StoryText, sets: VectorSets): VectorIndex {
  const storySeq = db.prepare<[StoryId], number>('SELECT seq FROM stories WHERE id = ?').pluck()
  const tallies = db.prepare<[number], { embedder: number; identity: string | null; chunks: number }>(
    `SELECT embedder, identity, chunks FROM tallies LEFT JOIN embedders ON embedders.id = embedder
     WHERE story = ? AND chunks > 0`
  )
  const chunksWith = db
    .prepare<[number, number], number>('SELECT id FROM chunks WHERE story = ? AND embedder = ? ORDER BY id')
    .pluck()
  const dropVectors = db.prepare<[number, number]>(
    'DELETE FROM vectors WHERE chunk IN (SELECT id FROM chunks WHERE story = ? AND embedder = ?)'
  )
  const clearEmbedder = db.prepare<[number, number]>('UPDATE chunks SET embedder = 0 WHERE story = ? AND embedder = ?')
  const chunk = db.prepare<[number], { id: number; message: MessageId; start: number; end: number }>(
    `SELECT chunks.id, passages.id AS message, start, end
     FROM chunks JOIN passages ON passages.seq = chunks.passage WHERE chunks.id = ?`
  )
  const passageOf = db.prepare<[number], number>('SELECT passage FROM chunks WHERE id = ?').pluck()
  const addEmbedder = db.prepare<[string, number]>(
    'INSERT INTO embedders (identity, dimensions) VALUES (?, ?) ON CONFLICT DO NOTHING'
  )
  const embedder = db
    .prepare<[string, number], number>('SELECT id FROM embedders WHERE identity = ? AND dimensions = ?')
    .pluck()
  const ofIdentity = db.prepare<[string], number>('SELECT id FROM embedders WHERE identity = ?').pluck()
  const addVector = db.prepare<[number, number, Uint8Array]>(
    'INSERT OR REPLACE INTO vectors (chunk, scale, body) VALUES (?, ?, ?)'
  )
  const setEmbedder = db.prepare<[number, number]>('UPDATE chunks SET embedder = ? WHERE id = ?')

  let work: Work | null = null

  const state = (): Waiting => ({
    waiting: work?.left.size ?? 0,
    chunks: work?.chunks ?? 0,
  })

  /** Chunks without a vector by that identity, the oldest first. */
  const waitingFor = (story: number, identity: string): Set<number> => {
    const others = tallies.all(story).filter((one) => one.identity !== identity)
    return new Set(others.flatMap(({ embedder: other }) => chunksWith.all(story, other)).toSorted((a, b) => a - b))
  }

  /** Chunks that went meanwhile are left out. */
  const textsOf = (ids: readonly number[]) => {
    const chunks = ids.flatMap((id) => chunk.get(id) ?? [])
    const texts = new Map(text.texts(chunks.map(({ message }) => message)).map((one) => [one.id, one.text]))
    return chunks.flatMap(({ id, message, start, end }) => {
      const said = texts.get(message)?.slice(start, end) ?? ''
      return said === '' ? [] : [{ id, text: said }]
    })
  }

  /** Vectors of another length than those before come from another model behind the same name: those before go. */
  const embedderFor = (now: Work, dimensions: number): number => {
    addEmbedder.run(now.identity, dimensions)
    const id = embedder.get(now.identity, dimensions)
    if (id === undefined) throw new Error('An embedder that was just added is not there')
    if (now.dimensions === dimensions) return id
    now.dimensions = dimensions
    const others = tallies.all(now.story).filter((one) => one.identity === now.identity && one.embedder !== id)
    for (const { embedder: other } of others) {
      dropVectors.run(now.story, other)
      clearEmbedder.run(now.story, other)
    }
    if (others.length > 0) {
      sets.dropStory(now.story)
      now.left = waitingFor(now.story, now.identity)
    }
    return id
  }

  const keep = (vectors: readonly { id: number; vector: readonly number[] }[]): Waiting => {
    const now = work
    const dimensions = vectors[0]?.vector.length
    if (!now || dimensions === undefined) return state()
    db.transaction(() => {
      const by = embedderFor(now, dimensions)
      for (const { id, vector } of vectors) {
        const packed = vector.length === dimensions ? pack(vector) : null
        const passage = packed && passageOf.get(id)
        if (!packed || passage === undefined || passage === null) continue
        addVector.run(id, packed.scale, new Uint8Array(packed.body.buffer))
        setEmbedder.run(by, id)
        sets.put(now.story, by, { chunk: id, passage, packed })
      }
    })()
    for (const { id } of vectors) now.left.delete(id)
    if (now.left.size === 0) warm(now)
    return state()
  }

  /** Reading the vectors of a long story takes a second: better now than when a turn asks. */
  const warm = ({ story, identity }: Pick<Work, 'story' | 'identity'>) => {
    for (const id of ofIdentity.all(identity)) sets.get(story, id)
  }

  const nextTexts = (count: number) => {
    if (!work) return []
    const ids: number[] = []
    for (const id of work.left) {
      if (ids.length >= count) break
      ids.push(id)
    }
    const texts = textsOf(ids)
    // Those that are no more are not waited for.
    const here = new Set(texts.map(({ id }) => id))
    for (const id of ids) if (!here.has(id)) work.left.delete(id)
    return texts
  }

  return {
    begin: (storyId, identity) => {
      const story = storySeq.get(storyId)
      work = null
      if (story === undefined) return state()
      work = {
        story,
        identity,
        left: waitingFor(story, identity),
        chunks: tallies.all(story).reduce((sum, one) => sum + one.chunks, 0),
        dimensions: null,
      }
      if (work.left.size === 0) warm(work)
      return state()
    },
    nextTexts: (count) => ({ chunks: nextTexts(count) }),
    keep,
    make: (ms, dimensions) => {
      const end = performance.now() + ms
      let texts = nextTexts(AT_ONCE)
      while (texts.length > 0 && performance.now() < end) {
        keep(texts.map(({ id, text: said }) => ({ id, vector: embedText(said, dimensions) })))
        texts = nextTexts(AT_ONCE)
      }
      return state()
    },
    warm: (storyId, identity) => {
      const story = storySeq.get(storyId)
      if (story !== undefined) warm({ story, identity })
    },
    embedder: (identity, dimensions) => embedder.get(identity, dimensions) ?? null,
  }
}

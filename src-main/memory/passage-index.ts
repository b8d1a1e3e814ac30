import { createHash } from 'node:crypto'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import { chunksOf } from './chunks'
import { termsOf } from './index-schema'
import { isSlight } from './slight-line'
import type { PassageText, RevisedPassage, StoryText } from './story-text'
import type { VectorSets } from './vector-sets'

/** Texts that are read at once. */
const AT_ONCE = 8

/** 16 bytes are enough to tell the texts of all stories of one computer apart. */
export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16)

/** Keeps the chunks of stories and their words as the stories are. */
export interface PassageIndex {
  begin(storyId: StoryId): { passages: number }
  takeUp(ms: number): { done: number; passages: number }
  forget(storyId: StoryId): void
  /** Takes out what is no more: whole stories, and passages of the others. */
  tidy(): void
}

export function createPassageIndex(db: Db, text: StoryText, sets: VectorSets): PassageIndex {
  const addStory = db.prepare<[StoryId]>('INSERT INTO stories (id) VALUES (?) ON CONFLICT DO NOTHING')
  const storySeq = db.prepare<[StoryId], number>('SELECT seq FROM stories WHERE id = ?').pluck()
  const stories = db.prepare<[], StoryId>('SELECT id FROM stories').pluck()
  const removeStory = db.prepare<[number]>('DELETE FROM stories WHERE seq = ?')
  const revisions = db.prepare<[number], Pick<Known, 'id' | 'revision'>>(
    'SELECT id, revision FROM passages WHERE story = ?'
  )
  const knownPassage = db.prepare<[MessageId], Known>('SELECT seq, id, revision, digest FROM passages WHERE id = ?')
  const addPassage = db.prepare<[MessageId, number, number, 0 | 1, Buffer]>(
    'INSERT INTO passages (id, story, revision, slight, digest) VALUES (?, ?, ?, ?, ?)'
  )
  const setTakenUp = db.prepare<[number, 0 | 1, Buffer, number]>(
    'UPDATE passages SET revision = ?, slight = ?, digest = ? WHERE seq = ?'
  )
  const removePassage = db.prepare<[number]>('DELETE FROM passages WHERE seq = ?')
  const chunksOfPassage = db.prepare<[number], { id: number; digest: Buffer }>(
    'SELECT id, digest FROM chunks WHERE passage = ?'
  )
  const addChunk = db.prepare<[number, number, number, number, Buffer]>(
    'INSERT INTO chunks (passage, story, start, end, digest) VALUES (?, ?, ?, ?, ?)'
  )
  const moveChunk = db.prepare<[number, number, number]>('UPDATE chunks SET start = ?, end = ? WHERE id = ?')
  const removeChunk = db.prepare<[number]>('DELETE FROM chunks WHERE id = ?')
  const addWords = db.prepare<[number, string]>('INSERT INTO chunk_words (rowid, stems) VALUES (?, ?)')

  interface Known {
    seq: number
    id: MessageId
    revision: number
    digest: Buffer
  }
  /** The story that is taken up now, up to a revision: what is left of it in reading order, and how much was taken. */
  let work: { story: number; left: MessageId[]; done: number; upTo: number } | null = null
  /** Up to which revision stories were taken up since this began. */
  const takenUpTo = new Map<number, number>()

  const dropChunk = (id: number) => {
    removeChunk.run(id)
    sets.remove(id)
  }
  const dropPassages = (ids: Iterable<MessageId>) =>
    db.transaction(() => {
      for (const id of ids) {
        const known = knownPassage.get(id)
        if (!known) continue
        for (const chunk of chunksOfPassage.all(known.seq)) sets.remove(chunk.id)
        removePassage.run(known.seq)
      }
    })()
  const forget = (storyId: StoryId) => {
    const seq = storySeq.get(storyId)
    if (seq === undefined) return
    if (work?.story === seq) work = null
    takenUpTo.delete(seq)
    sets.dropStory(seq)
    removeStory.run(seq)
  }

  /** Compares all passages by their revisions. Returns what is to be taken up, in reading order. */
  const compareAll = (story: number, storyId: StoryId, revised: readonly RevisedPassage[]): MessageId[] => {
    const known = new Map(revisions.all(story).map(({ id, revision }) => [id, revision]))
    const live = new Map(revised.filter(({ deleted }) => !deleted).map(({ id, revision }) => [id, revision]))
    dropPassages([...known.keys()].filter((id) => !live.has(id)))
    const path = new Set(text.path(storyId)?.toReversed())
    const changed = (id: MessageId) => !known.has(id) || known.get(id) !== live.get(id)
    const elsewhere = [...known.keys()].filter((id) => live.has(id) && !path.has(id))
    return [...path, ...elsewhere].filter(changed)
  }

  /**
   * What is to be taken up of a story that was taken up before: what changed since, and what the path has that was never
   * on it. Before each passage that is known all others of its branch are, so a branch is walked up to the first one.
   */
  const compareNew = (storyId: StoryId, revised: readonly RevisedPassage[]): MessageId[] => {
    dropPassages(revised.filter(({ deleted }) => deleted).map(({ id }) => id))
    const wanted = new Map<MessageId, number>()
    const walkUp = (from: MessageId | null) => {
      for (let at = from; at !== null && !wanted.has(at) && !knownPassage.get(at);) {
        const place = text.place(at)
        if (place && !place.deleted) wanted.set(at, place.depth)
        at = place?.parentId ?? null
      }
    }
    for (const { id, deleted } of revised) {
      if (deleted) continue
      walkUp(id)
      wanted.set(id, text.place(id)?.depth ?? 0)
    }
    walkUp(text.head(storyId))
    return [...wanted].toSorted(([, one], [, other]) => one - other).map(([id]) => id)
  }

  /** Chunks that say what they said keep their vectors. */
  const takeUpPassage = (story: number, { id, author, revision, text: said }: PassageText) => {
    const known = knownPassage.get(id)
    const digest = digestOf(said)
    const slight = isSlight(author, said) ? 1 : 0
    const seq = known?.seq ?? Number(addPassage.run(id, story, revision, slight, digest).lastInsertRowid)
    if (known) setTakenUp.run(revision, slight, digest, seq)
    if (known?.digest.equals(digest)) return
    const left = new Map<string, number[]>()
    for (const chunk of known ? chunksOfPassage.all(seq) : []) {
      const key = chunk.digest.toString('hex')
      left.set(key, [...(left.get(key) ?? []), chunk.id])
    }
    for (const { start, end } of chunksOf(said)) {
      const part = said.slice(start, end)
      const partDigest = digestOf(part)
      const same = left.get(partDigest.toString('hex'))?.shift()
      if (same !== undefined) moveChunk.run(start, end, same)
      else {
        const chunk = Number(addChunk.run(seq, story, start, end, partDigest).lastInsertRowid)
        addWords.run(chunk, termsOf(story, part))
      }
    }
    for (const chunk of [...left.values()].flat()) dropChunk(chunk)
  }

  return {
    begin: (storyId) => {
      work = null
      if (!text.isThere(storyId)) {
        forget(storyId)
        return { passages: 0 }
      }
      addStory.run(storyId)
      const story = storySeq.get(storyId)
      if (story === undefined) throw new Error('A story that was just added is not there')
      const before = takenUpTo.get(story)
      const revised = text.revised(storyId, before ?? -1)
      const left = before === undefined ? compareAll(story, storyId, revised) : compareNew(storyId, revised)
      const upTo = revised.at(-1)?.revision ?? before ?? 0
      if (left.length === 0) takenUpTo.set(story, upTo)
      else work = { story, left, done: 0, upTo }
      return { passages: left.length }
    },

    takeUp: (ms) => {
      const now = work
      if (!now) return { done: 0, passages: 0 }
      const end = performance.now() + ms
      db.transaction(() => {
        while (now.done < now.left.length && performance.now() < end) {
          const ids = now.left.slice(now.done, now.done + AT_ONCE)
          const texts = new Map(text.texts(ids).map((one) => [one.id, one]))
          for (const id of ids) {
            const one = texts.get(id)
            if (one) takeUpPassage(now.story, one)
          }
          now.done += ids.length
        }
      })()
      if (now.done >= now.left.length) takenUpTo.set(now.story, now.upTo)
      return { done: now.done, passages: now.left.length }
    },

    forget,
    tidy: () => {
      for (const id of stories.all()) {
        const story = storySeq.get(id)
        if (!text.isThere(id)) forget(id)
        else if (story !== undefined) {
          const live = new Set(text.revised(id, -1).flatMap((one) => (one.deleted ? [] : [one.id])))
          dropPassages(revisions.all(story).flatMap((known) => (live.has(known.id) ? [] : [known.id])))
        }
      }
    },
  }
}

import { createHash } from 'node:crypto'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import { chunksOf } from './chunks'
import { termsOf } from './index-schema'
import type { StoryText } from './story-text'
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
  const ofStory = db.prepare<[number], Known>('SELECT seq, id, digest FROM passages WHERE story = ?')
  const addPassage = db.prepare<[MessageId, number, Buffer]>(
    'INSERT INTO passages (id, story, digest) VALUES (?, ?, ?)'
  )
  const setDigest = db.prepare<[Buffer, number]>('UPDATE passages SET digest = ? WHERE seq = ?')
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
    digest: Buffer
  }
  /** The story that is compared now: its passages in reading order, and how many were looked at. */
  let work: { story: number; known: Map<MessageId, Known>; path: MessageId[]; done: number } | null = null

  const dropChunk = (id: number) => {
    removeChunk.run(id)
    sets.remove(id)
  }
  const dropPassage = (seq: number) => {
    for (const { id } of chunksOfPassage.all(seq)) sets.remove(id)
    removePassage.run(seq)
  }
  const knownOf = (story: number) => new Map(ofStory.all(story).map((one) => [one.id, one]))
  const dropGone = (known: Map<MessageId, Known>) =>
    db.transaction(() => {
      for (const id of text.gone([...known.keys()])) {
        const passage = known.get(id)
        if (passage) dropPassage(passage.seq)
        known.delete(id)
      }
    })()
  const forget = (storyId: StoryId) => {
    const seq = storySeq.get(storyId)
    if (seq === undefined) return
    if (work?.story === seq) work = null
    sets.dropStory(seq)
    removeStory.run(seq)
  }

  /** Chunks that say what they said keep their vectors. */
  const takeUpPassage = (story: number, known: Known | undefined, id: MessageId, said: string) => {
    const digest = digestOf(said)
    if (known?.digest.equals(digest)) return
    const seq = known?.seq ?? Number(addPassage.run(id, story, digest).lastInsertRowid)
    if (known) setDigest.run(digest, seq)
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
      const path = text.path(storyId)
      if (path === null) {
        forget(storyId)
        return { passages: 0 }
      }
      addStory.run(storyId)
      const story = storySeq.get(storyId)
      if (story === undefined) throw new Error('A story that was just added is not there')
      const known = knownOf(story)
      dropGone(known)
      work = { story, known, path: path.toReversed(), done: 0 }
      return { passages: path.length }
    },

    takeUp: (ms) => {
      const now = work
      if (!now) return { done: 0, passages: 0 }
      const end = performance.now() + ms
      db.transaction(() => {
        while (now.done < now.path.length && performance.now() < end) {
          const ids = now.path.slice(now.done, now.done + AT_ONCE)
          for (const { id, text: said } of text.texts(ids)) takeUpPassage(now.story, now.known.get(id), id, said)
          now.done += ids.length
        }
      })()
      return { done: now.done, passages: now.path.length }
    },

    forget,
    tidy: () => {
      for (const id of stories.all()) {
        const story = storySeq.get(id)
        if (text.path(id) === null) forget(id)
        else if (story !== undefined) dropGone(knownOf(story))
      }
    },
  }
}

import type { MessageId } from '@contract/ids'
import type { Db } from './database'
import { GONE } from './gone'
import { createSentWords } from './sent-words'

/** A deleted passage, with the beginning of its text. */
export interface BinnedPassage {
  id: MessageId
  text: string
  storyTitle: string
  deletedAt: string
}

/** Deleted passages. A deleted row is skipped wherever passages are read, until it is restored or its words are taken away. */
export interface PassageBin {
  /** Of stories that are there, the newest first. */
  list(limit: number): BinnedPassage[]
  /** Whether it was deleted, can be brought back, and stands in a story that is there. */
  has(id: MessageId): boolean
  /** Takes a deleted passage's words away for good. Where others come after it, its place stays. */
  forget(id: MessageId): void
  /** Its words were taken away for good. */
  isForgotten(id: MessageId): boolean
  /** Takes away the words of one passage that was deleted before a time; false when there is none. */
  forgetOneBefore(before: string): boolean
}

export function createPassageBin(db: Db): PassageBin {
  const list = db.prepare<[number], BinnedPassage>(
    `SELECT m.id, substr(m.text, 1, 200) AS text, s.title AS storyTitle, m.deleted_at AS deletedAt
     FROM messages m JOIN stories s ON s.id = m.story_id
     WHERE m.deleted_at > '${GONE}' AND s.deleted_at IS NULL ORDER BY m.deleted_at DESC LIMIT ?`
  )
  const has = db.prepare<[MessageId], { found: 1 }>(
    `SELECT 1 AS found FROM messages m JOIN stories s ON s.id = m.story_id
     WHERE m.id = ? AND m.deleted_at > '${GONE}' AND s.deleted_at IS NULL`
  )
  const hasChild = db.prepare<[MessageId], { found: 1 }>('SELECT 1 AS found FROM messages WHERE parent_id = ? LIMIT 1')
  const isHead = db.prepare<[MessageId], { found: 1 }>('SELECT 1 AS found FROM stories WHERE head_id = ? LIMIT 1')
  const empty = db.prepare<[MessageId]>(
    `UPDATE messages SET text = '', written_by = NULL, edited = 0, deleted_at = '${GONE}' WHERE id = ?`
  )
  const remove = db.prepare<[MessageId]>('DELETE FROM messages WHERE id = ?')
  const forgetVersions = db.prepare<[MessageId]>('DELETE FROM message_versions WHERE message_id = ?')
  const forgetEdits = db.prepare<[MessageId]>('DELETE FROM story_edits WHERE message_id = ?')
  const forgetChapter = db.prepare<[MessageId]>('DELETE FROM chapter_ends WHERE message_id = ?')
  const isForgotten = db.prepare<[MessageId], { found: 1 }>(
    `SELECT 1 AS found FROM messages WHERE id = ? AND deleted_at = '${GONE}'`
  )
  const deletedBefore = db.prepare<[string], { id: MessageId }>(
    `SELECT id FROM messages WHERE deleted_at > '${GONE}' AND deleted_at < ? LIMIT 1`
  )
  const sentWords = createSentWords(db)

  const forget = (id: MessageId) => {
    sentWords.forgetPassage(id)
    forgetVersions.run(id)
    forgetEdits.run(id)
    forgetChapter.run(id)
    if (hasChild.get(id) || isHead.get(id)) empty.run(id)
    else remove.run(id)
  }

  return {
    list: (limit) => list.all(limit),
    has: (id) => has.get(id) !== undefined,
    forget,
    isForgotten: (id) => isForgotten.get(id) !== undefined,
    forgetOneBefore: (before) => {
      const one = deletedBefore.get(before)
      if (one) forget(one.id)
      return one !== undefined
    },
  }
}

import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import { createMessageTree, PATH } from '@main/data/message-tree'

/** What memory reads of the database, in its own thread. */
export interface StoryText {
  /** The path of a story as it is shown, nearest first, without deleted passages; null for a story that is no more. */
  path(storyId: StoryId): MessageId[] | null
  /** The end of the path of a story as it is shown; null where there is none. */
  head(storyId: StoryId): MessageId | null
  /**
   * Where a passage stands on the path that ends at `head`: 0 at the beginning, 1 at the end. Null when it is not on it, or
   * deleted.
   */
  placeOn(head: MessageId, id: MessageId): number | null
  /** The texts of those passages that are not being written. */
  texts(ids: readonly MessageId[]): { id: MessageId; text: string }[]
  /** Those that are deleted or no more. */
  gone(ids: readonly MessageId[]): MessageId[]
  marks(storyId: StoryId): { messageId: MessageId; mark: 'pin' | 'ban' }[]
}

export function createStoryText(db: Db): StoryText {
  const tree = createMessageTree(db)
  const head = db.prepare<[StoryId], { head_id: MessageId | null }>(
    'SELECT head_id FROM stories WHERE id = ? AND deleted_at IS NULL'
  )
  const path = db
    .prepare<[{ from: MessageId; least: number }], MessageId>(
      `WITH RECURSIVE ${PATH} SELECT id FROM path WHERE NOT deleted`
    )
    .pluck()
  const texts = db.prepare<[string], { id: MessageId; text: string }>(
    "SELECT id, text FROM messages WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'streaming'"
  )
  const gone = db
    .prepare<[string], MessageId>(
      `SELECT value FROM json_each(?) WHERE NOT EXISTS (
         SELECT 1 FROM messages INDEXED BY messages_tree WHERE id = value AND deleted_at IS NULL
       )`
    )
    .pluck()
  const marks = db.prepare<[StoryId], { messageId: MessageId; mark: 'pin' | 'ban' }>(
    'SELECT message_id AS messageId, mark FROM memory_marks WHERE story_id = ?'
  )
  const pathFrom = (headId: MessageId | null) => (headId === null ? [] : path.all({ from: headId, least: 0 }))
  return {
    path: (storyId) => {
      const story = head.get(storyId)
      return story ? pathFrom(story.head_id) : null
    },
    head: (storyId) => head.get(storyId)?.head_id ?? null,
    placeOn: (end, id) => {
      const depth = tree.place(end)?.depth
      const place = tree.place(id)
      if (depth === undefined || !place || place.deleted || place.depth > depth) return null
      return tree.ancestorAt(end, place.depth) === id ? (place.depth + 1) / (depth + 1) : null
    },
    texts: (ids) => texts.all(JSON.stringify(ids)),
    gone: (ids) => gone.all(JSON.stringify(ids)),
    marks: (storyId) => marks.all(storyId),
  }
}

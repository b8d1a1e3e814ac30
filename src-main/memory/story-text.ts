import type { MessageAuthor } from '@contract/entities/story'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import { createMessageTree, PATH, type Place } from '@main/data/message-tree'

export interface PassageText {
  id: MessageId
  author: MessageAuthor
  text: string
  revision: number
}

/** A passage that changed. */
export interface RevisedPassage {
  id: MessageId
  /** Higher than any before in its story (migration 24). */
  revision: number
  deleted: 0 | 1
}

/** How many paths are kept with the passages on them: of stories that are written in, and of those that share their memory. */
const MOST_PATHS = 16

/** What memory reads of the database, in its own thread. */
export interface StoryText {
  isThere(storyId: StoryId): boolean
  /** The path of a story as it is shown, nearest first, without deleted passages; null for a story that is no more. */
  path(storyId: StoryId): MessageId[] | null
  /** The end of the path of a story as it is shown; null where there is none. */
  head(storyId: StoryId): MessageId | null
  /**
   * Says where a passage stands on the path that ends at `end`: 0 at the beginning, 1 at the end. Null when it is not on it,
   * or deleted.
   */
  pathTo(end: MessageId): (id: MessageId) => number | null
  place(id: MessageId): Place | null
  /** The texts of those passages that are not being written. */
  texts(ids: readonly MessageId[]): PassageText[]
  /** The passages of a story, of all its branches, that were written, changed, deleted or restored after a revision. */
  revised(storyId: StoryId, after: number): RevisedPassage[]
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
  const texts = db.prepare<[string], PassageText>(
    "SELECT id, author, text, revision FROM messages WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'streaming'"
  )
  const revised = db.prepare<[StoryId, number], RevisedPassage>(
    `SELECT id, revision, deleted_at IS NOT NULL AS deleted FROM messages INDEXED BY messages_revised
     WHERE story_id = ? AND revision > ? ORDER BY revision`
  )
  const marks = db.prepare<[StoryId], { messageId: MessageId; mark: 'pin' | 'ban' }>(
    'SELECT message_id AS messageId, mark FROM memory_marks WHERE story_id = ?'
  )
  /**
   * The passages on paths, as far as somebody asked for them: a path mostly grows at its end, and keeps the passages it had.
   * Those that were asked about last stand last.
   */
  const paths: { end: MessageId; depth: number; known: Map<MessageId, boolean> }[] = []
  const pathTo = (end: MessageId) => {
    const depth = tree.place(end)?.depth
    if (depth === undefined) return null
    const at = paths.findIndex((one) => one.end === end || tree.ancestorAt(end, one.depth) === one.end)
    const [one = { end, depth, known: new Map() }] = at < 0 ? [] : paths.splice(at, 1)
    paths.push(Object.assign(one, { end, depth }))
    if (paths.length > MOST_PATHS) paths.shift()
    return one
  }
  const pathFrom = (headId: MessageId | null) => (headId === null ? [] : path.all({ from: headId, least: 0 }))
  return {
    isThere: (storyId) => head.get(storyId) !== undefined,
    path: (storyId) => {
      const story = head.get(storyId)
      return story ? pathFrom(story.head_id) : null
    },
    head: (storyId) => head.get(storyId)?.head_id ?? null,
    pathTo: (end) => {
      const path = pathTo(end)
      return (id) => {
        const place = path && tree.place(id)
        if (!place || place.deleted || place.depth > path.depth) return null
        const isOn = path.known.get(id) ?? tree.ancestorAt(end, place.depth) === id
        path.known.set(id, isOn)
        return isOn ? (place.depth + 1) / (path.depth + 1) : null
      }
    },
    place: tree.place,
    texts: (ids) => texts.all(JSON.stringify(ids)),
    revised: (storyId, after) => revised.all(storyId, after),
    marks: (storyId) => marks.all(storyId),
  }
}

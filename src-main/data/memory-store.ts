import type { MemoryMark, MemoryScope } from '@contract/entities/memory'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'

export interface MarkRow {
  messageId: MessageId
  mark: MemoryMark
  /** The beginning of the passage's text. */
  excerpt: string
  markedAt: string
}

export interface MemoryStore {
  /** Those of passages that are not deleted, the newest first. */
  marks(storyId: StoryId): MarkRow[]
  /** Null takes the mark away. */
  mark(storyId: StoryId, messageId: MessageId, mark: MemoryMark | null, now: string): void
  scope(storyId: StoryId): MemoryScope
  setScope(storyId: StoryId, scope: MemoryScope): void
  /** The other stories that have a world in common with this one, without deleted ones. */
  sharing(storyId: StoryId): StoryId[]
}

const EXCERPT = 160

export function createMemoryStore(db: Db): MemoryStore {
  const marks = db.prepare<[number, StoryId], MarkRow>(
    `SELECT message_id AS messageId, mark, substr(text, 1, ?) AS excerpt, marked_at AS markedAt
     FROM memory_marks JOIN messages ON messages.id = message_id
     WHERE memory_marks.story_id = ? AND messages.deleted_at IS NULL ORDER BY marked_at DESC, message_id`
  )
  const put = db.prepare<[StoryId, MessageId, MemoryMark, string]>(
    'INSERT OR REPLACE INTO memory_marks (story_id, message_id, mark, marked_at) VALUES (?, ?, ?, ?)'
  )
  const remove = db.prepare<[StoryId, MessageId]>('DELETE FROM memory_marks WHERE story_id = ? AND message_id = ?')
  const scope = db.prepare<[StoryId], { scope: MemoryScope }>('SELECT scope FROM memory_scopes WHERE story_id = ?')
  const setScope = db.prepare<[StoryId, MemoryScope]>(
    'INSERT OR REPLACE INTO memory_scopes (story_id, scope) VALUES (?, ?)'
  )
  const sharing = db
    .prepare<[{ id: StoryId }], StoryId>(
      `SELECT DISTINCT stories.id FROM story_worlds
       JOIN story_worlds AS other ON other.world_id = story_worlds.world_id AND other.story_id <> story_worlds.story_id
       JOIN stories ON stories.id = other.story_id AND stories.deleted_at IS NULL
       WHERE story_worlds.story_id = @id ORDER BY stories.id`
    )
    .pluck()
  return {
    marks: (id) => marks.all(EXCERPT, id),
    mark: (id, messageId, mark, now) =>
      void (mark === null ? remove.run(id, messageId) : put.run(id, messageId, mark, now)),
    scope: (id) => scope.get(id)?.scope ?? 'story',
    setScope: (id, value) => void setScope.run(id, value),
    sharing: (id) => sharing.all({ id }),
  }
}

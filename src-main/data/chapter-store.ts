import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'
import { createMessageTree } from './message-tree'

/** Where the writer says that chapters end. A mark stands with its passage: another alternative has none. */
export interface ChapterStore {
  /** The names of the chapters that end with these passages, empty for one without; no entry where none ends. */
  names(ids: readonly MessageId[]): ReadonlyMap<MessageId, string>
  /** The depths of the passages with which chapters end, on the path that ends at `head`, without deleted passages. */
  endsOnPath(storyId: StoryId, head: MessageId): number[]
  set(id: MessageId, storyId: StoryId, name: string): void
  remove(id: MessageId): void
}

export function createChapterStore(db: Db): ChapterStore {
  const tree = createMessageTree(db)
  const names = db.prepare<[string], { message_id: MessageId; name: string }>(
    'SELECT message_id, name FROM chapter_ends WHERE message_id IN (SELECT value FROM json_each(?))'
  )
  const ofStory = db.prepare<[StoryId], { id: MessageId; depth: number }>(
    `SELECT m.id, m.depth FROM chapter_ends c JOIN messages m ON m.id = c.message_id
     WHERE c.story_id = ? AND m.deleted_at IS NULL ORDER BY m.depth`
  )
  const set = db.prepare<[MessageId, StoryId, string]>('INSERT OR REPLACE INTO chapter_ends VALUES (?, ?, ?)')
  const remove = db.prepare<[MessageId]>('DELETE FROM chapter_ends WHERE message_id = ?')
  return {
    names: (ids) => new Map(names.all(JSON.stringify(ids)).map((row) => [row.message_id, row.name])),
    endsOnPath: (storyId, head) =>
      ofStory
        .all(storyId)
        .filter(({ id, depth }) => tree.ancestorAt(head, depth) === id)
        .map(({ depth }) => depth),
    set: (id, storyId, name) => void set.run(id, storyId, name),
    remove: (id) => void remove.run(id),
  }
}

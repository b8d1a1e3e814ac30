import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'
import { createMessageTree } from './message-tree'

/** Where the writer says that chapters end. A mark stands with its passage: another alternative has none. */
export interface ChapterStore {
  /** The names of the chapters that end with these passages, empty for one without; no entry where none ends. */
  names(ids: readonly MessageId[]): ReadonlyMap<MessageId, string>
  /** The chapters that end on the path that ends at `head`, each at the depth of its last passage, in their order. */
  onPath(storyId: StoryId, head: MessageId): { name: string; last: number }[]
  set(id: MessageId, storyId: StoryId, name: string): void
  remove(id: MessageId): void
}

export function createChapterStore(db: Db): ChapterStore {
  const tree = createMessageTree(db)
  const names = db.prepare<[string], { message_id: MessageId; name: string }>(
    'SELECT message_id, name FROM chapter_ends WHERE message_id IN (SELECT value FROM json_each(?))'
  )
  const ofStory = db.prepare<[StoryId], { id: MessageId; name: string; last: number }>(
    `SELECT m.id, c.name, m.depth AS last FROM chapter_ends c JOIN messages m ON m.id = c.message_id
     WHERE c.story_id = ? AND m.deleted_at IS NULL ORDER BY m.depth`
  )
  const set = db.prepare<[MessageId, StoryId, string]>('INSERT OR REPLACE INTO chapter_ends VALUES (?, ?, ?)')
  const remove = db.prepare<[MessageId]>('DELETE FROM chapter_ends WHERE message_id = ?')
  return {
    names: (ids) => new Map(names.all(JSON.stringify(ids)).map((row) => [row.message_id, row.name])),
    onPath: (storyId, head) =>
      ofStory
        .all(storyId)
        .filter(({ id, last }) => tree.ancestorAt(head, last) === id)
        .map(({ name, last }) => ({ name, last })),
    set: (id, storyId, name) => void set.run(id, storyId, name),
    remove: (id) => void remove.run(id),
  }
}

import type { FieldPath } from '@contract/entities/effective'
import type { RoleId, StoryId } from '@contract/ids'
import { JsonValue } from '@contract/values'
import type { Db } from './database'
import { noteUnreadable } from './json-column'

export interface OverrideRow {
  role: RoleId
  path: FieldPath
  /** Null: not set in the story. */
  value: JsonValue
  /** What the preset gave when the story began to differ. */
  base: JsonValue
}

export interface OverrideStore {
  ofStory(id: StoryId): OverrideRow[]
  /** Whether a row of the story cannot be read, and is left out of `ofStory`. */
  hasUnreadable(id: StoryId): boolean
  /** Those of all stories that say something about one path. */
  at(path: FieldPath): (OverrideRow & { storyId: StoryId; title: string; deleted: boolean })[]
  /** Those of all stories whose path begins so. */
  below(prefix: string): (OverrideRow & { storyId: StoryId })[]
  put(id: StoryId, row: OverrideRow): void
  remove(id: StoryId, role: RoleId, path: FieldPath): void
  clear(id: StoryId): void
  copy(from: StoryId, to: StoryId): void
}

export function createOverrideStore(db: Db): OverrideStore {
  type Stored = { role: RoleId; path: FieldPath; value: string; base: string }
  const ofStory = db.prepare<[StoryId], Stored>(
    'SELECT role, path, value, base FROM story_overrides WHERE story_id = ? ORDER BY role, path'
  )
  const at = db.prepare<[FieldPath], Stored & { story_id: StoryId; title: string; deleted: 0 | 1 }>(
    `SELECT story_id, title, deleted_at IS NOT NULL AS deleted, role, path, value, base FROM story_overrides JOIN stories ON stories.id = story_id
     WHERE path = ? ORDER BY title, role`
  )
  const below = db.prepare<[string, string], Stored & { story_id: StoryId }>(
    'SELECT story_id, role, path, value, base FROM story_overrides WHERE substr(path, 1, length(?)) = ?'
  )
  const put = db.prepare<[Stored & { story: StoryId }]>(
    'INSERT OR REPLACE INTO story_overrides VALUES (@story, @role, @path, @value, @base)'
  )
  const remove = db.prepare<[StoryId, RoleId, FieldPath]>(
    'DELETE FROM story_overrides WHERE story_id = ? AND role = ? AND path = ?'
  )
  const clear = db.prepare<[StoryId]>('DELETE FROM story_overrides WHERE story_id = ?')
  const copy = db.prepare<[StoryId, StoryId]>(
    'INSERT INTO story_overrides SELECT ?, role, path, value, base FROM story_overrides WHERE story_id = ?'
  )
  const json = (text: string): JsonValue => JsonValue.parse(JSON.parse(text))
  /** None for a row that cannot be read: there, the story is as its preset. */
  const fromStored = ({ role, path, value, base }: Stored): OverrideRow[] => {
    try {
      return [{ role, path, value: json(value), base: json(base) }]
    } catch (cause) {
      noteUnreadable({ text: `${role}.${path}: ${value} / ${base}`, cause })
      return []
    }
  }
  return {
    ofStory: (id) => ofStory.all(id).flatMap(fromStored),
    hasUnreadable: (id) => ofStory.all(id).some((row) => fromStored(row).length === 0),
    at: (path) =>
      at.all(path).flatMap((row) =>
        fromStored(row).map((one) => ({
          ...one,
          storyId: row.story_id,
          title: row.title,
          deleted: row.deleted === 1,
        }))
      ),
    below: (prefix) =>
      below.all(prefix, prefix).flatMap((row) => fromStored(row).map((one) => ({ ...one, storyId: row.story_id }))),
    put: (id, { role, path, value, base }) =>
      void put.run({ story: id, role, path, value: JSON.stringify(value), base: JSON.stringify(base) }),
    remove: (id, role, path) => void remove.run(id, role, path),
    clear: (id) => void clear.run(id),
    copy: (from, to) => void copy.run(to, from),
  }
}

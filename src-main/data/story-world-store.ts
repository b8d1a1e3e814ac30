import type { MessageId, StoryId, WorldEntryId, WorldId } from '@contract/ids'
import { JsonValue } from '@contract/values'
import type { Db } from './database'
import { noteUnreadable } from './json-column'

/** What a story does with a single entry: takes it without its world, holds it in the scene, plays it. */
export type EntryUse = 'taken' | 'pinned' | 'persona'

/** One field in which a story differs from its worlds. */
export interface WorldDifferenceRow {
  /** Null: the style guide or the note. */
  entryId: WorldEntryId | null
  path: string
  value: JsonValue
  /** What the world said when the story began to differ. */
  base: JsonValue
}

export interface StoryWorldStore {
  /** In the order in which they count. */
  worlds(id: StoryId): WorldId[]
  setWorlds(id: StoryId, worlds: readonly WorldId[]): void
  /** The stories that take a world, without deleted ones. */
  titlesWith(id: WorldId): string[]
  entries(id: StoryId, how: EntryUse): WorldEntryId[]
  useEntry(id: StoryId, entry: WorldEntryId, how: EntryUse): void
  dropEntry(id: StoryId, entry: WorldEntryId, how: EntryUse): void
  differences(id: StoryId): WorldDifferenceRow[]
  putDifference(id: StoryId, row: WorldDifferenceRow): void
  removeDifference(id: StoryId, entry: WorldEntryId | null, path: string): void
  /** All that a story takes and changes. */
  copy(from: StoryId, to: StoryId): void

  /** Notes what woke when a passage was written. */
  noteWoken(id: MessageId, entries: readonly WorldEntryId[]): void
  /** What woke when passages were written. */
  wokenAt(ids: readonly MessageId[]): { messageId: MessageId; entryId: WorldEntryId }[]
}

export function createStoryWorldStore(db: Db): StoryWorldStore {
  type Stored = { entry_id: WorldEntryId | null; path: string; value: string; base: string }
  const worlds = db.prepare<[StoryId], { id: WorldId }>(
    'SELECT world_id AS id FROM story_worlds WHERE story_id = ? ORDER BY position'
  )
  const clearWorlds = db.prepare<[StoryId]>('DELETE FROM story_worlds WHERE story_id = ?')
  const addWorld = db.prepare<[StoryId, WorldId, number]>('INSERT INTO story_worlds VALUES (?, ?, ?)')
  const titlesWith = db.prepare<[WorldId], { title: string }>(
    `SELECT title FROM stories JOIN story_worlds ON story_id = stories.id
     WHERE world_id = ? AND deleted_at IS NULL ORDER BY title`
  )
  const entries = db.prepare<[StoryId, EntryUse], { id: WorldEntryId }>(
    'SELECT entry_id AS id FROM story_entries WHERE story_id = ? AND how = ? ORDER BY entry_id'
  )
  const useEntry = db.prepare<[StoryId, WorldEntryId, EntryUse]>(
    'INSERT OR IGNORE INTO story_entries (story_id, entry_id, how) VALUES (?, ?, ?)'
  )
  const dropEntry = db.prepare<[StoryId, WorldEntryId, EntryUse]>(
    'DELETE FROM story_entries WHERE story_id = ? AND entry_id = ? AND how = ?'
  )
  const differences = db.prepare<[StoryId], Stored>(
    'SELECT entry_id, path, value, base FROM story_differences WHERE story_id = ? ORDER BY rowid'
  )
  const removeDifference = db.prepare<[StoryId, WorldEntryId | null, string]>(
    'DELETE FROM story_differences WHERE story_id = ? AND entry_id IS ? AND path = ?'
  )
  const addDifference = db.prepare<[Stored & { story: StoryId }]>(
    'INSERT INTO story_differences VALUES (@story, @entry_id, @path, @value, @base)'
  )
  const copies = [
    'INSERT INTO story_worlds SELECT ?, world_id, position FROM story_worlds WHERE story_id = ?',
    'INSERT INTO story_entries (story_id, entry_id, how) SELECT ?, entry_id, how FROM story_entries WHERE story_id = ?',
    'INSERT INTO story_differences SELECT ?, entry_id, path, value, base FROM story_differences WHERE story_id = ?',
  ].map((sql) => db.prepare<[StoryId, StoryId]>(sql))
  const noteWoken = db.prepare<[MessageId, WorldEntryId]>('INSERT OR IGNORE INTO woken_lore VALUES (?, ?)')
  const wokenAt = db.prepare<[string], { messageId: MessageId; entryId: WorldEntryId }>(
    `SELECT message_id AS messageId, entry_id AS entryId FROM json_each(?) CROSS JOIN woken_lore
     ON message_id = json_each.value`
  )
  const json = (text: string): JsonValue => JsonValue.parse(JSON.parse(text))
  /** None for a row that cannot be read: there, the story is as its worlds. */
  const fromStored = ({ entry_id: entryId, path, value, base }: Stored): WorldDifferenceRow[] => {
    try {
      return [{ entryId, path, value: json(value), base: json(base) }]
    } catch (cause) {
      noteUnreadable({ text: `${entryId}.${path}: ${value} / ${base}`, cause })
      return []
    }
  }
  return {
    worlds: (id) => worlds.all(id).map((row) => row.id),
    setWorlds: (id, wanted) => {
      clearWorlds.run(id)
      for (const [position, world] of wanted.entries()) addWorld.run(id, world, position)
    },
    titlesWith: (id) => titlesWith.all(id).map((row) => row.title),
    entries: (id, how) => entries.all(id, how).map((row) => row.id),
    useEntry: (id, entry, how) => void useEntry.run(id, entry, how),
    dropEntry: (id, entry, how) => void dropEntry.run(id, entry, how),
    differences: (id) => differences.all(id).flatMap(fromStored),
    putDifference: (id, { entryId, path, value, base }) => {
      removeDifference.run(id, entryId, path)
      addDifference.run({
        story: id,
        entry_id: entryId,
        path,
        value: JSON.stringify(value),
        base: JSON.stringify(base),
      })
    },
    removeDifference: (id, entry, path) => void removeDifference.run(id, entry, path),
    copy: (from, to) => {
      for (const copy of copies) copy.run(to, from)
    },
    noteWoken: (id, woken) => {
      for (const entry of woken) noteWoken.run(id, entry)
    },
    wokenAt: (ids) => wokenAt.all(JSON.stringify(ids)),
  }
}

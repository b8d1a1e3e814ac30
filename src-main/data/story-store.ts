import type { Story, StorySummary } from '@contract/entities/story'
import type { MessageId, PresetId, StoryId } from '@contract/ids'
import type { Language } from '@contract/values'
import type { Db } from './database'
import { createSentWords } from './sent-words'
import { GONE, UNFINISHED } from './gone'

/** A story with what only main needs of it. */
export interface StoryRow extends Story {
  /** The last passage of the path that is shown. */
  headId: MessageId | null
  deleted: boolean
}

export interface StoryStore {
  /** All but deleted ones, the newest change first; with `ids`, only those of them. */
  summaries(ids?: readonly StoryId[]): StorySummary[]
  /** Of all but deleted ones. */
  count(): number
  titles(): string[]
  get(id: StoryId): StoryRow | null
  /** Those based on a preset, without deleted ones. */
  basedOn(preset: PresetId): StoryRow[]
  insert(story: StoryRow): void
  /** Everything but the draft and the head. */
  update(story: StoryRow): void
  saveDraft(id: StoryId, draft: string): void
  setHead(id: StoryId, head: MessageId | null, now: string): void
  setDeleted(id: StoryId, deletedAt: string | null): void
  /** Those that were deleted and can be brought back. */
  deleted(): { id: StoryId; title: string; deletedAt: string }[]
  /** A deleted story can no longer be brought back; it is removed by and by. */
  forget(id: StoryId): void
  /** Stories that were being made when the app ended are removed by and by. */
  forgetUnfinished(): void
  /** Removes a few passages of a story that was deleted before a time, or the empty story; false when none is left. */
  removePartBefore(before: string): boolean
}

interface Stored {
  id: StoryId
  title: string
  language: Language
  preset_id: PresetId
  head_id: MessageId | null
  draft: string
  archived: 0 | 1
  deleted_at: string | null
  created_at: string
  updated_at: string
}

const fromStored = (row: Stored): StoryRow => ({
  id: row.id,
  title: row.title,
  language: row.language,
  presetId: row.preset_id,
  headId: row.head_id,
  draft: row.draft,
  archived: row.archived === 1,
  deleted: row.deleted_at !== null,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export function createStoryStore(db: Db): StoryStore {
  const summaries = db.prepare<
    [{ ids: string | null }],
    {
      id: StoryId
      title: string
      preset: string
      passages: number
      excerpt: string | null
      archived: 0 | 1
      unreadable: 0 | 1
      updated_at: string
    }
  >(
    `SELECT s.id, s.title, p.name AS preset, s.archived, s.updated_at, s.passages,
       EXISTS (SELECT 1 FROM story_overrides o WHERE o.story_id = s.id AND NOT (json_valid(o.value) AND json_valid(o.base)))
       AS unreadable,
       (WITH RECURSIVE path (id, parent_id, deleted) AS (
          SELECT id, parent_id, deleted_at IS NOT NULL FROM messages INDEXED BY messages_tree WHERE id = s.head_id
          UNION ALL
          SELECT m.id, m.parent_id, m.deleted_at IS NOT NULL
          FROM path CROSS JOIN messages m INDEXED BY messages_tree ON m.id = path.parent_id WHERE path.deleted
        ) SELECT substr(m.text, -200) FROM path CROSS JOIN messages m ON m.id = path.id WHERE NOT path.deleted LIMIT 1
       ) AS excerpt
     FROM stories s JOIN presets p ON p.id = s.preset_id
     WHERE s.deleted_at IS NULL AND (@ids IS NULL OR s.id IN (SELECT value FROM json_each(@ids)))
     ORDER BY s.updated_at DESC, s.seq DESC`
  )
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM stories WHERE deleted_at IS NULL')
  const get = db.prepare<[StoryId], Stored>('SELECT * FROM stories WHERE id = ?')
  const basedOn = db.prepare<[PresetId], Stored>(
    'SELECT * FROM stories WHERE preset_id = ? AND deleted_at IS NULL ORDER BY title, id'
  )
  const insert = db.prepare<[Stored]>(
    `INSERT INTO stories (id, title, language, preset_id, head_id, draft, archived, deleted_at, created_at, updated_at)
     VALUES (@id, @title, @language, @preset_id, @head_id, @draft, @archived, @deleted_at, @created_at, @updated_at)`
  )
  const update = db.prepare<[{ id: StoryId; title: string; preset: PresetId; archived: 0 | 1; now: string }]>(
    'UPDATE stories SET title = @title, preset_id = @preset, archived = @archived, updated_at = @now WHERE id = @id'
  )
  const saveDraft = db.prepare<[string, StoryId]>('UPDATE stories SET draft = ? WHERE id = ?')
  const setHead = db.prepare<[MessageId | null, string, StoryId]>(
    'UPDATE stories SET head_id = ?, updated_at = ? WHERE id = ?'
  )
  const setDeleted = db.prepare<[string | null, StoryId]>('UPDATE stories SET deleted_at = ? WHERE id = ?')
  const deleted = db.prepare<[], { id: StoryId; title: string; deletedAt: string }>(
    `SELECT id, title, deleted_at AS deletedAt FROM stories WHERE deleted_at > '${GONE}' AND deleted_at < '${UNFINISHED}'`
  )
  const forget = db.prepare<[StoryId]>(
    `UPDATE stories SET deleted_at = '${GONE}' WHERE id = ? AND deleted_at IS NOT NULL`
  )
  const forgetUnfinished = db.prepare(`UPDATE stories SET deleted_at = '${GONE}' WHERE deleted_at = '${UNFINISHED}'`)
  const deletedBefore = db.prepare<[string], { id: StoryId }>('SELECT id FROM stories WHERE deleted_at < ? LIMIT 1')
  // The newest first: a passage is older than all that come after it.
  const removePart = db.prepare<[StoryId]>(
    `DELETE FROM messages WHERE seq IN (SELECT seq FROM messages WHERE story_id = ? ORDER BY seq DESC LIMIT 4)`
  )
  const sentWords = createSentWords(db)
  const remove = db.prepare<[StoryId]>('DELETE FROM stories WHERE id = ?')
  const titled = db.prepare<[], { id: StoryId; title: string }>(
    'SELECT id, title FROM stories WHERE deleted_at IS NULL ORDER BY updated_at DESC'
  )

  return {
    summaries: (ids) =>
      summaries.all({ ids: ids ? JSON.stringify(ids) : null }).map((row) => ({
        id: row.id,
        title: row.title,
        presetName: row.preset,
        passages: row.passages,
        excerpt: row.excerpt ?? '',
        archived: row.archived === 1,
        ...(row.unreadable === 1 ? { unreadable: ['differences' as const] } : {}),
        updatedAt: row.updated_at,
      })),
    count: () => count.get()?.n ?? 0,
    titles: () => titled.all().map(({ title }) => title),
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    basedOn: (preset) => basedOn.all(preset).map(fromStored),
    insert: (story) =>
      void insert.run({
        id: story.id,
        title: story.title,
        language: story.language,
        preset_id: story.presetId,
        head_id: story.headId,
        draft: story.draft,
        archived: story.archived ? 1 : 0,
        deleted_at: null,
        created_at: story.createdAt,
        updated_at: story.updatedAt,
      }),
    update: (story) =>
      void update.run({
        id: story.id,
        title: story.title,
        preset: story.presetId,
        archived: story.archived ? 1 : 0,
        now: story.updatedAt,
      }),
    saveDraft: (id, draft) => void saveDraft.run(draft, id),
    setHead: (id, head, now) => void setHead.run(head, now, id),
    setDeleted: (id, deletedAt) => void setDeleted.run(deletedAt, id),
    deleted: () => deleted.all(),
    forget: (id) => void forget.run(id),
    forgetUnfinished: () => void forgetUnfinished.run(),
    removePartBefore: (before) => {
      const story = deletedBefore.get(before)
      if (!story) return false
      if (removePart.run(story.id).changes === 0 && !sentWords.removePart(story.id)) remove.run(story.id)
      return true
    },
  }
}

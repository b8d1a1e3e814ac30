import type { EditKind, EditSession, VersionId } from '@contract/entities/edit'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from './database'

/** What a passage said before. `edited`: the writer's words, or a model's with the writer's changes. */
export interface VersionRow {
  id: VersionId
  text: string
  edited: boolean
  writtenAt: string
}

/** Something that was done to a story by hand, and can be undone. */
export interface EditRow {
  seq: number
  messageId: MessageId
  kind: EditKind
  session: EditSession | null
  /** What the passage said before (text). */
  before: VersionId | null
  /** What it said after; known once the edit was undone (text). */
  after: VersionId | null
  /** The passage that was shown before (choose), or is shown instead (delete). */
  otherId: MessageId | null
}

/** Earlier versions of passages, and what was done to each story, for undo and redo. */
export interface EditStore {
  versions(id: MessageId): VersionRow[]
  version(id: VersionId): VersionRow | null
  /** Keeps what a passage says now, before it says something else. */
  keepVersion(id: MessageId, version: Omit<VersionRow, 'id'>): VersionId
  removeVersion(id: VersionId): void
  /** How many earlier versions each of these passages has; those without are left out. */
  countVersions(ids: readonly MessageId[]): ReadonlyMap<MessageId, number>
  /** The edit that would be undone next, or the one that would be done again. */
  next(storyId: StoryId, direction: 'undo' | 'redo'): EditRow | null
  /** Adds what was just done; what was undone before can no longer be done again. */
  add(storyId: StoryId, edit: Omit<EditRow, 'seq' | 'after'>, now: string): void
  setUndone(seq: number, undone: boolean): void
  setAfter(seq: number, version: VersionId): void
  remove(seq: number): void
  /** Forgets that a passage was deleted: it is back. */
  removeDeletion(id: MessageId): void
}

/** Steps that each story remembers, and earlier versions that each passage does; the first version is always kept. */
const STEPS = 500
const VERSIONS = 50

interface StoredVersion {
  seq: VersionId
  text: string
  edited: 0 | 1
  written_at: string
}

interface StoredEdit {
  seq: number
  message_id: MessageId
  kind: EditKind
  session: EditSession | null
  before_version: VersionId | null
  after_version: VersionId | null
  other_id: MessageId | null
}

const versionOf = (row: StoredVersion): VersionRow => ({
  id: row.seq,
  text: row.text,
  edited: row.edited === 1,
  writtenAt: row.written_at,
})

export function createEditStore(db: Db): EditStore {
  const versions = db.prepare<[MessageId], StoredVersion>(
    'SELECT * FROM message_versions WHERE message_id = ? ORDER BY seq DESC'
  )
  const version = db.prepare<[VersionId], StoredVersion>('SELECT * FROM message_versions WHERE seq = ?')
  const keep = db.prepare<[MessageId, string, 0 | 1, string], { seq: VersionId }>(
    'INSERT INTO message_versions (message_id, text, edited, written_at) VALUES (?, ?, ?, ?) RETURNING seq'
  )
  const prune = db.prepare<[{ id: MessageId; most: number }]>(
    `DELETE FROM message_versions WHERE message_id = @id
       AND seq <> (SELECT min(seq) FROM message_versions WHERE message_id = @id)
       AND seq NOT IN (SELECT seq FROM message_versions WHERE message_id = @id ORDER BY seq DESC LIMIT @most)`
  )
  const removeVersion = db.prepare<[VersionId]>('DELETE FROM message_versions WHERE seq = ?')
  const counts = db.prepare<[string], { message_id: MessageId; n: number }>(
    `SELECT message_id, count(*) AS n FROM message_versions
     WHERE message_id IN (SELECT value FROM json_each(?)) GROUP BY message_id`
  )
  const lastDone = db.prepare<[StoryId], StoredEdit>(
    'SELECT * FROM story_edits WHERE story_id = ? AND undone = 0 ORDER BY seq DESC LIMIT 1'
  )
  const firstUndone = db.prepare<[StoryId], StoredEdit>(
    'SELECT * FROM story_edits WHERE story_id = ? AND undone = 1 ORDER BY seq LIMIT 1'
  )
  const forgetUndone = db.prepare<[StoryId]>('DELETE FROM story_edits WHERE story_id = ? AND undone = 1')
  const forgetOldest = db.prepare<[StoryId, number]>(
    `DELETE FROM story_edits WHERE seq = (
       SELECT seq FROM story_edits WHERE story_id = ? AND undone = 0 ORDER BY seq DESC LIMIT 1 OFFSET ?)`
  )
  const add = db.prepare<
    [{ storyId: StoryId; now: string } & Pick<EditRow, 'messageId' | 'kind' | 'session' | 'before' | 'otherId'>]
  >(
    `INSERT INTO story_edits (story_id, message_id, kind, session, before_version, other_id, done_at)
     VALUES (@storyId, @messageId, @kind, @session, @before, @otherId, @now)`
  )
  const setUndone = db.prepare<[0 | 1, number]>('UPDATE story_edits SET undone = ? WHERE seq = ?')
  const setAfter = db.prepare<[VersionId, number]>('UPDATE story_edits SET after_version = ? WHERE seq = ?')
  const remove = db.prepare<[number]>('DELETE FROM story_edits WHERE seq = ?')
  const removeDeletion = db.prepare<[MessageId]>(
    "DELETE FROM story_edits WHERE message_id = ? AND kind = 'delete' AND undone = 0"
  )

  return {
    versions: (id) => versions.all(id).map(versionOf),
    version: (id) => {
      const row = version.get(id)
      return row ? versionOf(row) : null
    },
    keepVersion: (id, { text, edited, writtenAt }) => {
      const row = keep.get(id, text, edited ? 1 : 0, writtenAt)
      if (!row) throw new Error('An inserted row has a number')
      prune.run({ id, most: VERSIONS - 1 })
      return row.seq
    },
    removeVersion: (id) => void removeVersion.run(id),
    countVersions: (ids) => new Map(counts.all(JSON.stringify(ids)).map((row) => [row.message_id, row.n])),
    next: (storyId, direction) => {
      const row = (direction === 'undo' ? lastDone : firstUndone).get(storyId)
      if (!row) return null
      return {
        seq: row.seq,
        messageId: row.message_id,
        kind: row.kind,
        session: row.session,
        before: row.before_version,
        after: row.after_version,
        otherId: row.other_id,
      }
    },
    add: (storyId, edit, now) => {
      const { messageId, kind, session, before, otherId } = edit
      forgetUndone.run(storyId)
      add.run({ storyId, messageId, kind, session, before, otherId, now })
      forgetOldest.run(storyId, STEPS)
    },
    setUndone: (seq, undone) => void setUndone.run(undone ? 1 : 0, seq),
    setAfter: (seq, id) => void setAfter.run(id, seq),
    remove: (seq) => void remove.run(seq),
    removeDeletion: (id) => void removeDeletion.run(id),
  }
}

import type { JobState } from '@contract/entities/job'
import type { ErrorShape } from '@contract/errors'
import type { JobId, ServerId } from '@contract/ids'
import type { Db } from './database'
import { errorColumn } from './stored-error'

/** A job as it is kept. `input` and `progress` are JSON columns whose shapes belong to its kind. */
export interface JobRow {
  id: JobId
  kind: string
  /** Of jobs with the same key, one runs at a time. */
  key: string
  /** What it is about: one job of a kind for each. */
  subject: string
  state: JobState
  input: string
  progress: string
  error: ErrorShape | null
  /** The server that it is for; it goes with it. */
  serverId: ServerId | null
  createdAt: string
  updatedAt: string
}

export interface JobStore {
  /** Newest first. */
  list(): JobRow[]
  /** Newest first; with `ids`, those of them alone. */
  ofKind(kind: string, ids?: readonly JobId[]): JobRow[]
  /** Those that go with a server. */
  idsOfServer(id: ServerId): JobId[]
  get(id: JobId): JobRow | null
  find(kind: string, subject: string): JobRow | null
  /** The oldest one that waits. */
  nextWaiting(key: string): JobRow | null
  insert(row: JobRow): void
  /** All but what it is and where it belongs. One that is gone stays gone. */
  update(row: JobRow): void
  remove(id: JobId): void
  /** Deletes those that came to this end before then, an ISO time. */
  removeEnded(state: 'done' | 'stopped' | 'failed', before: string): void
}

interface Stored {
  id: JobId
  kind: string
  key: string
  subject: string
  state: JobState
  input: string
  progress: string
  error: string | null
  server_id: ServerId | null
  created_at: string
  updated_at: string
}

const fromStored = ({ server_id, created_at, updated_at, error, ...row }: Stored): JobRow => ({
  ...row,
  error: error === null ? null : errorColumn.decode(error),
  serverId: server_id,
  createdAt: created_at,
  updatedAt: updated_at,
})

const toStored = ({ serverId, createdAt, updatedAt, error, ...row }: JobRow): Stored => ({
  ...row,
  error: error && errorColumn.encode(error),
  server_id: serverId,
  created_at: createdAt,
  updated_at: updatedAt,
})

export function createJobStore(db: Db): JobStore {
  const list = db.prepare<[], Stored>('SELECT * FROM jobs ORDER BY created_at DESC, id DESC')
  const ofKind = db.prepare<[{ kind: string; ids: string | null }], Stored>(
    `SELECT * FROM jobs WHERE kind = @kind AND (@ids IS NULL OR id IN (SELECT value FROM json_each(@ids)))
     ORDER BY created_at DESC, id DESC`
  )
  const ofServer = db.prepare<[ServerId], { id: JobId }>('SELECT id FROM jobs WHERE server_id = ?')
  const get = db.prepare<[JobId], Stored>('SELECT * FROM jobs WHERE id = ?')
  const find = db.prepare<[string, string], Stored>('SELECT * FROM jobs WHERE kind = ? AND subject = ?')
  const next = db.prepare<[string], Stored>(
    "SELECT * FROM jobs WHERE key = ? AND state = 'waiting' ORDER BY created_at, id LIMIT 1"
  )
  const insert = db.prepare<[Stored]>(
    `INSERT INTO jobs (id, kind, key, subject, state, input, progress, error, server_id, created_at, updated_at)
     VALUES (@id, @kind, @key, @subject, @state, @input, @progress, @error, @server_id, @created_at, @updated_at)`
  )
  const update = db.prepare<[Stored]>(
    `UPDATE jobs SET state = @state, input = @input, progress = @progress, error = @error, created_at = @created_at,
       updated_at = @updated_at WHERE id = @id`
  )
  const remove = db.prepare<[JobId]>('DELETE FROM jobs WHERE id = ?')
  const removeEnded = db.prepare<[string, string]>('DELETE FROM jobs WHERE state = ? AND updated_at < ?')
  const one = (row: Stored | undefined) => (row ? fromStored(row) : null)
  return {
    list: () => list.all().map(fromStored),
    ofKind: (kind, ids) => ofKind.all({ kind, ids: ids ? JSON.stringify(ids) : null }).map(fromStored),
    idsOfServer: (id) => ofServer.all(id).map((row) => row.id),
    get: (id) => one(get.get(id)),
    find: (kind, subject) => one(find.get(kind, subject)),
    nextWaiting: (key) => one(next.get(key)),
    insert: (row) => void insert.run(toStored(row)),
    update: (row) => void update.run(toStored(row)),
    remove: (id) => void remove.run(id),
    removeEnded: (state, before) => void removeEnded.run(state, before),
  }
}

import { z } from 'zod'
import { PullLayer, type Pull } from '@contract/entities/server'
import { ErrorShape } from '@contract/errors'
import type { PullId, ServerId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn } from './json-column'

/** Models on their way to servers, kept so that a restart does not lose them. */
export interface PullStore {
  /** Newest first. */
  list(): Pull[]
  get(id: PullId): Pull | null
  find(serverId: ServerId, model: string): Pull | null
  insert(pull: Pull): void
  update(pull: Pull): void
  remove(id: PullId): void
}

interface Stored {
  id: PullId
  server_id: ServerId
  model: string
  state: Pull['state']
  status: string
  layers: string
  error: string | null
  created_at: string
  updated_at: string
}

const layersColumn = jsonColumn(z.array(PullLayer))
const errorColumn = jsonColumn(ErrorShape)

const fromStored = (row: Stored): Pull => ({
  id: row.id,
  serverId: row.server_id,
  model: row.model,
  state: row.state,
  status: row.status,
  layers: layersColumn.decode(row.layers),
  error: row.error === null ? null : errorColumn.decode(row.error),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const toStored = (pull: Pull): Stored => ({
  id: pull.id,
  server_id: pull.serverId,
  model: pull.model,
  state: pull.state,
  status: pull.status,
  layers: layersColumn.encode(pull.layers),
  error: pull.error && errorColumn.encode(pull.error),
  created_at: pull.createdAt,
  updated_at: pull.updatedAt,
})

export function createPullStore(db: Db): PullStore {
  const list = db.prepare<[], Stored>('SELECT * FROM pulls ORDER BY created_at DESC, id DESC')
  const get = db.prepare<[PullId], Stored>('SELECT * FROM pulls WHERE id = ?')
  const find = db.prepare<[ServerId, string], Stored>('SELECT * FROM pulls WHERE server_id = ? AND model = ?')
  const insert = db.prepare<[Stored]>(
    `INSERT INTO pulls VALUES (@id, @server_id, @model, @state, @status, @layers, @error, @created_at, @updated_at)`
  )
  const update = db.prepare<[Stored]>(
    `UPDATE pulls SET state = @state, status = @status, layers = @layers, error = @error, created_at = @created_at,
       updated_at = @updated_at WHERE id = @id`
  )
  const remove = db.prepare<[PullId]>('DELETE FROM pulls WHERE id = ?')
  const one = (row: Stored | undefined) => (row ? fromStored(row) : null)
  return {
    list: () => list.all().map(fromStored),
    get: (id) => one(get.get(id)),
    find: (serverId, model) => one(find.get(serverId, model)),
    insert: (pull) => void insert.run(toStored(pull)),
    update: (pull) => void update.run(toStored(pull)),
    remove: (id) => void remove.run(id),
  }
}

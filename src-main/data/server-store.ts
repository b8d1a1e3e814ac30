import type { ServerId } from '@contract/ids'
import type { Db } from './database'

export interface ServerRow {
  id: ServerId
  name: string
  url: string
  is_default: 0 | 1
  available: 0 | 1 | null
  version: string | null
  last_checked: string | null
  created_at: string
}

export interface ServerStore {
  /** The default one first, then as they were added. */
  list(): ServerRow[]
  get(id: ServerId): ServerRow | null
  insert(row: ServerRow): void
  update(row: ServerRow): void
  remove(id: ServerId): void
}

export function createServerStore(db: Db): ServerStore {
  const list = db.prepare<[], ServerRow>('SELECT * FROM servers ORDER BY is_default DESC, created_at, id')
  const get = db.prepare<[ServerId], ServerRow>('SELECT * FROM servers WHERE id = ?')
  const insert = db.prepare<[ServerRow]>(
    `INSERT INTO servers VALUES (@id, @name, @url, @is_default, @available, @version, @last_checked, @created_at)`
  )
  const update = db.prepare<[ServerRow]>(
    `UPDATE servers SET name = @name, url = @url, is_default = @is_default, available = @available,
       version = @version, last_checked = @last_checked WHERE id = @id`
  )
  const remove = db.prepare<[ServerId]>('DELETE FROM servers WHERE id = ?')
  return {
    list: () => list.all(),
    get: (id) => get.get(id) ?? null,
    insert: (row) => void insert.run(row),
    update: (row) => void update.run(row),
    remove: (id) => void remove.run(id),
  }
}

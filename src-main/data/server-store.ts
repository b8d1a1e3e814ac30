import { ServerAuth } from '@contract/entities/server'
import type { StoredPart } from '@contract/entities/unreadable'
import type { ErrorShape } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { Db } from './database'
import { readAnew, type Remember } from './remembered-reads'
import { jsonColumn, rowReader } from './json-column'
import { errorColumn } from './stored-error'

/** A server as it is kept. Its secret is sealed by the vault `vault_id`, for the address `secret_url`. */
export interface ServerRow {
  id: ServerId
  name: string
  url: string
  auth: ServerAuth
  vault_id: string | null
  sealed: Buffer | null
  secret_url: string | null
  active: boolean
  is_default: boolean
  /** 0 comes first. */
  priority: number
  max_concurrent: number | null
  available: boolean | null
  problem: ErrorShape | null
  version: string | null
  last_checked: string | null
  created_at: string
  unreadable?: StoredPart[]
}

export interface ServerStore {
  /** By priority, then as they were added. */
  list(): readonly ServerRow[]
  get(id: ServerId): ServerRow | null
  insert(row: ServerRow): void
  update(row: ServerRow): void
  /** Makes one server the default, and no other. */
  setDefault(id: ServerId): void
  remove(id: ServerId): void
}

type Flag = 0 | 1

interface Stored extends Omit<ServerRow, 'unreadable' | 'auth' | 'active' | 'is_default' | 'available' | 'problem'> {
  auth: string
  active: Flag
  is_default: Flag
  available: Flag | null
  problem: string | null
}

const authColumn = jsonColumn(ServerAuth, { otherwise: { type: 'none' } })
const flag = (value: boolean): Flag => (value ? 1 : 0)

function fromStored(row: Stored): ServerRow {
  const reader = rowReader()
  return {
    ...row,
    auth: reader.read('auth', authColumn, row.auth),
    active: row.active === 1,
    is_default: row.is_default === 1,
    available: row.available === null ? null : row.available === 1,
    problem: row.problem === null ? null : errorColumn.decode(row.problem),
    ...reader.note(),
  }
}

const toStored = ({ unreadable: _note, ...row }: ServerRow, before?: Stored): Stored => ({
  ...row,
  auth: authColumn.encodeOver(row.auth, before?.auth),
  active: flag(row.active),
  is_default: flag(row.is_default),
  available: row.available === null ? null : flag(row.available),
  problem: row.problem && errorColumn.encode(row.problem),
})

const columns = [
  'id',
  'name',
  'url',
  'auth',
  'vault_id',
  'sealed',
  'secret_url',
  'active',
  'is_default',
  'priority',
  'max_concurrent',
  'available',
  'problem',
  'version',
  'last_checked',
  'created_at',
] as const satisfies readonly (keyof ServerRow)[]

export function createServerStore(db: Db, remember: Remember = readAnew): ServerStore {
  const list = db.prepare<[], Stored>(`SELECT ${columns.join()} FROM servers ORDER BY priority, created_at, id`)
  const get = db.prepare<[ServerId], Stored>(`SELECT ${columns.join()} FROM servers WHERE id = ?`)
  const insert = db.prepare<[Stored]>(
    `INSERT INTO servers (${columns.join()}) VALUES (${columns.map((name) => `@${name}`).join()})`
  )
  const update = db.prepare<[Stored]>(
    `UPDATE servers SET ${columns.map((name) => `${name} = @${name}`).join()} WHERE id = @id`
  )
  const clearDefault = db.prepare('UPDATE servers SET is_default = 0 WHERE is_default = 1')
  const makeDefault = db.prepare<[ServerId]>('UPDATE servers SET is_default = 1 WHERE id = ?')
  const remove = db.prepare<[ServerId]>('DELETE FROM servers WHERE id = ?')
  return {
    list: remember('servers', (): readonly ServerRow[] => list.all().map(fromStored)),
    get: remember('servers', (id: ServerId) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    }),
    insert: (row) => void insert.run(toStored(row)),
    update: (row) => void update.run(toStored(row, get.get(row.id))),
    setDefault: (id) =>
      db.transaction(() => {
        clearDefault.run()
        makeDefault.run(id)
      })(),
    remove: (id) => void remove.run(id),
  }
}

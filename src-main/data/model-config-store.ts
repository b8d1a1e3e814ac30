import { ModelSettings, type ModelConfig } from '@contract/entities/model-config'
import type { ModelKind } from '@contract/entities/model'
import type { ModelConfigId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'

export interface ModelConfigStore {
  /** By name; with `ids`, those alone. */
  list(ids?: readonly ModelConfigId[]): ModelConfig[]
  names(): { id: ModelConfigId; name: string }[]
  get(id: ModelConfigId): ModelConfig | null
  insert(config: ModelConfig): void
  update(config: ModelConfig): void
  remove(id: ModelConfigId): void
}

interface Stored {
  id: ModelConfigId
  name: string
  kind: ModelKind
  settings: string
  created_at: string
  updated_at: string
}

export const settingsColumn = jsonColumn(ModelSettings, { otherwise: {} })

function fromStored(row: Stored): ModelConfig {
  const reader = rowReader()
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    settings: reader.read('settings', settingsColumn, row.settings),
    ...reader.note(),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const toStored = (config: ModelConfig, before?: Stored): Stored => ({
  id: config.id,
  name: config.name,
  kind: config.kind,
  settings: settingsColumn.encodeOver(config.settings, before?.settings),
  created_at: config.createdAt,
  updated_at: config.updatedAt,
})

export function createModelConfigStore(db: Db): ModelConfigStore {
  const list = db.prepare<[{ ids: string | null }], Stored>(
    `SELECT * FROM model_configs WHERE @ids IS NULL OR id IN (SELECT value FROM json_each(@ids))
     ORDER BY name COLLATE NOCASE`
  )
  const names = db.prepare<[], { id: ModelConfigId; name: string }>('SELECT id, name FROM model_configs')
  const get = db.prepare<[ModelConfigId], Stored>('SELECT * FROM model_configs WHERE id = ?')
  const insert = db.prepare<[Stored]>(
    'INSERT INTO model_configs VALUES (@id, @name, @kind, @settings, @created_at, @updated_at)'
  )
  const update = db.prepare<[Stored]>(
    'UPDATE model_configs SET name = @name, kind = @kind, settings = @settings, updated_at = @updated_at WHERE id = @id'
  )
  const remove = db.prepare<[ModelConfigId]>('DELETE FROM model_configs WHERE id = ?')
  return {
    list: (ids) => list.all({ ids: ids ? JSON.stringify(ids) : null }).map(fromStored),
    names: () => names.all(),
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    insert: (config) => void insert.run(toStored(config)),
    update: (config) => void update.run(toStored(config, get.get(config.id))),
    remove: (id) => void remove.run(id),
  }
}

import {
  defaultFallback,
  FallbackPolicy,
  roleEntries,
  RolePrompt,
  type Preset,
  type PresetRole,
  type PresetSummary,
} from '@contract/entities/preset'
import type { StoredPart } from '@contract/entities/unreadable'
import { nameKey } from '@contract/names'
import type { ModelConfigId, PresetId, RoleId, StoryId } from '@contract/ids'
import type { Db } from './database'
import { jsonColumn, rowReader, type RowReader } from './json-column'
import { knownRows } from './known-rows'
import { settingsColumn } from './model-config-store'

export interface PresetStore {
  /** By name, the default before all; with `ids`, those alone. */
  summaries(ids?: readonly PresetId[]): PresetSummary[]
  ids(): PresetId[]
  get(id: PresetId): Preset | null
  /** Which model configs each preset names, in a role or a chain of backup models; by the preset's name. */
  modelConfigs(): { id: PresetId; name: string; configs: ModelConfigId[] }[]
  defaultId(): PresetId | null
  /** Whether a preset other than `except` has the name (contract `nameKey`). */
  hasName(name: string, except?: PresetId): boolean
  insert(preset: Preset): void
  /** Everything but the roles. */
  update(preset: Preset): void
  setRole(id: PresetId, role: RoleId, value: PresetRole): void
  setDefault(id: PresetId): void
  remove(id: PresetId): void
  /** The stories that are based on a preset, deleted ones too. */
  storiesOf(id: PresetId): { id: StoryId; title: string; deleted: boolean }[]
  /** Bases all stories of one preset on another. */
  moveStories(from: PresetId, to: PresetId): void
}

interface Stored {
  id: PresetId
  name: string
  description: string
  is_default: 0 | 1
  fallback: string
  created_at: string
  updated_at: string
}

interface StoredRole {
  role: RoleId
  enabled: 0 | 1
  model_config_id: ModelConfigId | null
  settings: string
  prompt: string | null
}

/** One that cannot be read is as none: the role has its built-in prompt. */
const promptColumn = jsonColumn(RolePrompt, { otherwise: null })

export const fallbackColumn = jsonColumn(FallbackPolicy, { otherwise: defaultFallback })

/** The roles of more presets than anybody makes. */
const MOST_KNOWN = 4000

function readRole(reader: RowReader, row: StoredRole): PresetRole {
  const prompt = row.prompt === null ? null : reader.read('prompts', promptColumn, row.prompt)
  return {
    enabled: row.enabled === 1,
    modelConfigId: row.model_config_id,
    settings: reader.read('settings', settingsColumn, row.settings),
    ...(prompt ? { prompt } : {}),
  }
}

export function createPresetStore(db: Db): PresetStore {
  const summaries = db.prepare<
    [{ ids: string | null }],
    {
      id: PresetId
      name: string
      description: string
      is_default: 0 | 1
      roles_on: number
      stories: number
      updated_at: string
    }
  >(
    `SELECT id, name, description, is_default, updated_at,
       (SELECT count(*) FROM preset_roles WHERE preset_id = presets.id AND enabled = 1) AS roles_on,
       (SELECT count(*) FROM stories WHERE preset_id = presets.id AND deleted_at IS NULL) AS stories
     FROM presets WHERE @ids IS NULL OR id IN (SELECT value FROM json_each(@ids)) ORDER BY is_default DESC, name COLLATE NOCASE`
  )
  const ids = db.prepare<[], { id: PresetId }>('SELECT id FROM presets ORDER BY updated_at DESC, id DESC')
  const get = db.prepare<[PresetId], Stored>('SELECT * FROM presets WHERE id = ?')
  const roles = db.prepare<[PresetId], StoredRole>('SELECT * FROM preset_roles WHERE preset_id = ?')
  const storedRole = db.prepare<[PresetId, RoleId], StoredRole>(
    'SELECT * FROM preset_roles WHERE preset_id = ? AND role = ?'
  )
  const chained = db.prepare<[{ ids: string | null }], Pick<Stored, 'id' | 'name' | 'fallback'>>(
    `SELECT id, name, fallback FROM presets WHERE @ids IS NULL OR id IN (SELECT value FROM json_each(@ids))
     ORDER BY name COLLATE NOCASE, id`
  )
  const allRoles = db.prepare<[{ ids: string | null }], StoredRole & { id: string; preset_id: PresetId }>(
    `SELECT preset_id || '/' || role AS id, * FROM preset_roles
     WHERE @ids IS NULL OR preset_id IN (SELECT value FROM json_each(@ids))`
  )
  const placedConfigs = db.prepare<[], { preset_id: PresetId; model_config_id: ModelConfigId }>(
    'SELECT preset_id, model_config_id FROM preset_roles WHERE model_config_id IS NOT NULL ORDER BY role'
  )
  const defaultId = db.prepare<[], { id: PresetId }>('SELECT id FROM presets WHERE is_default = 1')
  const names = db.prepare<[], { id: PresetId; name: string }>('SELECT id, name FROM presets')
  const insert = db.prepare<[Stored]>(
    'INSERT INTO presets VALUES (@id, @name, @description, @is_default, @fallback, @created_at, @updated_at)'
  )
  const update = db.prepare<[Stored]>(
    `UPDATE presets SET name = @name, description = @description, fallback = @fallback, updated_at = @updated_at
     WHERE id = @id`
  )
  const setRole = db.prepare<[StoredRole & { preset: PresetId }]>(
    `INSERT OR REPLACE INTO preset_roles (preset_id, role, enabled, model_config_id, settings, prompt)
     VALUES (@preset, @role, @enabled, @model_config_id, @settings, @prompt)`
  )
  const clearDefault = db.prepare('UPDATE presets SET is_default = 0 WHERE is_default = 1')
  const makeDefault = db.prepare<[PresetId]>('UPDATE presets SET is_default = 1 WHERE id = ?')
  const remove = db.prepare<[PresetId]>('DELETE FROM presets WHERE id = ?')
  const storiesOf = db.prepare<[PresetId], { id: StoryId; title: string; deleted_at: string | null }>(
    'SELECT id, title, deleted_at FROM stories WHERE preset_id = ? ORDER BY updated_at DESC'
  )

  const moveStories = db.prepare<[PresetId, PresetId]>('UPDATE stories SET preset_id = ? WHERE preset_id = ?')

  const readChains = knownRows((row: Pick<Stored, 'id' | 'name' | 'fallback'>) => {
    const reader = rowReader()
    const { chains } = reader.read('fallback', fallbackColumn, row.fallback)
    return { configs: Object.values(chains).flat(), unreadable: reader.note().unreadable ?? [] }
  }, MOST_KNOWN)
  const unreadableInRole = knownRows((row: StoredRole & { id: string }) => {
    const reader = rowReader()
    readRole(reader, row)
    return reader.note().unreadable ?? []
  }, MOST_KNOWN)
  const toStored = (preset: Preset, before?: Stored): Stored => ({
    id: preset.id,
    name: preset.name,
    description: preset.description,
    is_default: preset.isDefault ? 1 : 0,
    fallback: fallbackColumn.encodeOver(preset.fallback, before?.fallback),
    created_at: preset.createdAt,
    updated_at: preset.updatedAt,
  })
  const writeRole = (preset: PresetId, role: RoleId, value: PresetRole) => {
    const before = storedRole.get(preset, role)
    setRole.run({
      preset,
      role,
      enabled: value.enabled ? 1 : 0,
      model_config_id: value.modelConfigId,
      settings: settingsColumn.encodeOver(value.settings, before?.settings),
      prompt: promptColumn.encodeOver(value.prompt ?? null, before?.prompt),
    })
  }

  return {
    summaries: (ids) => {
      const chosen = { ids: ids ? JSON.stringify(ids) : null }
      const unreadable = new Map<string, Set<StoredPart>>()
      const note = (id: PresetId, parts: readonly StoredPart[]) => {
        if (parts.length > 0) unreadable.set(id, new Set([...(unreadable.get(id) ?? []), ...parts]))
      }
      for (const role of allRoles.all(chosen)) note(role.preset_id, unreadableInRole(role))
      for (const row of chained.all(chosen)) note(row.id, readChains(row).unreadable)
      return summaries.all(chosen).map((row) => ({
        id: row.id,
        name: row.name,
        description: row.description,
        isDefault: row.is_default === 1,
        rolesOn: row.roles_on,
        stories: row.stories,
        ...(unreadable.has(row.id) ? { unreadable: [...(unreadable.get(row.id) ?? [])] } : {}),
        updatedAt: row.updated_at,
      }))
    },
    ids: () => ids.all().map(({ id }) => id),
    get: (id) => {
      const row = get.get(id)
      if (!row) return null
      const reader = rowReader()
      const placed: Preset['roles'] = {}
      for (const role of roles.all(id)) placed[role.role] = readRole(reader, role)
      return {
        id: row.id,
        name: row.name,
        description: row.description,
        isDefault: row.is_default === 1,
        roles: placed,
        fallback: reader.read('fallback', fallbackColumn, row.fallback),
        ...reader.note(),
        createdAt: row.created_at,
        updatedAt: row.updated_at,
      }
    },
    modelConfigs: () => {
      const placed = new Map<PresetId, ModelConfigId[]>()
      for (const { preset_id, model_config_id } of placedConfigs.all())
        placed.set(preset_id, [...(placed.get(preset_id) ?? []), model_config_id])
      return chained.all({ ids: null }).map((row) => ({
        id: row.id,
        name: row.name,
        configs: [...new Set([...(placed.get(row.id) ?? []), ...readChains(row).configs])],
      }))
    },
    defaultId: () => defaultId.get()?.id ?? null,
    hasName: (name, except) => names.all().some((one) => one.id !== except && nameKey(one.name) === nameKey(name)),
    insert: (preset) =>
      db.transaction(() => {
        insert.run(toStored(preset))
        for (const { role, value } of roleEntries(preset.roles)) writeRole(preset.id, role, value)
      })(),
    update: (preset) => void update.run(toStored(preset, get.get(preset.id))),
    setRole: writeRole,
    setDefault: (id) =>
      db.transaction(() => {
        clearDefault.run()
        makeDefault.run(id)
      })(),
    remove: (id) => void remove.run(id),
    storiesOf: (id) =>
      storiesOf.all(id).map((row) => ({ id: row.id, title: row.title, deleted: row.deleted_at !== null })),
    moveStories: (from, to) => void moveStories.run(to, from),
  }
}

import { expect, it } from 'vitest'
import { PresetId } from '@contract/ids'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createPresetStore } from '@main/data/preset-store'
import { newId } from '@main/platform/ids'
import { databaseBefore } from '@test/helpers/database-before'

const NOW = '2026-01-02T03:04:05.000Z'

it('gives the roles of presets of the version before a place for a prompt, and takes nothing', () => {
  const db = databaseBefore('preset_roles ADD COLUMN prompt')
  const id = newId(PresetId)
  db.prepare('INSERT INTO presets VALUES (?, ?, ?, 1, ?, ?, ?)').run(id, 'P', '', '{}', NOW, NOW)
  const settings = '{"version":1,"value":{"retries":3}}'
  db.prepare('INSERT INTO preset_roles VALUES (?, ?, 1, NULL, ?)').run(id, 'main', settings)

  migrate(db, () => null, migrations)
  const store = createPresetStore(db)
  const [[role, value] = []] = Object.entries(store.get(id)?.roles ?? {})
  expect([role, value]).toEqual(['main', { enabled: true, modelConfigId: null, settings: { retries: 3 } }])
})

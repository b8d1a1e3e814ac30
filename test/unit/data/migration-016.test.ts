import { expect, it } from 'vitest'
import { openDatabase } from '@main/data/database'
import { createBinStore } from '@main/data/bin-store'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createWorldStore } from '@main/data/world-store'

const NOW = '2026-01-02T03:04:05.000Z'

it('keeps what is in the bin of the version before, and lets worlds into it', () => {
  const db = openDatabase(':memory:')
  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 15)
  )
  const rows = '{"version":1,"value":[{"table":"presets","columns":{"id":"p","name":"Готика"}}]}'
  db.prepare('INSERT INTO bin VALUES (?, ?, ?, ?, ?)').run('p', 'preset', 'Готика', rows, NOW)

  migrate(db, () => null, migrations)
  const bin = createBinStore(db)
  expect(bin.list()).toEqual([{ id: 'p', kind: 'preset', name: 'Готика', deletedAt: NOW }])
  expect(bin.contents('p')).toEqual([{ table: 'presets', columns: { id: 'p', name: 'Готика' } }])
  expect(createWorldStore(db).summaries()).toEqual([])
  db.prepare('INSERT INTO bin VALUES (?, ?, ?, ?, ?)').run('w', 'world', 'Мир', rows, NOW)
  expect(bin.list().map(({ kind }) => kind)).toEqual(['preset', 'world'])
  db.close()
})

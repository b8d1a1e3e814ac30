import { expect, it } from 'vitest'
import { ProviderId, ServerId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createServerStore } from '@main/data/server-store'
import { newId } from '@main/platform/ids'

const NOW = '2026-01-02T03:04:05.000Z'

it('servers of the version before keep their place, their models and their default', () => {
  const db = openDatabase(':memory:')
  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 2)
  )
  const [later, usual, earlier] = [newId(ServerId), newId(ServerId), newId(ServerId)]
  const insert = db.prepare(
    `INSERT INTO servers (id, name, url, is_default, available, version, last_checked, created_at)
     VALUES (?, ?, ?, ?, 1, '0.12.0', '${NOW}', ?)`
  )
  insert.run(later, 'Later', 'http://127.0.0.1:3', 0, '2026-01-03T00:00:00.000Z')
  insert.run(usual, 'Usual', 'http://127.0.0.1:1', 1, '2026-01-02T00:00:00.000Z')
  insert.run(earlier, 'Earlier', 'http://127.0.0.1:2', 0, '2026-01-01T00:00:00.000Z')
  const provider = newId(ProviderId)
  db.prepare(
    `INSERT INTO providers (id, slug, built_in, headers, extra_body, created_at, updated_at)
     VALUES (?, 'ollama', 1, '{"version":1,"value":{}}', '{"version":1,"value":{}}', '${NOW}', '${NOW}')`
  ).run(provider)
  db.prepare(
    `INSERT INTO models (id, provider_id, server_id, model, facts, available, first_seen, last_seen)
     VALUES ('ollama/x/m', ?, ?, 'm', '{}', 1, '${NOW}', '${NOW}')`
  ).run(provider, usual)

  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 3)
  )
  const rows = createServerStore(db).list()
  expect(rows.map(({ name, priority, is_default }) => [name, priority, is_default])).toEqual([
    ['Usual', 0, true],
    ['Earlier', 1, false],
    ['Later', 2, false],
  ])
  expect(rows[0]).toMatchObject({
    auth: { type: 'none' },
    active: true,
    max_concurrent: null,
    problem: null,
    sealed: null,
    available: true,
    version: '0.12.0',
  })
  expect(db.prepare('SELECT server_id FROM models').all()).toEqual([{ server_id: usual }])
  db.close()
})

it('pulls go with their server, and one model is on its way to a server only once', () => {
  const db = openDatabase(':memory:')
  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 3)
  )
  const id = newId(ServerId)
  db.prepare(
    `INSERT INTO servers (id, name, url, is_default, created_at) VALUES (?, 'A', 'http://127.0.0.1:1', 1, '${NOW}')`
  ).run(id)
  const insert = db.prepare(
    `INSERT INTO pulls VALUES (?, ?, 'm', 'waiting', '', '{"version":1,"value":[]}', NULL, '${NOW}', '${NOW}')`
  )
  insert.run('1', id)
  expect(() => insert.run('2', id)).toThrow(/UNIQUE/)
  createServerStore(db).remove(id)
  expect(db.prepare('SELECT count(*) AS n FROM pulls').get()).toEqual({ n: 0 })
  db.close()
})

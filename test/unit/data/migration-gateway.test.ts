import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { databaseBefore } from '@test/helpers/database-before'

it('calls of the gateway from before it had keys stay in the ledger', () => {
  const db = databaseBefore('CREATE TABLE gateway (')
  db.exec(`INSERT INTO calls (id, started_at, kind, subject, provider, model, attempt, outcome, total_ms, simulated)
    VALUES ('call', '2026-01-01T00:00:00.000Z', 'gateway', 'My editor', 'Demo', 'novelist', 1, 'complete', 10, 0)`)
  migrate(db, () => null)
  expect(db.prepare('SELECT subject, gateway_key_id FROM calls').all()).toEqual([
    { subject: 'My editor', gateway_key_id: null },
  ])
  const insert = db.prepare(
    "INSERT INTO gateway_keys (id, name, hash, last4, created_at) VALUES (?, ?, ?, '1234', 'now')"
  )
  insert.run('one', 'My editor', Buffer.alloc(32, 1))
  expect(() => insert.run('two', 'my EDITOR', Buffer.alloc(32, 2))).toThrow(/UNIQUE/)
  expect(() => insert.run('two', 'Another', Buffer.alloc(31, 2))).toThrow(/CHECK/)
})

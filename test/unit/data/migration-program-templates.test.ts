import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { databaseBefore } from '@test/helpers/database-before'

it('what templates were used for before programs were told apart is the user’s own', () => {
  const db = databaseBefore('ALTER TABLE generations ADD COLUMN gateway_key_id')
  db.exec(`
    INSERT INTO batches (id, template_id, template_name, version, language, concurrency, total, created_at)
    VALUES ('batch', 'template', 'Names', 0, 'en', 4, 1, 'now');
    INSERT INTO calls (id, started_at, kind, subject, gateway_key_id, provider, model, attempt, outcome, total_ms, simulated)
    VALUES ('call', 'now', 'gateway', 'My editor', 'key', 'Demo', 'novelist', 1, 'complete', 10, 0)`)
  migrate(db, () => null)
  expect(db.prepare('SELECT gateway_key_id AS id, gateway_key_name AS name FROM batches').all()).toEqual([
    { id: null, name: null },
  ])
  expect(db.prepare('SELECT subject, gateway_key_id AS id, gateway_key_name AS name FROM calls').all()).toEqual([
    { subject: 'My editor', id: 'key', name: null },
  ])
})

import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { databaseBefore } from '@test/helpers/database-before'

it('calls of before nothing was estimated are what the providers said', () => {
  const db = databaseBefore('ADD COLUMN estimated')
  db.exec(
    `INSERT INTO calls (id, started_at, kind, provider, model, attempt, outcome, total_ms)
     VALUES ('a', '2026-01-01T00:00:00.000Z', 'test', 'Demo', 'novelist', 1, 'stopped', 5)`
  )
  migrate(db, () => null)
  expect(db.prepare('SELECT outcome, estimated, input_tokens FROM calls').all()).toEqual([
    { outcome: 'stopped', estimated: 0, input_tokens: null },
  ])
})

import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { databaseBefore } from '@test/helpers/database-before'

it('uses of templates find their place beside the calls of before', () => {
  const db = databaseBefore('CREATE TABLE generations (')
  db.exec(`INSERT INTO calls (id, started_at, kind, subject, provider, model, attempt, outcome, total_ms, simulated)
    VALUES ('call', '2026-01-01T00:00:00.000Z', 'template', 'A tavern', 'Demo', 'novelist', 1, 'complete', 10, 0)`)
  migrate(db, () => null)
  expect(db.prepare('SELECT subject, generation_id FROM calls').all()).toEqual([
    { subject: 'A tavern', generation_id: null },
  ])
  db.exec(`
    INSERT INTO batches (id, template_id, template_name, version, language, concurrency, total, created_at)
    VALUES ('batch', 'template', 'Names', 0, 'en', 4, 1, 'now');
    INSERT INTO batch_rows VALUES ('batch', 1, 1, 'waiting', NULL, NULL);
    INSERT INTO generations (id, template_id, template_name, version, language, batch_id, batch_row, state, format, provider,
      model, tries_made, edited, favourite, total_ms, title, excerpt, created_at, words, inputs, text, sent, tries)
    VALUES ('one', 'template', 'Names', 0, 'en', 'batch', 1, 'running', 'text', '', '', 0, 0, 0, 0, '', '', 'now', '', '',
      '', '', '')`)
  const columns = db.pragma('table_info(generations)') as { name: string }[]
  const others = columns.flatMap(({ name }) => (name === 'id' ? [] : name)).join(', ')
  const again = `INSERT INTO generations (id, ${others}) SELECT 'two', ${others} FROM generations`
  // Each row of a batch has one.
  expect(() => db.exec(again)).toThrow(/UNIQUE/)
  expect(() => db.exec("UPDATE generations SET state = 'lost'")).toThrow(/CHECK/)
  // A batch takes its rows and their generations along.
  db.exec('DELETE FROM batches')
  expect(db.prepare('SELECT count(*) AS left FROM generations').get()).toEqual({ left: 0 })
})

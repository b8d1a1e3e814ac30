import { expect, it } from 'vitest'
import { StageId } from '@contract/ids'
import { migrate } from '@main/data/migrator'
import { createStageStore } from '@main/data/stage-store'
import { databaseBefore } from '@test/helpers/database-before'

it('a database from before there were stages has none chosen, and keeps its keys', () => {
  const db = databaseBefore('CREATE TABLE stages')
  db.exec(`
    INSERT INTO providers (id, slug, built_in, headers, extra_body, created_at, updated_at, limits)
      VALUES ('p', 'openai', 1, '{"version":1,"value":{}}', '{"version":1,"value":{}}', 'now', 'now', '{"version":1,"value":{}}');
    INSERT INTO tokens VALUES ('t', 'p', 'Home', '1234', 'vault', x'00', 'print', 'https://x', 'active', NULL, 'now', NULL);
  `)
  migrate(db, () => null)
  const stages = createStageStore(db)
  expect(['poem', 'voice', 'song', 'clip'].map((id) => stages.get(StageId.parse(id)))).toEqual([null, null, null, null])
  expect(db.prepare('SELECT name FROM tokens').all()).toEqual([{ name: 'Home' }])
})

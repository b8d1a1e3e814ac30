import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { createStores } from '@main/data/stores'
import { readsHere } from '@test/helpers/reads-here'
import { databaseBefore } from '@test/helpers/database-before'

const NOW = '2026-01-02T03:04:05.000Z'

it('the search finds what was written before it had a file of its own', async () => {
  const db = databaseBefore('CREATE TABLE text_changes')
  db.exec(`
    INSERT INTO presets VALUES ('p', 'P', '', 1, '{}', '${NOW}', '${NOW}');
    INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
      VALUES ('s', 'Fog', 'en', 'p', '', 0, '${NOW}', '${NOW}');
    INSERT INTO messages (id, story_id, author, text, state, edited, created_at)
      VALUES ('m', 's', 'story', 'Он позвал хозяйку.', 'complete', 0, '${NOW}');
    UPDATE stories SET head_id = 'm';
  `)
  migrate(db, () => null)
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%\\_text%' ESCAPE '\\'").all()).toEqual([])
  expect(createStores(db).textChanges.any()).toBe(false)
  const reads = readsHere(db)
  expect(await reads.ask('stories.search', { text: 'хозяйка' })).toMatchObject({ places: 1, waiting: 0 })
})

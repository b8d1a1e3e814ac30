import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { estimateTokens } from '@main/platform/token-estimate'

it('measures the passages that are there, but for one that is still being written', () => {
  const db = openDatabase(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, () => null, migrations.slice(0, 8))
  db.exec(`
    INSERT INTO presets VALUES ('p', 'Preset', '', 0, '{}', '', '');
    INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
      VALUES ('s', 'Story', 'en', 'p', '', 0, '', '');
    INSERT INTO messages (id, story_id, author, text, state, edited, created_at)
      VALUES ('a', 's', 'story', 'Маяк над морем.', 'complete', 0, ''), ('b', 's', 'story', 'The s', 'streaming', 0, '');
  `)
  migrate(db, () => null, migrations.slice(0, 9))
  const tokens = db.prepare('SELECT tokens FROM messages ORDER BY id').pluck().all()
  expect(tokens).toEqual([estimateTokens('Маяк над морем.'), null])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
})

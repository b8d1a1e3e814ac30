import { expect, it, onTestFinished } from 'vitest'
import { TurnId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createTurnStore } from '@main/data/turn-store'
import { newId } from '@main/platform/ids'

const NOW = '2026-01-02T03:04:05.000Z'

it('keeps the steps of the version before, which made nothing beside their answers', () => {
  const db = openDatabase(':memory:')
  onTestFinished(() => void db.close())
  const at = migrations.findIndex(({ sql }) => sql.includes('turn_steps_next'))
  migrate(db, () => null, migrations.slice(0, at))
  const id = newId(TurnId)
  db.exec(`
    INSERT INTO presets VALUES ('p', 'Preset', '', 0, '{}', '', '');
    INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
      VALUES ('s', 'Story', 'en', 'p', '', 0, '', '');
    INSERT INTO turns (id, story_id, kind, state, started_at) VALUES ('${id}', 's', 'send', 'complete', '${NOW}');
    INSERT INTO turn_steps VALUES ('${id}', 0, 'main', 'complete', 'P', 'm', NULL, NULL, 1, '{}', 'Words.', '', 3, 4, 0.5,
      6, 7, NULL, '${NOW}');
  `)
  migrate(db, () => null, migrations)
  expect(createTurnStore(db).steps(id)).toMatchObject([
    { position: 0, state: 'complete', answer: 'Words.', inputTokens: 3, cost: 0.5, result: null, startedAt: NOW },
  ])
  db.prepare('DELETE FROM turns').run()
  expect(db.prepare('SELECT count(*) FROM turn_steps').pluck().get()).toBe(0)
})

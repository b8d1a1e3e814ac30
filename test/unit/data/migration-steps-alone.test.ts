import { expect, it } from 'vitest'
import { StoryId, TurnId } from '@contract/ids'
import { sql as stepsAlone } from '@main/data/migrations/026-steps-alone'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createTurnStore } from '@main/data/turn-store'
import { newId } from '@main/platform/ids'
import { databaseBefore } from '@test/helpers/database-before'

const NOW = '2026-01-02T03:04:05.000Z'

it('lets a step of a turn of the version before be taken alone; the turn stays the last one, and takes the try along', () => {
  const db = databaseBefore(stepsAlone)
  const [storyId, id, tried] = [newId(StoryId), newId(TurnId), newId(TurnId)]
  db.prepare("INSERT INTO presets VALUES ('p', 'P', '', 1, '{}', '', '')").run()
  db.prepare(
    `INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
     VALUES (?, 'Night', 'en', 'p', '', 0, ?, ?)`
  ).run(storyId, NOW, NOW)
  db.prepare("INSERT INTO turns (id, story_id, kind, state, started_at) VALUES (?, ?, 'send', 'complete', ?)").run(
    id,
    storyId,
    NOW
  )
  migrate(db, () => null, migrations)

  const turns = createTurnStore(db)
  const whole = turns.get(id)
  if (!whole) throw new Error('The turn is gone')
  turns.insert({ ...whole, id: tried, aloneOf: id })
  expect(turns.last(storyId)).toEqual(whole)
  expect(turns.aloneOf(id)).toMatchObject([{ id: tried, aloneOf: id }])
  db.prepare('DELETE FROM turns WHERE id = ?').run(id)
  expect(turns.get(tried)).toBeNull()
})

import { expect, it } from 'vitest'
import { TurnId } from '@contract/ids'
import { sql as packedTurns } from '@main/data/migrations/025-packed-turns'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createTurnRoom } from '@main/data/turn-room'
import { createTurnStore } from '@main/data/turn-store'
import { newId } from '@main/platform/ids'
import { databaseBefore } from '@test/helpers/database-before'

const NOW = '2026-01-02T03:04:05.000Z'

it('reads turns of the version before, and packs them', () => {
  const db = databaseBefore(packedTurns)
  const id = newId(TurnId)
  db.prepare("INSERT INTO presets VALUES ('p', 'P', '', 1, '{}', '', '')").run()
  db.prepare(
    `INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
     VALUES ('s', 'Night', 'en', 'p', '', 0, ?, ?)`
  ).run(NOW, NOW)
  db.prepare(
    `INSERT INTO turns (id, story_id, kind, state, started_at) VALUES (?, 's', 'send', 'complete', '${NOW}')`
  ).run(id)
  db.prepare("INSERT INTO sent_messages VALUES (1, 's', x'00', 'user', ?)").run('Go on. '.repeat(100))
  const sent = { messages: [[1, 1]], parameters: {}, responseSchema: null, dropped: ['top_k'] }
  db.prepare(
    `INSERT INTO turn_steps (turn_id, position, role, state, provider, model, attempts, sent, answer, reasoning, total_ms, started_at)
     VALUES (?, 0, 'main', 'complete', 'P', 'm', 1, ?, 'Words.', '', 7, ?)`
  ).run(id, JSON.stringify({ version: 1, value: sent }), NOW)
  migrate(db, () => null, migrations)

  const turns = createTurnStore(db)
  const before = turns.steps(id)
  expect(before).toMatchObject([{ answer: 'Words.', dropped: ['top_k'], messages: [{ role: 'user' }], settings: [] }])
  const room = createTurnRoom(db)
  while (room.packSome()) expect(room.used().turns).toBe(1)
  expect(turns.steps(id)).toEqual(before)
  expect(room.used().bytes).toBeLessThan(400)
})

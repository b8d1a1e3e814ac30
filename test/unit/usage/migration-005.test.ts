import { expect, it } from 'vitest'
import { CallId, StoryId, TurnId } from '@contract/ids'
import { createCallStore } from '@main/data/call-store'
import { openDatabase } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { newId } from '@main/platform/ids'

const EVER = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }

it('calls of the version before are a role’s in a turn, or tests of its settings, with all that they cost', () => {
  const db = openDatabase(':memory:')
  const until = (last: number) =>
    migrate(
      db,
      () => null,
      migrations.filter(({ version }) => version <= last)
    )
  until(4)
  const [turnId, storyId] = [newId(TurnId), newId(StoryId)]
  const insert = db.prepare(
    `INSERT INTO calls VALUES (?, '2026-03-01T12:00:00.000Z', ?, ?, ?, 'OpenRouter', 'a/b', NULL, 'Mine', 2, 'failed',
       'provider_overloaded', 503, 100, 10, 0.5, 'price', 200, 1000)`
  )
  insert.run(newId(CallId), turnId, storyId, 'storyteller')
  insert.run(newId(CallId), null, null, 'embedding')

  // The store of today reads what all later migrations have made of them.
  until(Infinity)
  const calls = createCallStore(db).page(EVER, 10, null, null)
  expect(calls.map(({ purpose }) => purpose)).toEqual([
    { kind: 'test', role: 'embedding' },
    { kind: 'turn', turnId, storyId, role: 'storyteller' },
  ])
  for (const call of calls)
    expect(call).toMatchObject({
      startedAt: '2026-03-01T12:00:00.000Z',
      provider: 'OpenRouter',
      model: 'a/b',
      server: null,
      tokenName: 'Mine',
      attempt: 2,
      outcome: 'failed',
      errorCode: 'provider_overloaded',
      simulated: false,
      status: 503,
      inputTokens: 100,
      outputTokens: 10,
      cost: 0.5,
      costSource: 'price',
      firstTokenMs: 200,
      totalMs: 1000,
    })
  expect(createCallStore(db).ofTurn(turnId)).toHaveLength(1)
  db.close()
})

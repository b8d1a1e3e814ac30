import { expect, it, onTestFinished } from 'vitest'
import { TurnId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { addStory, testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

it('reads steps that were kept before it was kept what their prompts were laid from', () => {
  const { db, stores } = testStores()
  onTestFinished(() => void db.close())
  const storyId = addStory(stores)
  const id = newId(TurnId)
  const times = { startedAt: NOW, endedAt: NOW }
  stores.turns.insert({
    id,
    storyId,
    kind: 'send',
    state: 'complete',
    parentId: null,
    messageId: null,
    error: null,
    ...times,
  })
  const sent = { messages: [], parameters: { temperature: 0.3 }, responseSchema: null, dropped: ['top_k'] }
  db.prepare(
    `INSERT INTO turn_steps (turn_id, position, role, state, provider, model, attempts, sent, answer, reasoning, total_ms, started_at)
     VALUES (?, 0, 'main', 'complete', 'P', 'm', 1, ?, 'Words.', '', 7, ?)`
  ).run(id, JSON.stringify({ version: 1, value: sent }), NOW)
  expect(stores.turns.steps(id)).toMatchObject([
    { answer: 'Words.', parameters: { temperature: 0.3 }, dropped: ['top_k'], parts: [], window: null, settings: [] },
  ])
})

import { beforeEach, expect, it, onTestFinished } from 'vitest'
import type { PromptMessage, TurnState, TurnStep } from '@contract/entities/turn'
import { MessageId, RoleId, TurnId, type StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { Stores } from '@main/data/stores'
import { createTurnKeeping, type TurnKeeping } from '@main/features/turns/turn-keeping'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { addPassage, addStory, testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'
const WORDS = 'The lamp went round, and old Marta counted the steps to the gallery aloud, as she did each night. '

let db: Db
let stores: Stores
let keeping: TurnKeeping
let limits: { turnsKept: number; turnMegabytes: number }

beforeEach(() => {
  ;({ db, stores } = testStores())
  limits = { turnsKept: 1000, turnMegabytes: 200 }
  keeping = createTurnKeeping({ stores, events: createEventHub(), logger: silentLogger, limits: () => limits })
  onTestFinished(async () => {
    await keeping.close()
    db.close()
  })
})

const step = (messages: PromptMessage[], answer: string): TurnStep => ({
  position: 0,
  role: RoleId.parse('main'),
  state: 'complete',
  provider: 'Workshop',
  model: 'qwen3:14b',
  server: null,
  tokenName: 'home',
  attempts: 1,
  messages,
  parts: [{ id: 'history', name: { en: 'Recent text', ru: 'Последний текст' }, tokens: 500, leftOut: 3 }],
  window: 8192,
  settings: [{ path: 'samplers.temperature', value: 0.4, origin: 'story' }],
  parameters: { temperature: 0.4 },
  responseSchema: null,
  dropped: [],
  answer,
  reasoning: WORDS.repeat(3),
  inputTokens: 500,
  outputTokens: 60,
  cost: null,
  firstTokenMs: 3,
  totalMs: 9,
  error: null,
  result: { kind: 'verdict', contradictions: [] },
  startedAt: NOW,
})

/** A story in which each turn sends the newest passages; returns its turns. */
function tell(storyId: StoryId, turns: number, state: TurnState = 'complete'): TurnId[] {
  const told = Array.from({ length: turns }, (_, at) => `${at}. ${WORDS.repeat(8)} ${storyId}`)
  return told.map((text, at) => {
    const { id: messageId } = addPassage(stores, storyId, null, { text })
    const turn = {
      id: newId(TurnId),
      storyId,
      kind: 'send',
      state,
      parentId: null,
      messageId,
      error: null,
      startedAt: NOW,
      endedAt: NOW,
    } as const
    stores.turns.insert(turn)
    const messages = told.slice(Math.max(0, at - 10), at).map((content) => ({ role: 'assistant' as const, content }))
    stores.turns.saveStep(turn, step([{ role: 'system', content: `You write ${storyId}.` }, ...messages], text))
    return turn.id
  })
}
const kept = (turns: readonly TurnId[]) => turns.filter((id) => stores.turns.steps(id).length > 0)

it('packs what turns sent and got, and reads it as it was', async () => {
  const turns = tell(addStory(stores), 20)
  const before = turns.map((id) => stores.turns.steps(id))
  const { bytes } = keeping.used()
  await keeping.tidy()
  expect(turns.map((id) => stores.turns.steps(id))).toEqual(before)
  expect(keeping.used().turns).toBe(20)
  expect(keeping.used().bytes).toBeLessThan(bytes / 3)
  // What is done is not done again, and a step that is kept anew is packed anew.
  await keeping.tidy()
  expect(turns.map((id) => stores.turns.steps(id))).toEqual(before)
})

it('leaves a step that cannot be read as it is, and keeps the others all the same', async () => {
  const [broken, ...whole] = tell(addStory(stores), 5)
  db.prepare("UPDATE turn_steps SET sent = '{\"ver' WHERE turn_id = ?").run(broken)
  limits = { turnsKept: 3, turnMegabytes: 200 }
  await keeping.tidy()
  expect(kept(whole)).toHaveLength(3)
  expect(db.prepare('SELECT count(*) FROM turn_steps WHERE packed IS NULL').pluck().get()).toBe(0)
  const again = tell(addStory(stores), 2)
  db.prepare("UPDATE turn_steps SET sent = '{\"ver' WHERE turn_id = ?").run(again[0])
  await keeping.tidy()
  expect(stores.turns.steps(again[0] ?? newId(TurnId))).toMatchObject([{ unreadable: ['sent'] }])
  expect(db.prepare('SELECT turn_id FROM turn_steps WHERE packed IS NULL').pluck().all()).toEqual([again[0]])
})

it('leaves what a turn that runs has sent as it is, and takes nothing of it away', async () => {
  const [running] = tell(addStory(stores), 1, 'running')
  if (!running) throw new Error('There is no turn')
  limits = { turnsKept: 0, turnMegabytes: 0 }
  await keeping.tidy()
  await keeping.clear()
  expect(stores.turns.steps(running)).toMatchObject([{ answer: expect.stringContaining('old Marta') }])
  expect(db.prepare('SELECT packed FROM turn_steps').pluck().all()).toEqual([null])
})

it('keeps the newest turns of all stories, the newest of each story, and no message that only others sent', async () => {
  const [old, young] = [addStory(stores), addStory(stores)]
  const first = tell(old, 15)
  const second = tell(young, 15)
  limits = { turnsKept: 12, turnMegabytes: 200 }
  await keeping.tidy()
  expect(kept(first)).toEqual(first.slice(-1))
  expect(kept(second)).toEqual(second.slice(-12))
  expect(stores.turns.last(old)?.id).toBe(first.at(-1))
  // The last turn of the first story sent the ten passages before it and what the model is told.
  const messages = db.prepare<[StoryId], number>('SELECT count(*) FROM sent_messages WHERE story_id = ?').pluck()
  expect(messages.get(old)).toBe(11)
  expect(stores.turns.steps(second[3] ?? newId(TurnId))[0]?.messages).toHaveLength(4)
})

it('removes the oldest until what is left takes no more than it may', async () => {
  const turns = tell(addStory(stores), 60)
  await keeping.tidy()
  const all = keeping.used().bytes
  limits = { turnsKept: 1000, turnMegabytes: all / 2 / 1_000_000 }
  await keeping.tidy()
  const left = kept(turns)
  expect(left).toEqual(turns.slice(-left.length))
  expect(left.length).toBeGreaterThan(10)
  expect(keeping.used().bytes).toBeLessThanOrEqual(all / 2)
})

it('forgets everything when asked, and how the last turn ended stays', async () => {
  const storyId = addStory(stores)
  const turns = tell(storyId, 12)
  await keeping.tidy()
  await keeping.clear()
  expect(keeping.used()).toEqual({ turns: 0, bytes: 0 })
  expect(kept(turns)).toEqual([])
  expect(stores.turns.last(storyId)?.id).toBe(turns.at(-1))
})

it('takes the words of a passage that is deleted for good out of what is packed, too', async () => {
  const storyId = addStory(stores)
  const turns = tell(storyId, 3)
  await keeping.tidy()
  const written = stores.turns.get(turns[0] ?? newId(TurnId))?.messageId ?? newId(MessageId)
  stores.messages.bin.forget(written)
  const sent = stores.turns.steps(turns[2] ?? newId(TurnId))[0]?.messages.map(({ content }) => content)
  expect(sent?.[1]).toBe('')
  expect(sent?.[2]).toContain('old Marta')
})

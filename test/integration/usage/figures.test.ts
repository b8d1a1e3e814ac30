import { describe, expect, it, onTestFinished } from 'vitest'
import type { Call } from '@contract/entities/usage'
import { CallId, RoleId } from '@contract/ids'
import { onUnreadable } from '@main/data/json-column'
import { newId } from '@main/platform/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore } from '@test/helpers/test-core'
import { fakeProvider, storyWith } from '@test/helpers/test-story'
import { testStores } from '@test/helpers/test-stores'

const EVER = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }

/** Two figures that no call can have add up to more than a number holds, which then reads as "$0". */
describe('figures that cannot be true', () => {
  it.each([
    [
      'give way to an estimate where they are told with the answer',
      { prompt_tokens: 9e15, completion_tokens: 9e15, cost: 1e308 },
      '0.000001',
      { estimated: true, costSource: 'price', cost: expect.closeTo(0.0005, 3) },
      { cost: expect.closeTo(0.001, 3), unpriced: 0 },
    ],
    [
      'are unknown where they are made by the price in the list',
      { prompt_tokens: 1000, completion_tokens: 1000 },
      '1e300',
      { estimated: false, costSource: null, cost: null, inputTokens: 1000 },
      { cost: 0, unpriced: 2 },
    ],
  ])('%s', async (_name, usage, price, call, total) => {
    const app = await startTestCore()
    onTestFinished(() => app.close())
    const row = { id: 'fake-model', pricing: { prompt: price, completion: price } }
    const fake = await startFakeOpenAi({ models: [row] })
    onTestFinished(() => fake.stop())
    const settings = await fakeProvider(app, fake.url)
    await app.ask('models.refresh', { providerId: settings.providerId })
    const story = await storyWith(app, settings)
    for (let count = 0; count < 2; count += 1) {
      fake.answerWith(chatReply.stream(['The door opens.'], { usage }))
      await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    }

    const { calls } = await app.ask('usage.calls', EVER)
    expect(calls).toMatchObject([call, call])
    expect(await app.ask('usage.summary', { ...EVER, by: 'model' })).toMatchObject([total])
  })

  it('are unknown where an earlier version kept them', () => {
    const { db, stores } = testStores()
    onTestFinished(() => void db.close())
    const insert = db.prepare(
      `INSERT INTO calls (id, started_at, kind, role, provider, model, attempt, outcome, input_tokens, output_tokens,
         cost, cost_source, total_ms)
       VALUES (?, '2026-01-02T03:04:05.000Z', 'test', 'main', 'Fake', 'm', 1, 'complete', ?, ?, ?, 'provider', 5)`
    )
    const most = BigInt(Number.MAX_SAFE_INTEGER)
    for (let count = 0; count < 1100; count += 1) insert.run(newId(CallId), most, most, 1.7e308)
    insert.run(newId(CallId), 10, 20, 0.5)

    expect(stores.calls.summary(EVER, 'model')).toMatchObject([
      { calls: 1101, inputTokens: 10, outputTokens: 20, cost: 0.5, unpriced: 1100 },
    ])
    const [last, before] = stores.calls.page(EVER, 2, null, null)
    expect(last).toMatchObject({
      inputTokens: 10,
      outputTokens: 20,
      cost: 0.5,
      purpose: { role: RoleId.parse('main') },
    })
    expect(before).toMatchObject({ inputTokens: null, outputTokens: null, cost: null })
  })
})

/** One row with a word of a later version used to make the whole list of requests fail. */
describe('a row that holds what this version does not know', () => {
  const started = '2026-01-02T03:04:05.000Z'

  function ledger() {
    const { db, stores } = testStores()
    onTestFinished(() => void db.close())
    const noted: string[] = []
    onTestFinished(onUnreadable(({ text }) => noted.push(text)))
    const columns = `id, started_at, kind, turn_id, story_id, role, subject, provider, model, attempt, outcome, error_code,
      status, input_tokens, cost, first_token_ms, total_ms`
    const insert =
      db.prepare(`INSERT INTO calls (${columns}) VALUES (@id, @started_at, @kind, @turn_id, @story_id, @role,
      @subject, 'Fake', 'm', 1, 'failed', @error_code, @status, @input_tokens, @cost, @first_token_ms, @total_ms)`)
    const plant = (facts: Record<string, string | number>) => {
      const id = newId(CallId)
      const right = {
        id,
        started_at: started,
        kind: 'test',
        turn_id: null,
        story_id: null,
        role: 'main',
        subject: null,
      }
      const figures = { status: 500, input_tokens: 10, cost: 0.5, first_token_ms: 5, total_ms: 9 }
      insert.run({ ...right, ...figures, error_code: 'provider_timed_out', ...facts })
      return id
    }
    return { calls: stores.calls, plant, noted }
  }

  const right = { startedAt: started, errorCode: 'provider_timed_out', status: 500, inputTokens: 10, cost: 0.5 }

  it.each<[string, Record<string, string | number>, Partial<Call>]>([
    ['an error', { error_code: 'provider_dreaming' }, { errorCode: null }],
    ['a role', { role: 'Ghost Writer!' }, { purpose: { kind: 'test', role: null } }],
    ['a turn', { kind: 'turn', turn_id: 'x', story_id: 'y' }, { purpose: { kind: 'test', role: null } }],
    ['a stage', { kind: 'media', subject: '' }, { purpose: { kind: 'test', role: null } }],
    ['figures', { input_tokens: -1, cost: -2, first_token_ms: -3, total_ms: -4 }, { inputTokens: null, cost: null }],
  ])('is there with what is known, and leaves the others be: %s', (_name, odd, expected) => {
    const { calls, plant, noted } = ledger()
    const ids = [plant({}), plant(odd), plant({})]
    const page = calls.page(EVER, 10, null, null)
    expect(page.map(({ id }) => id)).toEqual(ids.toReversed())
    expect(page).toMatchObject([right, { ...right, ...expected }, right])
    expect(noted).toHaveLength(1)
  })

  it('has begun when its id was made, where its time cannot be read', () => {
    const { calls, plant } = ledger()
    const before = new Date().toISOString()
    plant({ started_at: '2026-13-45' })
    const [call] = calls.page(EVER, 10, null, null)
    expect((call?.startedAt ?? '') >= before).toBe(true)
  })

  it('is left out where its id cannot be read, and ends no page early', () => {
    const { calls, plant } = ledger()
    const [first, second] = [plant({}), plant({})]
    plant({ id: 'zzz' })
    expect(calls.page(EVER, 1, null, null).map(({ id }) => id)).toEqual([second])
    expect(calls.page(EVER, 2, null, null).map(({ id }) => id)).toEqual([second, first])
    expect(calls.page(EVER, 9, null, null).map(({ id }) => id)).toEqual([second, first])
  })
})

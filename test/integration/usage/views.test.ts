import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Call, CallPurpose } from '@contract/entities/usage'
import { CallId, RoleId, StageId, StoryId, TurnId } from '@contract/ids'
import { createUsage, type Usage } from '@main/features/usage/usage'
import { newId } from '@main/platform/ids'
import type { Stores } from '@main/data/stores'
import { readsHere } from '@test/helpers/reads-here'
import { addStory, testStores } from '@test/helpers/test-stores'

const EVER = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }

let zone: string | undefined
beforeAll(() => {
  zone = process.env['TZ']
  // Ten and a half hours before UTC for half the year: a day there is no day of UTC.
  process.env['TZ'] = 'Australia/Lord_Howe'
})
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

let stores: Stores
let usage: Usage
beforeEach(() => {
  const opened = testStores()
  stores = opened.stores
  usage = createUsage({ stores, reads: readsHere(opened.db), enterCalls: () => undefined })
})

/** The work of a role in a turn of a story. */
const inTurn = (role: string, storyId = newId(StoryId)): CallPurpose => ({
  kind: 'turn',
  turnId: newId(TurnId),
  storyId,
  role: RoleId.parse(role),
})

function add(more: Partial<Omit<Call, 'storyTitle'>> = {}): CallId {
  const id = newId(CallId)
  stores.calls.insert({
    id,
    startedAt: '2026-06-01T12:00:00.000Z',
    purpose: inTurn('main'),
    provider: 'OpenRouter',
    model: 'a/b',
    server: null,
    tokenName: 'Mine',
    attempt: 1,
    outcome: 'complete',
    errorCode: null,
    simulated: false,
    status: null,
    inputTokens: 100,
    outputTokens: 10,
    cost: 0.5,
    costSource: 'price',
    estimated: false,
    firstTokenMs: 200,
    totalMs: 1000,
    ...more,
  })
  return id
}

describe('the summary', () => {
  it('adds up by day as the user’s calendar has it, in order', async () => {
    add({ startedAt: '2026-06-01T13:29:59.999Z', cost: 9 })
    add({ startedAt: '2026-06-01T13:30:00.000Z' })
    add({ startedAt: '2026-06-02T00:00:00.000Z' })
    expect((await usage.summary({ ...EVER, by: 'day' })).map(({ key, calls, cost }) => [key, calls, cost])).toEqual([
      ['2026-06-01', 1, 9],
      ['2026-06-02', 2, 1],
    ])
  })

  it('takes a period from its beginning on, and without its end', async () => {
    for (const startedAt of ['2026-05-31T23:59:59.999Z', '2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'])
      add({ startedAt })
    const period = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' }
    expect(await usage.summary({ ...period, by: 'purpose' })).toMatchObject([{ calls: 1 }])
    expect(usage.calls({ ...period, limit: 100 }).calls).toHaveLength(1)
  })

  it('counts failures and what nobody priced, and takes the middle of the waits', async () => {
    for (const firstTokenMs of [100, 900, 300, 500]) add({ firstTokenMs })
    const unpriced = { cost: null, costSource: null, firstTokenMs: null }
    add({ outcome: 'failed', errorCode: 'provider_overloaded', ...unpriced, inputTokens: null, outputTokens: null })
    // It failed when some of the answer had come: that cost something.
    add({ outcome: 'failed', errorCode: 'provider_broke_off', ...unpriced })
    add({ outcome: 'stopped', cost: null, costSource: null, firstTokenMs: null, inputTokens: null })
    expect(await usage.summary({ ...EVER, by: 'purpose' })).toEqual([
      {
        key: 'turn/main',
        label: 'main',
        calls: 7,
        failed: 2,
        inputTokens: 500,
        outputTokens: 60,
        cost: 2,
        unpriced: 2,
        firstTokenMs: 400,
      },
    ])
  })

  it('groups by story, purpose, model and key, the dearest first', async () => {
    const [one, other] = [addStory(stores, 'One'), addStory(stores, 'Other')]
    add({ purpose: inTurn('main', one) })
    add({ purpose: inTurn('main', other), cost: 3, model: 'c/d', tokenName: 'Work' })
    add({ purpose: { kind: 'test', role: RoleId.parse('storyteller') }, provider: 'Demo', tokenName: null, cost: 0 })
    const labels = async (by: Parameters<Usage['summary']>[0]['by']) =>
      (await usage.summary({ ...EVER, by })).map(({ label }) => label)
    expect(await labels('story')).toEqual(['Other', 'One', ''])
    expect(await labels('purpose')).toEqual(['main', ''])
    expect(await labels('model')).toEqual(['OpenRouter · c/d', 'OpenRouter · a/b', 'Demo · a/b'])
    expect(await labels('token')).toEqual(['OpenRouter · Work', 'OpenRouter · Mine', 'Demo'])
  })

  it('keeps the calls of a story that is gone', async () => {
    const gone = newId(StoryId)
    add({ purpose: inTurn('main', gone) })
    expect(await usage.summary({ ...EVER, by: 'story' })).toMatchObject([{ key: gone, label: '', calls: 1 }])
    expect(usage.calls({ ...EVER, limit: 10 }).calls).toMatchObject([{ purpose: { storyId: gone }, storyTitle: null }])
  })
})

const everyPurpose: CallPurpose[] = [
  inTurn('main'),
  { kind: 'template', name: 'A tavern', generationId: null, keyName: null, keyId: null },
  { kind: 'gateway', keyName: 'My editor', keyId: null },
  { kind: 'embedding', storyId: newId(StoryId), turnId: newId(TurnId) },
  { kind: 'embedding', storyId: null, turnId: null },
  { kind: 'media', stage: StageId.parse('poem'), storyId: newId(StoryId) },
  { kind: 'test', role: RoleId.parse('embedding') },
  { kind: 'test', role: null },
]

describe('what a call was for', () => {
  it.each(everyPurpose)('is kept whole: $kind', (purpose) => {
    add({ purpose })
    expect(usage.calls({ ...EVER, limit: 1 }).calls).toMatchObject([{ purpose }])
  })

  it('tells the groups apart, and stands in the file', async () => {
    for (const purpose of everyPurpose) add({ purpose })
    const keys = (await usage.summary({ ...EVER, by: 'purpose' })).map(({ key, calls }) => [key, calls])
    expect(Object.fromEntries(keys)).toEqual(
      Object.fromEntries([
        ['turn/main', 1],
        ['template/A tavern', 1],
        ['gateway/My editor', 1],
        ['embedding/', 2],
        ['media/poem', 1],
        ['test/', 2],
      ])
    )
    const cells = (await usage.export(EVER)).text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',').slice(2, 5).join())
    expect(cells).toEqual([
      'turn,main,',
      'template,,A tavern',
      'gateway,,My editor',
      'embedding,,',
      'embedding,,',
      'media,,poem',
      'test,embedding,',
      'test,,',
    ])
  })
})

describe('the list of calls', () => {
  it('comes in pages, newest first, each call once', async () => {
    const ids = Array.from({ length: 25 }, () => add())
    const seen: CallId[] = []
    for (let before: CallId | undefined, more = true; more;) {
      const page = usage.calls({ ...EVER, limit: 10, ...(before ? { before } : {}) })
      seen.push(...page.calls.map(({ id }) => id))
      more = page.hasMore
      before = seen.at(-1)
    }
    expect(seen).toEqual(ids.toReversed())
  })

  it('says that there is no more when the last page is full', async () => {
    for (let count = 0; count < 10; count += 1) add()
    expect(usage.calls({ ...EVER, limit: 10 })).toMatchObject({ hasMore: false })
  })
})

describe('the export', () => {
  it('has every call, oldest first, and nothing that a spreadsheet would run', async () => {
    const storyId = addStory(stores, '=HYPERLINK("http://127.0.0.1"), "x"')
    const purpose = inTurn('main', storyId)
    for (let count = 0; count < 5100; count += 1) add({ purpose, totalMs: count })
    const { text, fileName } = await usage.export(EVER)
    expect(fileName).toBe('fabula-usage-2000-01-01-2100-01-01.csv')
    const lines = text.split('\r\n')
    expect(lines).toHaveLength(5102)
    expect(lines[0]?.startsWith('\u{feff}startedAt,storyTitle,purpose,role,subject,')).toBe(true)
    const column = lines[0]?.split(',').indexOf('totalMs') ?? -1
    // The title holds one comma within its quotes.
    expect(lines[1]?.split(',')[column + 1]).toBe('0')
    expect(lines[5100]?.split(',')[column + 1]).toBe('5099')
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://127.0.0.1""), ""x"""`)
  })
})

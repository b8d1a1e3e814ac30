import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '@contract/entities/usage'
import { CallId, RoleId, type StoryId } from '@contract/ids'
import { createUsage, type Usage } from '@main/features/usage/usage'
import { newId } from '@main/platform/ids'
import type { Stores } from '@main/data/stores'
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
  ;({ stores } = testStores())
  usage = createUsage({ stores })
})

function add(more: Partial<Omit<Call, 'storyTitle'>> = {}): CallId {
  const id = newId(CallId)
  stores.calls.insert({
    id,
    startedAt: '2026-06-01T12:00:00.000Z',
    turnId: null,
    storyId: null,
    role: RoleId.parse('main'),
    provider: 'OpenRouter',
    model: 'a/b',
    server: null,
    tokenName: 'Mine',
    attempt: 1,
    outcome: 'complete',
    errorCode: null,
    status: null,
    inputTokens: 100,
    outputTokens: 10,
    cost: 0.5,
    costSource: 'price',
    firstTokenMs: 200,
    totalMs: 1000,
    ...more,
  })
  return id
}

describe('the summary', () => {
  it('adds up by day as the user’s calendar has it, in order', () => {
    add({ startedAt: '2026-06-01T13:29:59.999Z', cost: 9 })
    add({ startedAt: '2026-06-01T13:30:00.000Z' })
    add({ startedAt: '2026-06-02T00:00:00.000Z' })
    expect(usage.summary({ ...EVER, by: 'day' }).map(({ key, calls, cost }) => [key, calls, cost])).toEqual([
      ['2026-06-01', 1, 9],
      ['2026-06-02', 2, 1],
    ])
  })

  it('takes a period from its beginning on, and without its end', () => {
    for (const startedAt of ['2026-05-31T23:59:59.999Z', '2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'])
      add({ startedAt })
    const period = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' }
    expect(usage.summary({ ...period, by: 'role' })).toMatchObject([{ calls: 1 }])
    expect(usage.calls({ ...period, limit: 100 }).calls).toHaveLength(1)
  })

  it('counts failures and what nobody priced, and takes the middle of the waits', () => {
    for (const firstTokenMs of [100, 900, 300, 500]) add({ firstTokenMs })
    add({ outcome: 'failed', errorCode: 'provider_overloaded', cost: null, costSource: null, firstTokenMs: null })
    add({ outcome: 'stopped', cost: null, costSource: null, firstTokenMs: null, inputTokens: null })
    expect(usage.summary({ ...EVER, by: 'role' })).toEqual([
      {
        key: 'main',
        label: 'main',
        calls: 6,
        failed: 1,
        inputTokens: 500,
        outputTokens: 60,
        cost: 2,
        unpriced: 1,
        firstTokenMs: 400,
      },
    ])
  })

  it('groups by story, role, model and key, the dearest first', () => {
    const [one, other] = [addStory(stores, 'One'), addStory(stores, 'Other')]
    add({ storyId: one })
    add({ storyId: other, cost: 3, model: 'c/d', tokenName: 'Work' })
    add({ role: RoleId.parse('storyteller'), provider: 'Demo', tokenName: null, cost: 0 })
    const labels = (by: Parameters<Usage['summary']>[0]['by']) =>
      usage.summary({ ...EVER, by }).map(({ label }) => label)
    expect(labels('story')).toEqual(['Other', 'One', ''])
    expect(labels('role')).toEqual(['main', 'storyteller'])
    expect(labels('model')).toEqual(['OpenRouter · c/d', 'OpenRouter · a/b', 'Demo · a/b'])
    expect(labels('token')).toEqual(['OpenRouter · Work', 'OpenRouter · Mine', 'Demo'])
  })

  it('keeps the calls of a story that is gone', () => {
    const gone = '01990000-0000-7000-8000-00000000dead' as StoryId
    add({ storyId: gone })
    expect(usage.summary({ ...EVER, by: 'story' })).toMatchObject([{ key: gone, label: '', calls: 1 }])
    expect(usage.calls({ ...EVER, limit: 10 }).calls).toMatchObject([{ storyId: gone, storyTitle: null }])
  })
})

describe('the list of calls', () => {
  it('comes in pages, newest first, each call once', () => {
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

  it('says that there is no more when the last page is full', () => {
    for (let count = 0; count < 10; count += 1) add()
    expect(usage.calls({ ...EVER, limit: 10 })).toMatchObject({ hasMore: false })
  })
})

describe('the export', () => {
  it('has every call, oldest first, and nothing that a spreadsheet would run', () => {
    const storyId = addStory(stores, '=HYPERLINK("http://127.0.0.1"), "x"')
    for (let count = 0; count < 5100; count += 1) add({ storyId, totalMs: count })
    const { text, fileName } = usage.export(EVER)
    expect(fileName).toBe('fabula-usage-2000-01-01-2100-01-01.csv')
    const lines = text.split('\r\n')
    expect(lines).toHaveLength(5102)
    expect(lines[0]?.startsWith('\u{feff}startedAt,storyTitle,role,')).toBe(true)
    const column = lines[0]?.split(',').indexOf('totalMs') ?? -1
    // The title holds one comma within its quotes.
    expect(lines[1]?.split(',')[column + 1]).toBe('0')
    expect(lines[5100]?.split(',')[column + 1]).toBe('5099')
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://127.0.0.1""), ""x"""`)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { dayBegin, dayEnd } from '@main/features/gateway/day'
import { inWords } from '@main/features/gateway/key-limits'
import { createRequestRate } from '@main/features/gateway/request-rate'
import type { ExpectedUse } from '@main/gateway/expected-use'
import type { NewGatewayKey } from '@contract/entities/gateway'
import { anyKey, callOfKey, gatewayKeysStage } from '@test/helpers/gateway-keys-stage'

/** Noon of the writer, wherever the test runs. */
const NOON = new Date(2026, 2, 4, 12).toISOString()
const MIDNIGHT = new Date(2026, 2, 5).toISOString()

function withKey(limits: Partial<NewGatewayKey>) {
  const stage = gatewayKeysStage(NOON)
  const { key } = stage.keys.create(anyKey('My editor', limits))
  const found = stage.keys.identify(key)
  if (!found.ok) throw new Error('The key does not open')
  const admit = (reads = 10, more: Partial<ExpectedUse> = {}) => stage.limits.admit(found.key, asking(reads, more))
  return { ...stage, row: found.key, admit }
}

const asking = (reads: number, more: Partial<ExpectedUse> = {}) => ({
  request: true,
  use: { reads, writes: 0, dollars: () => 0, ...more },
})

describe('requests per minute', () => {
  it('are admitted up to the limit, and come back evenly', () => {
    const { admit, pass } = withKey({ requestsPerMinute: 3 })
    expect([admit(), admit(), admit()].map(({ ok }) => ok)).toEqual([true, true, true])
    expect(admit()).toEqual({
      ok: false,
      passed: { limit: 'requests', allowed: 3, running: false, retryAfter: 20 },
      headers: {
        'x-ratelimit-limit-requests': '3',
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '1m0s',
      },
    })
    pass(19_000)
    expect(admit()).toMatchObject({ ok: false, passed: { retryAfter: 1 } })
    pass(1000)
    expect([admit(), admit()].map(({ ok }) => ok)).toEqual([true, false])
  })

  it('are told with each answer', () => {
    const { admit, pass } = withKey({ requestsPerMinute: 60 })
    expect(admit()).toMatchObject({
      admitted: {
        headers: {
          'x-ratelimit-limit-requests': '60',
          'x-ratelimit-remaining-requests': '59',
          'x-ratelimit-reset-requests': '1s',
        },
      },
    })
    admit()
    pass(1500)
    expect(admit()).toMatchObject({ admitted: { headers: { 'x-ratelimit-reset-requests': '2s' } } })
  })

  it('never let more than twice the limit through in any minute, and no fewer than asked for evenly', () => {
    const rate = createRequestRate()
    let through = 0
    for (let ms = 0; ms < 60_000; ms += 10) if (rate.take(100, ms)) through += 1
    expect(through).toBe(199)
    let evenly = 0
    for (let at = 0; at < 1000; at += 1) if (rate.take(100, 200_000 + at * 600)) evenly += 1
    expect(evenly).toBe(1000)
  })

  it('hold when the clock is set back', () => {
    const { admit, setTime, pass } = withKey({ requestsPerMinute: 1 })
    admit()
    setTime('2020-01-01T00:00:00.000Z')
    expect(admit().ok).toBe(false)
    pass(60_000)
    expect(admit().ok).toBe(true)
  })

  it('are those of the key as it is now', () => {
    const stage = withKey({ requestsPerMinute: 1 })
    stage.admit()
    expect(stage.admit().ok).toBe(false)
    expect(stage.limits.admit({ ...stage.row, requestsPerMinute: 4 }, asking(1)).ok).toBe(false)
    expect(stage.limits.admit({ ...stage.row, requestsPerMinute: null }, asking(1)).ok).toBe(true)
  })
})

describe('tokens per day', () => {
  it('count what the ledger has, over a restart too, until midnight', () => {
    const { admit, note, row, restart, setTime } = withKey({ tokensPerDay: 250 })
    note(callOfKey(row.id, NOON))
    expect(admit().ok).toBe(true)
    note(callOfKey(row.id, NOON))
    expect(admit(11)).toEqual({
      ok: false,
      passed: { limit: 'tokens', allowed: 250, running: false, retryAfter: 12 * 3600 },
      headers: {
        'x-ratelimit-limit-tokens': '250',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '12h0m0s',
      },
    })
    const { limits } = restart()
    expect(limits.admit(row, asking(11)).ok).toBe(false)
    expect(limits.admit(row, asking(10)).ok).toBe(true)
    setTime(MIDNIGHT)
    // The ten of the request that still runs count for today.
    expect(limits.admit(row, asking(241)).ok).toBe(false)
    expect(limits.admit(row, asking(240)).ok).toBe(true)
  })

  it('count what running requests read, until the ledger knows better', () => {
    const { admit, note, row } = withKey({ tokensPerDay: 250 })
    const first = admit(200)
    expect(admit(100).ok).toBe(false)
    if (!first.ok) throw new Error('refused')
    note(callOfKey(row.id, NOON, { inputTokens: 90, outputTokens: 10 }))
    first.admitted.settle()
    first.admitted.settle()
    expect(admit(150)).toMatchObject({ ok: true, admitted: { headers: { 'x-ratelimit-remaining-tokens': '0' } } })
  })

  it('of one request that no day is enough for cannot be waited for', () => {
    expect(withKey({ tokensPerDay: 250 }).admit(251)).toMatchObject({ passed: { limit: 'tokens', retryAfter: null } })
  })

  it('of yesterday do not count, also of a call that ended today', () => {
    const { admit, note, row, setTime } = withKey({ tokensPerDay: 250 })
    const ran = admit(1)
    setTime(MIDNIGHT)
    note(callOfKey(row.id, NOON, { inputTokens: 1000 }))
    if (ran.ok) ran.admitted.settle()
    expect(admit(250).ok).toBe(true)
  })
})

it('a call counts once, whether the ledger has it at once or after a while, and whoever asks first', () => {
  const { spending, stores, row, setTime } = withKey({})
  const late = callOfKey(row.id, NOON)
  spending.note(late)
  expect(spending.today(row.id).calls).toBe(1)
  stores.calls.insert(late)
  expect(spending.today(row.id).calls).toBe(1)
  setTime(MIDNIGHT)
  const next = callOfKey(row.id, MIDNIGHT)
  spending.note(next)
  stores.calls.insert(next)
  expect(spending.today(row.id)).toEqual({ calls: 1, tokens: 120, dollars: 0.25 })
})

it('dollars per day end the day, and are no matter of waiting a minute', () => {
  const { admit, note, row } = withKey({ dollarsPerDay: 0.5, requestsPerMinute: 100 })
  note(callOfKey(row.id, NOON))
  expect(admit().ok).toBe(true)
  note(callOfKey(row.id, NOON))
  expect(admit()).toMatchObject({ passed: { limit: 'dollars', allowed: 0.5, running: false, retryAfter: 12 * 3600 } })
  // What is refused for another reason takes nothing of the minute.
  expect(admit()).toMatchObject({ headers: { 'x-ratelimit-remaining-requests': '99' } })
})

describe('requests at once', () => {
  it.each([
    ['dollars', { dollarsPerDay: 0.3 }, { dollars: () => 0.1 }, { cost: 0.1, inputTokens: 10, outputTokens: 10 }],
    ['tokens', { tokensPerDay: 250 }, { writes: 90 }, { cost: null, inputTokens: 10, outputTokens: 90 }],
  ])('do not pass a limit of %s together, and what failed gives back what was kept for it', (limit, of, use, took) => {
    const { admit, note, row } = withKey(of)
    const asked = Array.from({ length: 20 }, () => admit(10, use))
    const running = asked.flatMap((one) => (one.ok ? [one.admitted] : []))
    expect(running).toHaveLength(3)
    expect(asked.at(-1)).toMatchObject({ ok: false, passed: { limit, running: true, retryAfter: 1 } })
    const [failed, ...answered] = running
    failed?.settle()
    const next = admit(10, use)
    expect([next.ok, admit(10, use).ok]).toEqual([true, false])
    if (next.ok) answered.push(next.admitted)
    for (const { settle } of answered) {
      note(callOfKey(row.id, NOON, took))
      settle()
    }
    expect(admit(10, use)).toMatchObject({ ok: false, passed: { limit, running: false, retryAfter: 12 * 3600 } })
  })

  it('of a key without a limit of dollars are not priced', () => {
    const { admit } = withKey({ tokensPerDay: 250 })
    const dollars = vi.fn<() => number>(() => 1)
    admit(1, { dollars })
    expect(dollars).not.toHaveBeenCalled()
  })
})

it('a key without limits is told of none', () => {
  expect(withKey({}).admit()).toMatchObject({ ok: true, admitted: { headers: {} } })
})

it('days are those of the computer, of whatever length', () => {
  const noon = Date.parse(NOON)
  expect(new Date(dayBegin(noon)).toISOString()).toBe(new Date(2026, 2, 4).toISOString())
  expect(new Date(dayEnd(noon)).toISOString()).toBe(MIDNIGHT)
  expect(dayEnd(dayBegin(noon))).toBe(dayEnd(noon))
  expect(dayBegin(dayEnd(noon))).toBe(dayEnd(noon))
})

it.each([
  [0, '0s'],
  [20, '20ms'],
  [999.2, '1000ms'],
  [1000, '1s'],
  [1001, '2s'],
  [60_000, '1m0s'],
  [3_723_000, '1h2m3s'],
  [7_200_000, '2h0m0s'],
])('%d milliseconds are %s', (ms, text) => {
  expect(inWords(ms)).toBe(text)
})

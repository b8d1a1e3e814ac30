import { beforeEach, describe, expect, it } from 'vitest'
import { ProviderError, type ErrorCode } from '@contract/errors'
import { ProviderId, TokenId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { ProviderFailure } from '@main/providers/spec/failure'
import { createTokenRecords, type TokenRecords } from '@main/routing/token-records'
import { restsUntil } from '@main/settings/token-rows'
import { testStores } from '@test/helpers/test-stores'
import { asTheTemplate } from '@main/settings/provider-directory'

const START = Date.UTC(2026, 0, 2)

let stores: Stores
let records: TokenRecords
let token: TokenRow
let time: number
beforeEach(() => {
  ;({ stores } = testStores())
  time = START
  records = createTokenRecords({ stores, events: createEventHub(), clock: { now: () => time } })
  const now = new Date(START).toISOString()
  const provider_id = newId(ProviderId)
  const limits = { total: null, perToken: null }
  const baseUrl = 'http://models.invalid/v1'
  const shape = { builtIn: false, keyRequired: true, headers: {}, extraBody: {}, limits, ...asTheTemplate }
  stores.providers.insert({ ...shape, id: provider_id, slug: 'fake', name: 'Fake', baseUrl }, now)
  token = {
    id: newId(TokenId),
    provider_id,
    name: 'Key',
    last4: '',
    vault_id: 'vault',
    sealed: Buffer.from('sealed'),
    fingerprint: 'print',
    base_url: baseUrl,
    state: 'unknown',
    cooling_until: null,
    created_at: now,
    last_used_at: null,
  }
  stores.tokens.insert(token)
})

const fail = (code: ErrorCode, retryAfterMs?: number) =>
  records.failed(
    token,
    new ProviderFailure(code, 'x', {
      details: { provider: 'X' },
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    })
  )
const kept = () => {
  const row = stores.tokens.get(token.id)
  return [row?.state, row?.cooling_until ? Date.parse(row.cooling_until) - START : null]
}

describe('a rest that was noted while the clock was a year ahead', () => {
  beforeEach(() => {
    time = Date.UTC(2027, 0, 2)
    fail(ProviderError.RateLimited, 60_000)
    time = START
  })

  it('is over once the clock is right', () => {
    expect(records.stillUsable(token)?.name).toBe('Key')
    records.worked(token)
    expect(kept()).toEqual(['active', null])
  })

  it('does not outlast one that is given now', () => {
    fail(ProviderError.RateLimited, 1000)
    expect(kept()).toEqual(['cooling', 1000])
    expect(records.stillUsable(token)).toBeNull()
    time += 1000
    expect(records.stillUsable(token)?.name).toBe('Key')
  })

  it('is not shown', () => {
    const row = stores.tokens.get(token.id)
    if (!row) throw new Error('The key is gone')
    expect(restsUntil(row, Date.UTC(2027, 0, 2))).not.toBeNull()
    expect(restsUntil(row, START)).toBeNull()
  })
})

it('a key that works one answer after the other is written from time to time, and at once when its state changes', () => {
  const used = () => Date.parse(stores.tokens.get(token.id)?.last_used_at ?? '') - START
  records.worked(token)
  time += 9000
  records.worked(token)
  expect(used()).toBe(0)
  time += 1000
  records.worked(token)
  expect(used()).toBe(10_000)
  time += 1000
  fail(ProviderError.Unauthorized)
  expect([used(), ...kept()]).toEqual([11_000, 'invalid', null])
})

/** Several calls use one key at once: what one is told must not be undone by what another one hears later. */
describe('a key that several calls use', () => {
  it('rests although an answer that began before it comes to its end', () => {
    fail(ProviderError.RateLimited, 60_000)
    time += 5000
    records.worked(token)
    expect(kept()).toEqual(['cooling', 60_000])
    time += 55_000
    records.worked(token)
    expect(kept()).toEqual(['active', null])
  })

  it('rests for the longer of two times', () => {
    fail(ProviderError.RateLimited, 60_000)
    fail(ProviderError.RateLimited, 1000)
    expect(kept()).toEqual(['cooling', 60_000])
    fail(ProviderError.Overloaded, 90_000)
    expect(kept()).toEqual(['cooling', 90_000])
  })

  it.each([
    [ProviderError.Unauthorized, 'invalid'],
    [ProviderError.PaymentRequired, 'exhausted'],
  ])('stays out after %s, whatever comes of older calls', (code, state) => {
    fail(code)
    fail(ProviderError.RateLimited, 1000)
    records.worked(token)
    time += 3_600_000
    expect(kept()).toEqual([state, null])
    expect(records.stillUsable(token)).toBeNull()
  })

  it('is not used any more once it was deleted, or belongs to another address', () => {
    expect(records.stillUsable(token)?.name).toBe('Key')
    stores.tokens.update({ ...token, base_url: 'http://other.invalid/v1' })
    expect(records.stillUsable(token)).toBeNull()
    stores.tokens.remove(token.id)
    expect(records.stillUsable(token)).toBeNull()
    expect(fail(ProviderError.Unauthorized)).toBe(true)
  })
})

describe('a call without a key', () => {
  it('says nothing about one: its failure is its own to try again', () => {
    expect(
      records.failed(null, new ProviderFailure(ProviderError.RateLimited, 'x', { details: { provider: 'X' } }))
    ).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCodes, ProviderError } from '@contract/errors'
import { ProviderFailure } from '@main/providers/spec/failure'
import { orderTokens } from '@main/routing/token-order'
import { isUsable, stateAfter } from '@main/routing/token-states'

const NOW = Date.UTC(2026, 0, 2)
const tokens = fc.uniqueArray(fc.nat(), { maxLength: 12 })
const strategy = fc.constantFrom('failover' as const, 'sequential' as const, 'random' as const)
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the order of keys', () => {
  it('has each key once, whatever the strategy', () => {
    fc.assert(
      fc.property(tokens, strategy, fc.nat(), chance, (list, how, turn, random) => {
        const copy = [...list]
        const order = orderTokens(list, how, turn, () => random)
        expect(order.toSorted((a, b) => a - b)).toEqual(list.toSorted((a, b) => a - b))
        expect(list).toEqual(copy)
      })
    )
  })

  it('is as given for failover, and goes round for sequential', () => {
    fc.assert(
      fc.property(tokens, fc.nat(), (list, turn) => {
        expect(orderTokens(list, 'failover', turn, Math.random)).toEqual(list)
        const [first] = orderTokens(list, 'sequential', turn, Math.random)
        expect(first).toBe(list[turn % Math.max(1, list.length)])
      })
    )
  })

  it('can begin with any key for random', () => {
    const firsts = [0, 0.34, 0.99].map((random) => orderTokens(['a', 'b', 'c'], 'random', 0, () => random)[0])
    expect(firsts).toEqual(['a', 'b', 'c'])
  })
})

describe('the state of a key', () => {
  it('is changed by failures that are its own, and by no other', () => {
    const changing = errorCodes.filter(
      (code) => stateAfter(new ProviderFailure(code, 'x', { details: { provider: 'X' } }), NOW) !== null
    )
    expect(changing.toSorted()).toEqual(
      [ProviderError.Unauthorized, ProviderError.PaymentRequired, ProviderError.RateLimited].toSorted()
    )
  })

  it('rests for as long as asked, but for an hour at most, and is usable from then on', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(10_000_000_000), { nil: null }), fc.nat(20_000_000), (retryAfterMs, later) => {
        const failure = new ProviderFailure(ProviderError.RateLimited, 'x', {
          details: { provider: 'X' },
          ...(retryAfterMs === null ? {} : { retryAfterMs }),
        })
        const change = stateAfter(failure, NOW)
        const rest = Math.min(retryAfterMs ?? 30_000, 3_600_000)
        expect(change).toEqual({ state: 'cooling', cooling_until: new Date(NOW + rest).toISOString() })
        expect(change && isUsable(change, NOW + later)).toBe(later >= rest)
      })
    )
  })

  it('is not kept from use by a rest that is longer than any: the clock was wrong', () => {
    const until = (ms: number) => ({ state: 'cooling' as const, cooling_until: new Date(NOW + ms).toISOString() })
    expect(isUsable(until(3_600_000), NOW)).toBe(false)
    expect(isUsable(until(3_600_001), NOW)).toBe(true)
    expect(isUsable(until(365 * 86_400_000), NOW)).toBe(true)
  })

  it.each([
    ['unknown', true],
    ['active', true],
    ['exhausted', false],
    ['invalid', false],
  ] as const)('%s: usable %s', (state, usable) => {
    expect(isUsable({ state, cooling_until: null }, NOW)).toBe(usable)
  })
})

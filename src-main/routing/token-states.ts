import { ProviderError } from '@contract/errors'
import type { TokenRow } from '@main/data/token-store'
import type { ProviderFailure } from '@main/providers/spec/failure'

/** How long a token rests when the provider does not say. */
const DEFAULT_COOLING_MS = 30_000
/** The longest rest that a provider can ask for: one hour. A wrong clock there must not lose a key for days. */
const LONGEST_COOLING_MS = 3_600_000

export type StateChange = Pick<TokenRow, 'state' | 'cooling_until'>

/**
 * What a failure says about the token that was used, or null when it says nothing about it. 401 and 403 make it
 * invalid, 402 exhausted, 429 lets it rest; so does a provider that is overloaded and says for how long.
 */
export function stateAfter(failure: ProviderFailure, now: number): StateChange | null {
  switch (failure.code) {
    case ProviderError.Unauthorized:
      return { state: 'invalid', cooling_until: null }
    case ProviderError.PaymentRequired:
      return { state: 'exhausted', cooling_until: null }
    case ProviderError.RateLimited:
      return coolingFor(failure.retryAfterMs ?? DEFAULT_COOLING_MS, now)
    case ProviderError.Overloaded:
      return failure.retryAfterMs === null ? null : coolingFor(failure.retryAfterMs, now)
    default:
      return null
  }
}

const coolingFor = (ms: number, now: number): StateChange => ({
  state: 'cooling',
  cooling_until: new Date(now + Math.min(ms, LONGEST_COOLING_MS)).toISOString(),
})

/** Whether a token may be used now. A cooling one may, once its time is over. */
export function isUsable(row: Pick<TokenRow, 'state' | 'cooling_until'>, now: number): boolean {
  switch (row.state) {
    case 'unknown':
    case 'active':
      return true
    case 'cooling':
      return row.cooling_until === null || Date.parse(row.cooling_until) <= now
    case 'exhausted':
    case 'invalid':
      return false
  }
}

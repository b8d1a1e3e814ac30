import { ProviderError } from '@contract/errors'
import type { ProviderFailure } from '@main/providers/spec/failure'
import { LONGEST_REST_MS, restsUntil, type TokenRest } from '@main/settings/token-rows'

/** How long a token rests when the provider does not say. */
const DEFAULT_COOLING_MS = 30_000

export type StateChange = TokenRest

/**
 * What a failure says about the token that was used, or null when it says nothing about it. 401 and a 403 for its sake make it
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
  cooling_until: new Date(now + Math.min(ms, LONGEST_REST_MS)).toISOString(),
})

/** Whether a token may be used now. A cooling one may, once its time is over. */
export function isUsable(row: TokenRest, now: number): boolean {
  switch (row.state) {
    case 'unknown':
    case 'active':
      return true
    case 'cooling':
      return restsUntil(row, now) === null
    case 'exhausted':
    case 'invalid':
      return false
  }
}

import { ProviderError } from '@contract/errors'
import type { ProviderFailure } from '@main/providers/spec/failure'
import { isSimulated } from './simulations'

/** Longer than this no writer waits: the failure is shown instead. */
const LONGEST_PAUSE_MS = 30_000

/**
 * The pause before another try with the same token: what the provider asks for, else growing from half a second. Null
 * when the provider asks for a longer one than a writer would wait for.
 */
export function pauseBefore({ retryAfterMs }: ProviderFailure, attempt: number): number | null {
  if (retryAfterMs !== null) return retryAfterMs <= LONGEST_PAUSE_MS ? retryAfterMs : null
  return Math.min(500 * 2 ** attempt, LONGEST_PAUSE_MS)
}

/** A rest that the provider itself made short enough to wait out. What the user simulates would only come again. */
export const isShortRest = (failure: ProviderFailure): boolean =>
  failure.retryable && failure.retryAfterMs !== null && !isSimulated(failure)

/**
 * Whether a failure that says nothing about the token may still not meet another one: the provider answered, and would
 * perhaps answer otherwise. A provider that cannot be reached, breaks off or is silent, does so for every token.
 */
export const mayBeTheToken = ({ code, status, retryable }: ProviderFailure): boolean =>
  retryable &&
  code !== ProviderError.Unreachable &&
  code !== ProviderError.BrokeOff &&
  !(code === ProviderError.TimedOut && status === null)

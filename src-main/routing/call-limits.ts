import type { Timeouts } from '@contract/entities/model-config'
import { ProviderError } from '@contract/errors'
import { ProviderFailure } from '@main/providers/spec/failure'

/** How long the first token may take when nothing is set: a local model first loads and reads the prompt. */
const FIRST_TOKEN_MS = { local: 900_000, remote: 180_000 }

/** A signal that ends with the caller's, or when a limit of the call is passed. */
export interface CallLimits {
  signal: AbortSignal
  /** Something has come: from here on, silence and the whole call are limited. */
  onActivity(): void
  /** Stops the clocks. */
  end(): void
}

/**
 * Watches the time of one attempt. Past a limit the signal aborts with `provider_timed_out`, and `reason` says which:
 * - `first_token`: nothing has come;
 * - `idle`: an answer that had begun fell silent. Never sooner than a first token may take when nothing is set: a short
 *   limit for the first token is there to move on quickly, and must not cut a text that the reader has before them;
 * - `total`: only where it is set.
 */
export function startLimits(
  caller: AbortSignal,
  timeouts: Timeouts | undefined,
  provider: { name: string; local: boolean }
): CallLimits {
  const controller = new AbortController()
  const failAfter = (ms: number, reason: 'first_token' | 'idle' | 'total') =>
    setTimeout(
      () =>
        controller.abort(
          new ProviderFailure(ProviderError.TimedOut, `${provider.name} did not answer in ${ms / 1000} s`, {
            details: { provider: provider.name, reason, seconds: ms / 1000 },
            retryable: true,
          })
        ),
      ms
    )
  const usualMs = provider.local ? FIRST_TOKEN_MS.local : FIRST_TOKEN_MS.remote
  const firstTokenMs = timeouts?.firstTokenMs ?? usualMs
  const first = failAfter(firstTokenMs, 'first_token')
  const total = timeouts?.totalMs === undefined ? undefined : failAfter(timeouts.totalMs, 'total')
  let idle: NodeJS.Timeout | undefined
  return {
    signal: AbortSignal.any([caller, controller.signal]),
    onActivity: () => {
      clearTimeout(first)
      if (idle) idle.refresh()
      else idle = failAfter(Math.max(firstTokenMs, usualMs), 'idle')
    },
    end: () => {
      clearTimeout(first)
      clearTimeout(idle)
      clearTimeout(total)
    },
  }
}

import type { Timeouts } from '@contract/entities/model-config'
import { ProviderError } from '@contract/errors'
import { ProviderFailure } from '@main/providers/spec/failure'

/** How long the first token may take when nothing is set: a local model first loads and reads the prompt. */
const FIRST_TOKEN_MS = { local: 900_000, remote: 180_000 }

/** A signal that ends with the caller's, or when a limit of the call is passed. */
export interface CallLimits {
  signal: AbortSignal
  /** The first token has come: only the total limit counts from here. */
  began(): void
  /** Stops the clocks. */
  end(): void
}

/** Watches the time of one attempt. Past a limit the signal aborts with `provider_timed_out`. */
export function startLimits(
  caller: AbortSignal,
  timeouts: Timeouts | undefined,
  provider: { name: string; local: boolean }
): CallLimits {
  const controller = new AbortController()
  const failAfter = (ms: number, reason: 'first_token' | 'total') =>
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
  const firstTokenMs = timeouts?.firstTokenMs ?? (provider.local ? FIRST_TOKEN_MS.local : FIRST_TOKEN_MS.remote)
  const first = failAfter(firstTokenMs, 'first_token')
  const total = timeouts?.totalMs === undefined ? undefined : failAfter(timeouts.totalMs, 'total')
  return {
    signal: AbortSignal.any([caller, controller.signal]),
    began: () => clearTimeout(first),
    end: () => {
      clearTimeout(first)
      clearTimeout(total)
    },
  }
}

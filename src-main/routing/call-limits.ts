import type { Timeouts } from '@contract/entities/model-config'
import { ProviderError } from '@contract/errors'
import { abortWith } from '@main/platform/abort-with'
import { ProviderFailure } from '@main/providers/spec/failure'

/** How long the first token may take when nothing is set: a local model first loads and reads the prompt. */
const FIRST_TOKEN_MS = { local: 900_000, remote: 180_000 }

/** The limits of one attempt. */
export interface CallLimits {
  /** Ends with the call, or when a limit of the attempt is passed. */
  signal: AbortSignal
  /** Something has come: from here on, silence is limited. */
  onActivity(): void
  /** Stops the clocks. */
  end(): void
}

/** The limit of a whole call: its attempts with every token, the pauses between them, and the waits for a free place. */
export interface WholeCallLimit {
  /** Ends with the caller's, or when the time is over. */
  signal: AbortSignal
  /** The first attempt has its place. Only then the clock starts; further calls do nothing. */
  begin(): void
  /** Milliseconds that are left; infinite without a limit. */
  leftMs(): number
  /** Stops the clock. */
  end(): void
}

type Limit = 'first_token' | 'idle' | 'total'
const limits: ReadonlySet<string> = new Set<Limit>(['first_token', 'idle', 'total'])

/** Ends by a `provider_timed_out` that says which limit was passed. */
const passed = (provider: string, ms: number, reason: Limit) =>
  new ProviderFailure(ProviderError.TimedOut, `${provider} did not answer in ${ms / 1000} s`, {
    details: { provider, reason, seconds: ms / 1000 },
    retryable: true,
  })

/** Whether a call was ended by a limit of its time, while the provider was at work. */
export const isTimeLimit = ({ code, details }: ProviderFailure): boolean => {
  const reason = details?.['reason']
  return code === ProviderError.TimedOut && typeof reason === 'string' && limits.has(reason)
}

/**
 * Watches the time of one attempt. Past a limit the signal aborts with `provider_timed_out`, and `reason` says which:
 * - `first_token`: nothing has come;
 * - `idle`: an answer that had begun fell silent. Never sooner than a first token may take when nothing is set: a short
 *   limit for the first token is there to move on quickly, and must not cut a text that the reader has before them.
 */
export function startLimits(
  call: AbortSignal,
  timeouts: Timeouts | undefined,
  provider: { name: string; local: boolean }
): CallLimits {
  const { controller, signal, letGo } = abortWith(call)
  const failAfter = (ms: number, reason: Limit) =>
    setTimeout(() => controller.abort(passed(provider.name, ms, reason)), ms)
  const usualMs = provider.local ? FIRST_TOKEN_MS.local : FIRST_TOKEN_MS.remote
  const firstTokenMs = timeouts?.firstTokenMs ?? usualMs
  const first = failAfter(firstTokenMs, 'first_token')
  let idle: NodeJS.Timeout | undefined
  return {
    signal,
    onActivity: () => {
      clearTimeout(first)
      if (idle) idle.refresh()
      else idle = failAfter(Math.max(firstTokenMs, usualMs), 'idle')
    },
    end: () => {
      letGo()
      clearTimeout(first)
      clearTimeout(idle)
    },
  }
}

/** Watches the time of a whole call; past the limit the signal aborts with `provider_timed_out`, `reason` `total`. */
export function limitWholeCall(caller: AbortSignal, totalMs: number | undefined, provider: string): WholeCallLimit {
  if (totalMs === undefined) return { signal: caller, begin: () => {}, leftMs: () => Infinity, end: () => {} }
  const { controller, signal, letGo } = abortWith(caller)
  let began: number | null = null
  let timer: NodeJS.Timeout | undefined
  return {
    signal,
    begin: () => {
      if (began !== null) return
      began = performance.now()
      timer = setTimeout(() => controller.abort(passed(provider, totalMs, 'total')), totalMs)
    },
    leftMs: () => (began === null ? totalMs : totalMs - (performance.now() - began)),
    end: () => {
      letGo()
      clearTimeout(timer)
    },
  }
}

import { ProviderError } from '@contract/errors'
import type { Pause } from '@main/platform/pause'
import { ProviderFailure } from '@main/providers/spec/failure'

/** So often a request is made again that the provider put off, and so long it is waited for. */
const PUT_OFF = { times: 5, longestMs: 10 * 60_000, usualMs: 30_000 }

/**
 * Asks, and asks again what the provider put off because it has no room now: that was surely not begun, and not paid. What
 * may have been is not asked for again.
 *
 * @param onWait is told before each wait
 */
export async function untilTaken<Answer>(
  { pause, signal }: { pause: Pause; signal: AbortSignal },
  ask: () => Promise<Answer>,
  onWait: () => void
): Promise<Answer> {
  for (let times = 0; ; times += 1) {
    try {
      return await ask()
    } catch (error) {
      const waitMs = signal.aborted ? null : putOffMs(error)
      if (waitMs === null || times >= PUT_OFF.times) throw error
      onWait()
      await pause(waitMs + 20, signal)
    }
  }
}

/** How long a provider that has no room wants to be left alone, in milliseconds; null for every other failure. */
function putOffMs(error: unknown): number | null {
  if (!(error instanceof ProviderFailure) || error.status === null) return null
  if (error.code !== ProviderError.RateLimited && error.code !== ProviderError.Overloaded) return null
  const waitMs = error.retryAfterMs ?? PUT_OFF.usualMs
  return waitMs <= PUT_OFF.longestMs ? waitMs : null
}

import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds of work at a time, and of rest for everything else after each. */
const SLICE_MS = 6
const REST_MS = 4

/**
 * Does work that takes long in small pieces, so that nothing else waits for it. `step` does one small piece and answers
 * whether more is left; the pieces of one slice are done in one call of `together` (a transaction, for example). Rejects
 * with the signal's reason when it aborts between two slices.
 */
export async function inSlices(
  step: () => boolean,
  together: (work: () => boolean) => boolean,
  signal: AbortSignal
): Promise<void> {
  const slice = () => {
    const end = performance.now() + SLICE_MS
    do if (!step()) return false
    while (performance.now() < end)
    return true
  }
  signal.throwIfAborted()
  while (together(slice)) {
    // One slice after the other is the point.
    await pause(REST_MS)
    signal.throwIfAborted()
  }
}

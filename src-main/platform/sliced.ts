import { inSlices } from './slices'

/**
 * Runs a generator to its end and returns its result. Between its steps other work gets its turn. Rejects with the signal's
 * reason.
 *
 * @param signal never, unless said
 */
export async function sliced<Result>(
  work: Generator<unknown, Result>,
  signal: AbortSignal = new AbortController().signal
): Promise<Result> {
  let step = work.next()
  if (!step.done)
    await inSlices(
      () => {
        step = work.next()
        return !step.done
      },
      (slice) => slice(),
      signal
    )
  if (!step.done) throw new Error('The work ended before its end')
  return step.value
}

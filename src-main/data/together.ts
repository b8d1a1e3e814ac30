interface Waiting {
  /** Does the work, inside of the commit; returns what is done once that is on the disk. */
  work(): () => void
  fail(error: unknown): void
}

/**
 * Does work on the database together with what else comes in the same turn of the event loop: all of it is one commit, and
 * the disk is waited for once. What throws is undone alone. `committed` is called once the work is on the disk, before
 * anything else has its turn.
 */
export type Together = <Result>(work: () => Result, committed?: (result: Result) => void) => Promise<Result>

/** Rejects with what the work threw, or with why nothing could be kept. */
export function createTogether(transaction: <Result>(work: () => Result) => Result): Together {
  let waiting: Waiting[] = []

  const commit = () => {
    const together = waiting
    waiting = []
    const ends: (() => void)[] = []
    try {
      transaction(() => {
        for (const { work, fail } of together) {
          try {
            ends.push(transaction(work))
          } catch (error) {
            ends.push(() => fail(error))
          }
        }
      })
    } catch (error) {
      for (const { fail } of together) fail(error)
      return
    }
    for (const end of ends) end()
  }

  return (work, committed) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commit)
      waiting.push({
        work: () => {
          const result = work()
          return () => {
            committed?.(result)
            resolve(result)
          }
        },
        fail: reject,
      })
    })
}

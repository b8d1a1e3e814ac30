/** One thing that has room for so many calls at once: a provider, a token, a server. Null: for as many as come. */
export interface SlotWant {
  key: string
  limit: number | null
}

/**
 * Limits how many calls run at once. A call takes a place in everything it needs together or waits, so that no call holds
 * one thing while it waits for another. Waiting calls go in the order they came; one that needs something else than the
 * first is not held up by it.
 */
export interface Slots {
  /** Waits for a place in all; rejects with the signal's reason. The function it gives frees the places, once. */
  take(wants: readonly SlotWant[], signal: AbortSignal): Promise<() => void>
  /** Calls that run under a key. */
  running(key: string): number
  /** Calls that wait for a key, and perhaps for others. */
  waiting(key: string): number
}

interface Waiter {
  wants: readonly SlotWant[]
  start: () => void
}

export function createSlots(): Slots {
  const taken = new Map<string, number>()
  const queue: Waiter[] = []

  const count = (key: string) => taken.get(key) ?? 0
  const add = (wants: readonly SlotWant[], change: 1 | -1) => {
    for (const { key } of wants) {
      const left = count(key) + change
      if (left === 0) taken.delete(key)
      else taken.set(key, left)
    }
  }

  /** Starts every waiting call that has room, oldest first; what a call waits for is kept for it, so that it is not overtaken. */
  const advance = () => {
    const claimed = new Set<string>()
    for (const waiter of [...queue]) {
      const free = waiter.wants.every(({ key, limit }) => !claimed.has(key) && (limit === null || count(key) < limit))
      if (free) {
        queue.splice(queue.indexOf(waiter), 1)
        add(waiter.wants, 1)
        waiter.start()
      } else for (const { key, limit } of waiter.wants) if (limit !== null && count(key) >= limit) claimed.add(key)
    }
  }

  return {
    running: count,
    waiting: (key) => queue.filter(({ wants }) => wants.some((want) => want.key === key)).length,
    take: (wants, signal) =>
      new Promise((resolve, reject) => {
        const refuse = () => {
          const index = queue.indexOf(waiter)
          if (index >= 0) queue.splice(index, 1)
          reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)))
          advance()
        }
        const waiter: Waiter = {
          wants,
          start: () => {
            signal.removeEventListener('abort', refuse)
            let held = true
            resolve(() => {
              if (!held) return
              held = false
              add(wants, -1)
              advance()
            })
          },
        }
        if (signal.aborted) {
          refuse()
          return
        }
        signal.addEventListener('abort', refuse, { once: true })
        queue.push(waiter)
        advance()
      }),
  }
}

/** One thing that has room for so many calls at once: a provider, a token, a server. Null: for as many as come. */
export interface Resource {
  key: string
  limit: number | null
}

/** One way in which a call can go, with all that it needs. */
export interface SlotOption {
  resources: readonly Resource[]
}

/**
 * Limits how many calls run at once. A call takes a place in everything it needs together or waits, so that no call holds
 * one thing while it waits for another. Waiting calls go in the order they came; one that needs something else than the
 * first is not held up by it.
 */
export interface Slots {
  /** Waits for a place in all; rejects with the signal's reason. The function it gives frees the places, once. */
  take(resources: readonly Resource[], signal: AbortSignal): Promise<() => void>
  /**
   * The same for a call that can go several ways: it takes the first one that has room. The ways are asked for anew
   * whenever something may have changed; there must always be one. Rejects with what `options` throws.
   */
  takeOneOf<Option extends SlotOption>(
    options: () => readonly Option[],
    signal: AbortSignal
  ): Promise<{ option: Option; free: () => void }>
  /** The ways that calls can go have changed: looks whether one that waits can start now. */
  recheckQueue(): void
  /** Calls that run under a key. */
  running(key: string): number
  /** Calls that wait for a key, and perhaps for others. */
  waiting(key: string): number
}

interface Waiter {
  /** Starts the call where one of its ways is open, or ends it where its ways cannot be told. */
  tryStart(isOpen: (option: SlotOption) => boolean): void
  /** What it waits for, as of the last try. */
  waitsFor: readonly Resource[]
}

export function createSlots(): Slots {
  const taken = new Map<string, number>()
  const queue = new Set<Waiter>()

  const count = (key: string) => taken.get(key) ?? 0
  const isFull = ({ key, limit }: Resource) => limit !== null && count(key) >= limit
  const add = (resources: readonly Resource[], change: 1 | -1) => {
    for (const { key } of resources) {
      const left = count(key) + change
      if (left === 0) taken.delete(key)
      else taken.set(key, left)
    }
  }

  /** Starts every waiting call that has room, oldest first; what a call waits for is kept for it, so that it is not overtaken. */
  const advance = () => {
    const claimed = new Set<string>()
    for (const waiter of queue) {
      waiter.tryStart(({ resources }) => resources.every((one) => !claimed.has(one.key) && !isFull(one)))
      if (queue.has(waiter)) for (const one of waiter.waitsFor) if (isFull(one)) claimed.add(one.key)
    }
  }

  const takeOneOf: Slots['takeOneOf'] = <Option extends SlotOption>(
    options: () => readonly Option[],
    signal: AbortSignal
  ) =>
    new Promise<{ option: Option; free: () => void }>((resolve, reject) => {
      const leave = () => {
        queue.delete(waiter)
        signal.removeEventListener('abort', refuse)
      }
      const refuse = () => {
        leave()
        reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)))
        advance()
      }
      const start = (option: Option) => {
        leave()
        add(option.resources, 1)
        let held = true
        const free = () => {
          if (!held) return
          held = false
          add(option.resources, -1)
          advance()
        }
        resolve({ option, free })
      }
      const waiter: Waiter = {
        waitsFor: [],
        tryStart: (isOpen) => {
          try {
            const offered = options()
            waiter.waitsFor = offered.flatMap(({ resources }) => resources)
            const option = offered.find(isOpen)
            if (option) start(option)
          } catch (error) {
            // A call that cannot say where it wants to go ends alone: the others in the line go on.
            leave()
            reject(error)
          }
        },
      }
      if (signal.aborted) {
        refuse()
        return
      }
      signal.addEventListener('abort', refuse, { once: true })
      queue.add(waiter)
      advance()
    })

  return {
    running: count,
    waiting: (key) => [...queue].filter(({ waitsFor }) => waitsFor.some((one) => one.key === key)).length,
    recheckQueue: advance,
    takeOneOf,
    take: async (resources, signal) => {
      const option = { resources }
      const { free } = await takeOneOf(() => [option], signal)
      return free
    },
  }
}

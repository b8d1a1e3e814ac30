import type { AnyEvent, EventName, EventPayload } from '@contract/events'
import type { Topic } from '@contract/route'

/** Everything main tells the renderer goes through here; a shell carries it on. */
export interface EventHub {
  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** Says that data changed. Changes of one tick of the event loop become one event. */
  changed(...topics: Topic[]): void
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: AnyEvent) => void): () => void
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: AnyEvent) => void>()
  let pending: Set<Topic> | null = null

  const publish: EventHub['publish'] = (name, payload) => {
    // One event of the union: the compiler cannot see that a name and its own payload belong together.
    const event = { name, payload } as AnyEvent
    for (const listener of listeners) listener(event)
  }

  return {
    publish,
    changed: (...topics) => {
      if (!pending) {
        pending = new Set()
        queueMicrotask(() => {
          const all = [...(pending ?? [])]
          pending = null
          publish('data.changed', { topics: all })
        })
      }
      for (const topic of topics) pending.add(topic)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

import type { AnyEvent, EventName, EventPayload } from '@contract/events'
import type { Topic } from '@contract/route'

/** Everything main tells the renderer goes through here; a shell carries it on. */
export interface EventHub {
  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /**
   * Says that data changed: a whole topic, or only the rows that are named (see `Topic`). Changes of one tick of the event
   * loop become one event.
   */
  changed(...changes: (Topic | ChangedRows)[]): void
  /** Returns the function that ends the subscription. A listener that throws keeps nothing from the others. */
  subscribe(listener: (event: AnyEvent) => void): () => void
  /** Who is told what a listener threw: the newest only. */
  reportFailures(report: (error: unknown) => void): void
}

export interface ChangedRows {
  topic: Topic
  ids: readonly string[]
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: AnyEvent) => void>()
  /** For each topic the rows that changed; null stands for all. */
  let pending: Map<Topic, Set<string> | null> | null = null
  let report: (error: unknown) => void = () => {}

  const publish: EventHub['publish'] = (name, payload) => {
    // One event of the union: the compiler cannot see that a name and its own payload belong together.
    const event = { name, payload } as AnyEvent
    for (const listener of listeners)
      try {
        listener(event)
      } catch (error) {
        report(error)
      }
  }

  return {
    publish,
    changed: (...changes) => {
      if (!pending) {
        pending = new Map()
        queueMicrotask(() => {
          const all = pending ?? new Map<Topic, Set<string> | null>()
          pending = null
          publish('data.changed', { topics: [...all.keys()], only: onlyRows(all) })
        })
      }
      for (const change of changes) {
        const { topic, ids } = typeof change === 'string' ? { topic: change, ids: null } : change
        const known = pending.get(topic)
        if (ids === null || known === null) pending.set(topic, null)
        else pending.set(topic, new Set([...(known ?? []), ...ids]))
      }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    reportFailures: (to) => {
      report = to
    },
  }
}

function onlyRows(changes: ReadonlyMap<Topic, ReadonlySet<string> | null>): EventPayload<'data.changed'>['only'] {
  const only: EventPayload<'data.changed'>['only'] = {}
  for (const [topic, ids] of changes) if (ids) only[topic] = [...ids]
  return only
}

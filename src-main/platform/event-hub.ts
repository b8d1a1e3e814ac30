import type { AnyEvent, EventName, EventPayload } from '@contract/events'
import { hasRows, type RowTopic, type SingleTopic, type Topic } from '@contract/route'

/** Everything main tells the renderer goes through here; a shell carries it on. */
export interface EventHub {
  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /**
   * Says that data changed: which rows of a topic (see `topics`), or a topic of which there is one. Changes of one tick of
   * the event loop become one event, and so many rows of a topic become all of it.
   */
  changed(...changes: (SingleTopic | ChangedRows)[]): void
  /** Returns the function that ends the subscription. A listener that throws keeps nothing from the others. */
  subscribe(listener: (event: AnyEvent) => void): () => void
  /** Who is told what a listener threw: the newest only. */
  reportFailures(report: (error: unknown) => void): void
}

export interface ChangedRows {
  topic: RowTopic
  ids: readonly string[]
}

/** More rows than these are not named one by one: whoever reads the topic asks for all of it. */
const MOST_NAMED = 500

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
          const changed = [...all].filter(([, ids]) => ids === null || ids.size > 0)
          if (changed.length > 0)
            publish('data.changed', { topics: changed.map(([topic]) => topic), only: onlyRows(changed) })
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

function onlyRows(changes: readonly [Topic, ReadonlySet<string> | null][]): EventPayload<'data.changed'>['only'] {
  const only: EventPayload<'data.changed'>['only'] = {}
  for (const [topic, ids] of changes) if (ids && hasRows(topic) && ids.size <= MOST_NAMED) only[topic] = [...ids]
  return only
}

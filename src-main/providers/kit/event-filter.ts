import type { ChatEvent } from '@main/providers/spec/chat'

/**
 * Looks at the events of one answer, one after the other, and says what is to come in the place of each. One that is kept
 * back comes with a later one.
 */
export type EventFilter = (event: ChatEvent) => readonly ChatEvent[]

/** What comes of an event when it has gone through all filters. Each stream of its own would be waited for at each word. */
export function through(filters: readonly EventFilter[], event: ChatEvent): readonly ChatEvent[] {
  let events: readonly ChatEvent[] = [event]
  for (const filter of filters) {
    const [only, ...others] = events
    if (!only) break
    events = others.length === 0 ? filter(only) : events.flatMap(filter)
  }
  return events
}

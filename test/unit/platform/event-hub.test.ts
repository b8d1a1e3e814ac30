import { expect, it } from 'vitest'
import type { AnyEvent } from '@contract/events'
import { createEventHub } from '@main/platform/event-hub'

const changes = async (...tick: Parameters<ReturnType<typeof createEventHub>['changed']>[]) => {
  const events: AnyEvent[] = []
  const hub = createEventHub()
  hub.subscribe((event) => events.push(event))
  for (const change of tick) hub.changed(...change)
  await Promise.resolve()
  return events
}

it('names the rows that changed, once for each tick', async () => {
  expect(
    await changes(['tokens'], [{ topic: 'stories', ids: ['a', 'b'] }], [{ topic: 'stories', ids: ['b', 'c'] }])
  ).toEqual([{ name: 'data.changed', payload: { topics: ['tokens', 'stories'], only: { stories: ['a', 'b', 'c'] } } }])
})

it('names no rows of a topic that changed as a whole, before or after', async () => {
  const whole = [{ name: 'data.changed', payload: { topics: ['stories'], only: {} } }]
  expect(await changes(['stories'], [{ topic: 'stories', ids: ['a'] }])).toEqual(whole)
  expect(await changes([{ topic: 'stories', ids: ['a'] }], ['stories'])).toEqual(whole)
})

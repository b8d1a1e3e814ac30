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

it('a listener that throws keeps nothing from the others, nor from who speaks, and is reported', async () => {
  const events = createEventHub()
  const reported: unknown[] = []
  const heard: AnyEvent[] = []
  events.reportFailures((error) => reported.push(error))
  const fault = new Error('The window is gone')
  const leave = events.subscribe(() => {
    throw fault
  })
  events.subscribe((event) => heard.push(event))
  expect(() => events.publish('data.changed', { topics: ['stories'], only: {} })).not.toThrow()
  events.changed('presets')
  await Promise.resolve()
  expect(heard.map(({ payload }) => payload)).toEqual([
    { topics: ['stories'], only: {} },
    { topics: ['presets'], only: {} },
  ])
  expect(reported).toEqual([fault, fault])
  leave()
  events.publish('data.changed', { topics: ['stories'], only: {} })
  expect(reported).toHaveLength(2)
})

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
    await changes(['vault'], [{ topic: 'stories', ids: ['a', 'b'] }], [{ topic: 'stories', ids: ['b', 'c'] }])
  ).toEqual([{ name: 'data.changed', payload: { topics: ['vault', 'stories'], only: { stories: ['a', 'b', 'c'] } } }])
})

it('names no rows where there are so many that all is asked for anyway', async () => {
  const many = Array.from({ length: 501 }, (_, index) => `${index}`)
  expect(await changes([{ topic: 'models', ids: many.slice(1) }])).toMatchObject([
    { payload: { only: { models: many.slice(1) } } },
  ])
  expect(await changes([{ topic: 'models', ids: many }])).toEqual([
    { name: 'data.changed', payload: { topics: ['models'], only: {} } },
  ])
})

it('says nothing where no row changed', async () => {
  expect(await changes([{ topic: 'models', ids: [] }])).toEqual([])
  expect(await changes([{ topic: 'models', ids: [] }, 'vault'])).toEqual([
    { name: 'data.changed', payload: { topics: ['vault'], only: {} } },
  ])
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
  events.changed('vault')
  await Promise.resolve()
  expect(heard.map(({ payload }) => payload)).toEqual([
    { topics: ['stories'], only: {} },
    { topics: ['vault'], only: {} },
  ])
  expect(reported).toEqual([fault, fault])
  leave()
  events.publish('data.changed', { topics: ['stories'], only: {} })
  expect(reported).toHaveLength(2)
})

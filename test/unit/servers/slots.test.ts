import { expect, it } from 'vitest'
import { createSlots, type SlotOption } from '@main/routing/slots'

const { signal } = new AbortController()
const at = (key: string, limit: number | null = 1): SlotOption => ({ resources: [{ key, limit }] })

it('a call that can go several ways takes the first one with room, and is not overtaken by a later one', async () => {
  const slots = createSlots()
  const a = at('a')
  const b = at('b')
  const both = () => [a, b]
  const first = await slots.takeOneOf(both, signal)
  const second = await slots.takeOneOf(both, signal)
  expect([first.option, second.option]).toEqual([a, b])
  const order: string[] = []
  const third = slots.takeOneOf(both, signal).then((place) => {
    order.push('third')
    return place
  })
  const fourth = slots
    .takeOneOf(() => [b], signal)
    .then((place) => {
      order.push('fourth')
      return place
    })
  expect([slots.waiting('a'), slots.waiting('b')]).toEqual([1, 2])
  second.free()
  expect((await third).option).toBe(b)
  ;(await third).free()
  await fourth
  expect(order).toEqual(['third', 'fourth'])
})

it('a way that opens up later is seen when it is looked for again', async () => {
  const slots = createSlots()
  let limit = 1
  const options = () => [at('a', limit)]
  await slots.takeOneOf(options, signal)
  const second = slots.takeOneOf(options, signal)
  expect(slots.waiting('a')).toBe(1)
  limit = 2
  slots.recheckQueue()
  await second
  expect([slots.running('a'), slots.waiting('a')]).toEqual([2, 0])
})

it('a call that cannot say where it wants to go ends alone, and holds up no other', async () => {
  const slots = createSlots()
  const free = await slots.take([{ key: 'a', limit: 1 }], signal)
  let broken = false
  const bad = slots.takeOneOf(() => {
    if (broken) throw new Error('A row of the database is damaged')
    return [at('a')]
  }, signal)
  const good = slots.take([{ key: 'a', limit: 1 }], signal)
  broken = true
  free()
  await expect(bad).rejects.toThrow('A row of the database is damaged')
  ;(await good)()
  await expect(
    slots.takeOneOf(() => {
      throw new Error('From the beginning')
    }, signal)
  ).rejects.toThrow('From the beginning')
  expect([slots.running('a'), slots.waiting('a')]).toEqual([0, 0])
})

it('a call that is stopped while it waits leaves the line', async () => {
  const slots = createSlots()
  const free = await slots.take([{ key: 'a', limit: 1 }], signal)
  const stop = new AbortController()
  const waiting = slots.take([{ key: 'a', limit: 1 }], stop.signal)
  stop.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  expect(slots.waiting('a')).toBe(0)
  free()
  expect(slots.running('a')).toBe(0)
})

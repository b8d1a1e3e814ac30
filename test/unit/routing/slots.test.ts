import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSlots, type Resource } from '@main/routing/slots'

const never = () => new AbortController().signal
/** Everything that was decided by now has happened. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** What calls can resource: two providers with keys of their own, and a limit for each thing. */
const anyWants = (limits: Readonly<Record<string, number | null>>): fc.Arbitrary<Resource[]> =>
  fc
    .constantFrom(
      ['provider:a'],
      ['provider:a', 'token:1'],
      ['provider:a', 'token:2'],
      ['provider:b'],
      ['provider:b', 'token:3']
    )
    .map((keys) => keys.map((key) => ({ key, limit: limits[key] ?? null })))
const anyLimit = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null })
const KEYS = ['provider:a', 'provider:b', 'token:1', 'token:2', 'token:3']
const anyLimits = fc.record(Object.fromEntries(KEYS.map((key) => [key, anyLimit])))

interface Caller {
  resources: Resource[]
  abort: AbortController
  state: 'waiting' | 'running' | 'ended' | 'aborted'
  free: () => void
}

const sameKeys = (a: readonly Resource[], b: readonly Resource[]) =>
  a.length === b.length && a.every(({ key }, index) => key === b[index]?.key)

const anyWorld = anyLimits.chain((limits) =>
  fc.record({
    limits: fc.constant(limits),
    steps: fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('take' as const), resources: anyWants(limits) }),
        fc.record({ do: fc.constantFrom('free' as const, 'abort' as const), pick: fc.nat() })
      ),
      { maxLength: 40 }
    ),
  })
)

describe('slots', () => {
  it('are never more than the limit, go to whoever came first for the same, and serve everyone in the end', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async ({ limits, steps }) => {
        const slots = createSlots()
        const callers: Caller[] = []
        /** Callers that got a place while someone who resources the very same, and came before, did not. */
        let overtaken = 0
        const runningUnder = (key: string) =>
          callers.filter(
            ({ state, resources }) => state === 'running' && resources.some((resource) => resource.key === key)
          ).length

        const begin = (resources: Resource[]) => {
          const caller: Caller = { resources, abort: new AbortController(), state: 'waiting', free: () => {} }
          callers.push(caller)
          const started = (free: () => void) => {
            const before = callers.slice(0, callers.indexOf(caller))
            if (before.some((one) => one.state === 'waiting' && sameKeys(one.resources, resources))) overtaken += 1
            caller.state = 'running'
            return (caller.free = free)
          }
          void slots.take(resources, caller.abort.signal).then(started, () => (caller.state = 'aborted'))
        }
        const check = async () => {
          await settled()
          expect(overtaken).toBe(0)
          for (const key of KEYS) {
            const running = runningUnder(key)
            expect(slots.running(key)).toBe(running)
            expect(running).toBeLessThanOrEqual(limits[key] ?? Number.MAX_SAFE_INTEGER)
          }
          // Nobody waits for nothing: something that they resource is full.
          for (const { resources } of callers.filter(({ state }) => state === 'waiting'))
            expect(
              resources.some(({ key, limit }) => limit !== null && slots.running(key) + slots.waiting(key) > limit)
            ).toBe(true)
        }
        const pickOf = (state: Caller['state'], pick: number) => {
          const some = callers.filter((one) => one.state === state)
          return some[pick % Math.max(1, some.length)]
        }

        for (const step of steps) {
          if (step.do === 'take') begin(step.resources)
          else if (step.do === 'abort') pickOf('waiting', step.pick)?.abort.abort(new Error('left'))
          else {
            const caller = pickOf('running', step.pick)
            caller?.free()
            // Freeing twice must not make room twice.
            caller?.free()
            if (caller) caller.state = 'ended'
          }
          await check()
        }
        // Each one that ends lets others in; nobody is left in the end.
        for (let round = 0; round <= callers.length; round += 1) {
          for (const caller of callers.filter(({ state }) => state === 'running')) {
            caller.free()
            caller.state = 'ended'
          }
          await check()
        }
        expect(callers.filter(({ state }) => state === 'waiting' || state === 'running')).toEqual([])
        for (const key of KEYS) expect([slots.running(key), slots.waiting(key)]).toEqual([0, 0])
      }),
      { numRuns: 150 }
    )
  }, 60_000)

  it('do not let calls with another key pass by one that waits for the provider', async () => {
    const slots = createSlots()
    const order: string[] = []
    const one = (name: string, token: string) =>
      slots
        .take(
          [
            { key: 'provider:a', limit: 1 },
            { key: token, limit: 1 },
          ],
          never()
        )
        .then((free) => {
          order.push(name)
          return free
        })
    const first = await one('first', 'token:1')
    const second = one('second', 'token:1')
    const third = one('third', 'token:2')
    first()
    ;(await second)()
    ;(await third)()
    expect(order).toEqual(['first', 'second', 'third'])
  })

  it('are not taken by a caller that has left before', async () => {
    const slots = createSlots()
    const left = AbortSignal.abort(new Error('left'))
    await expect(slots.take([{ key: 'a', limit: 1 }], left)).rejects.toThrow('left')
    expect([slots.running('a'), slots.waiting('a')]).toEqual([0, 0])
  })

  it('listen no longer to a caller that got its place', async () => {
    const slots = createSlots()
    const abort = new AbortController()
    const free = await slots.take([{ key: 'a', limit: 1 }], abort.signal)
    abort.abort(new Error('late'))
    expect(slots.running('a')).toBe(1)
    free()
    expect(slots.running('a')).toBe(0)
  })
})

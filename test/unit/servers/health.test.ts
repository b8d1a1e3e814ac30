import { expect, it } from 'vitest'
import { ServerId } from '@contract/ids'
import { createHealth, pauseAfter } from '@main/features/servers/health'
import { newId } from '@main/platform/ids'

/** Timers that the test moves by hand. */
function handTimers() {
  const planned: { ms: number; work: () => void }[] = []
  return {
    planned,
    schedule: (ms: number, work: () => void) => {
      const one = { ms, work }
      planned.push(one)
      return () => {
        const at = planned.indexOf(one)
        if (at >= 0) planned.splice(at, 1)
      }
    },
    /** Runs the earliest one, and lets what it starts come to its end. */
    next: async () => {
      const one = planned.toSorted((a, b) => a.ms - b.ms)[0]
      if (!one) throw new Error('Nothing is planned')
      planned.splice(planned.indexOf(one), 1)
      one.work()
      await new Promise((resolve) => setImmediate(resolve))
      return one.ms
    },
  }
}

it('asks a dead server less and less often, and a living one at a steady pace', () => {
  const pauses = (local: boolean) => [0, 1, 2, 3, 7, 50].map((failures) => pauseAfter(failures, local))
  expect(pauses(false)).toEqual([30_000, 5000, 10_000, 20_000, 300_000, 300_000])
  // On this computer it is found within half a minute, however long it was not there.
  expect(pauses(true)).toEqual([30_000, 5000, 10_000, 15_000, 15_000, 15_000])
})

it('backs off while a server is dead, and is back at the usual pace once it answers', async () => {
  const timers = handTimers()
  const id = newId(ServerId)
  let up = false
  const health = createHealth({ isLocal: () => false, ask: () => Promise.resolve(up), schedule: timers.schedule })
  health.watch([id])
  expect([await timers.next(), await timers.next(), await timers.next()]).toEqual([0, 5000, 10_000])
  up = true
  expect([await timers.next(), await timers.next(), await timers.next()]).toEqual([20_000, 30_000, 30_000])
  health.stop()
  expect(timers.planned).toEqual([])
})

it('leaves a server alone that is no longer watched, and does not ask one twice that was just heard', async () => {
  const timers = handTimers()
  const [one, other] = [newId(ServerId), newId(ServerId)]
  const asked: ServerId[] = []
  const health = createHealth({
    isLocal: () => false,
    ask: (id) => {
      asked.push(id)
      return Promise.resolve(true)
    },
    schedule: timers.schedule,
  })
  health.heard(one, true)
  health.watch([one, other])
  expect(timers.planned.map(({ ms }) => ms)).toEqual([30_000, 0])
  await timers.next()
  health.watch([other])
  expect(timers.planned).toHaveLength(1)
  health.lookNow(other)
  expect(await timers.next()).toBe(0)
  expect(asked).toEqual([other, other])
})

import type { ServerId } from '@contract/ids'

/** A server that answers is asked again after this long. */
const USUAL_MS = 30_000
/** One that does not: soon at first, then less and less often. */
const FIRST_PAUSE_MS = 5000
const LONGEST_PAUSE_MS = 300_000
/** On this computer nothing is lost by asking, and somebody who has just started Ollama looks at the screen. */
export const LOCAL_PAUSE_MS = 15_000

/** Milliseconds until a server is asked again, after so many failures in a row. `local`: it runs on this computer. */
export function pauseAfter(failures: number, local: boolean): number {
  if (failures === 0) return USUAL_MS
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), local ? LOCAL_PAUSE_MS : LONGEST_PAUSE_MS)
}

/** Runs work later; the function it gives calls it off. */
export type Schedule = (ms: number, work: () => void) => () => void

/** Timers that keep no process alive. */
export const schedule: Schedule = (ms, work) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/** Asks servers again and again in the background, each at a pace of its own. */
export interface Health {
  /** Watches these servers and no others. One that is new is asked at once. */
  watch(ids: readonly ServerId[]): void
  /** Asks one now, and counts its failures anew. */
  lookNow(id: ServerId): void
  /** What was learnt in another way: from here on it is watched, and next asked when its time comes. */
  heard(id: ServerId, up: boolean): void
  stop(): void
}

interface Watched {
  failures: number
  callOff: () => void
}

export function createHealth(ports: {
  /** Asks a server; whether it is there. Never throws. */
  ask: (id: ServerId) => Promise<boolean>
  /** Whether a server runs on this computer. */
  isLocal: (id: ServerId) => boolean
  schedule: Schedule
}): Health {
  const { ask, isLocal } = ports
  const watched = new Map<ServerId, Watched>()
  let stopped = false

  const plan = (id: ServerId, one: Watched, ms: number) => {
    one.callOff()
    one.callOff = ports.schedule(ms, () => void look(id, one))
  }
  const look = async (id: ServerId, one: Watched) => {
    const up = await ask(id)
    if (stopped || watched.get(id) !== one) return
    one.failures = up ? 0 : one.failures + 1
    plan(id, one, pauseAfter(one.failures, isLocal(id)))
  }
  const drop = (id: ServerId) => {
    watched.get(id)?.callOff()
    watched.delete(id)
  }

  return {
    watch: (ids) => {
      if (stopped) return
      for (const id of watched.keys()) if (!ids.includes(id)) drop(id)
      for (const id of ids)
        if (!watched.has(id)) {
          const one: Watched = { failures: 0, callOff: () => {} }
          watched.set(id, one)
          plan(id, one, 0)
        }
    },
    lookNow: (id) => {
      const one = watched.get(id)
      if (!one || stopped) return
      one.failures = 0
      plan(id, one, 0)
    },
    heard: (id, up) => {
      if (stopped) return
      const one: Watched = watched.get(id) ?? { failures: 0, callOff: () => {} }
      watched.set(id, one)
      one.failures = up ? 0 : Math.max(1, one.failures)
      plan(id, one, pauseAfter(one.failures, isLocal(id)))
    },
    stop: () => {
      stopped = true
      for (const id of watched.keys()) drop(id)
    },
  }
}

import type { Timestamp } from '@contract/values'

/** The time, so that tests can set it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** @param ms since 1970, UTC */
export const isoTime = (ms: number): Timestamp => new Date(ms).toISOString()

export const timestamp = (clock: Clock): Timestamp => isoTime(clock.now())

/** Requests of one key that may come each minute: what is not used up comes back evenly, to no more than one minute's. */
export interface RequestRate {
  /** Takes one; false where none is left. */
  take(perMinute: number, now: number): boolean
  /** Whole requests that are left. */
  left(perMinute: number, now: number): number
  /** Milliseconds until there is one again; 0 where there is one. */
  untilNext(perMinute: number, now: number): number
  /** Milliseconds until all are there again. */
  untilFull(now: number): number
}

const MINUTE_MS = 60_000

/** A token bucket. Its figures are milliseconds of the minute, so that a changed limit counts from the next request on. */
export function createRequestRate(): RequestRate {
  let usedMs = 0
  let at = 0
  const used = (now: number): number => {
    // The computer's clock may be set back.
    usedMs = Math.max(0, usedMs - Math.max(0, now - at))
    at = now
    return usedMs
  }
  const eachMs = (perMinute: number) => MINUTE_MS / perMinute
  const left = (perMinute: number, now: number) =>
    // What rounding takes away of the last one must not cost it.
    Math.max(0, Math.floor((MINUTE_MS - used(now)) / eachMs(perMinute) + 1e-9))
  return {
    take: (perMinute, now) => {
      if (left(perMinute, now) < 1) return false
      usedMs += eachMs(perMinute)
      return true
    },
    left,
    untilNext: (perMinute, now) => Math.max(0, Math.ceil(used(now) + eachMs(perMinute) - MINUTE_MS)),
    untilFull: (now) => Math.ceil(used(now)),
  }
}

/** Midnight of the day that a moment is in, in local time: the days of the limits are the writer's own. Milliseconds. */
export function dayBegin(now: number): number {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** The midnight that follows: a day has 23 or 25 hours where the clocks change. */
export function dayEnd(now: number): number {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
}

export const periodNames = ['today', 'week', 'month', 'all', 'own'] as const
export type PeriodName = (typeof periodNames)[number]

/** The first and the last day of a range, as a date field gives them: `2026-11-20` in local time, or nothing. */
export interface OwnRange {
  from: string
  to: string
}

/** From a moment on, and before another. */
export interface Period {
  from: string
  to: string
}

const DAYS: Record<Exclude<PeriodName, 'all' | 'own'>, number> = { today: 1, week: 7, month: 30 }

/** Before anyone could have called a model. */
const BEGINNING = '2000-01-01T00:00:00.000Z'

/** Local midnight at the start of the day that is `days` after the one of `moment`. */
const midnight = (moment: Date, days: number): Date =>
  new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days)

/** A day as it is written in date fields and in the ledger: `2026-11-20`, local. */
export const localDay = (moment: Date): string =>
  [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

/** Local midnight at the start of a written day; null when it is none. */
export function startOfDay(day: string): Date | null {
  const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []).map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  const start = new Date(year, month - 1, date)
  return localDay(start) === day ? start : null
}

/** The period of a name, in whole local days that end with today; null for an own range that is none. */
export function periodOf(name: PeriodName, own: OwnRange, now: Date): Period | null {
  const tomorrow = midnight(now, 1).toISOString()
  if (name === 'all') return { from: BEGINNING, to: tomorrow }
  if (name !== 'own') return { from: midnight(now, 1 - DAYS[name]).toISOString(), to: tomorrow }
  const from = startOfDay(own.from)
  const last = startOfDay(own.to)
  if (!from || !last || from > last) return null
  return { from: from.toISOString(), to: midnight(last, 1).toISOString() }
}

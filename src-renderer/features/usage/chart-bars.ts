import type { UsageRow } from '@contract/entities/usage'
import { localDay, startOfDay, type Period } from './period'

/** The calls of one day or month. */
export interface Bar {
  /** `2026-11-20`, or `2026-11`. */
  key: string
  start: Date
  calls: number
  failed: number
  tokens: number
  cost: number
}

export interface Bars {
  unit: 'day' | 'month'
  bars: Bar[]
}

/** More days than this are drawn by month: their bars would be too thin to be told apart. */
const MOST_DAYS = 92

const empty = (key: string, start: Date): Bar => ({ key, start, calls: 0, failed: 0, tokens: 0, cost: 0 })

/**
 * A bar for each day of the period, also for those without calls; of a period that began before the first call, from
 * that call's day on.
 */
export function chartBars(days: readonly UsageRow[], period: Period): Bars {
  const firstCall = startOfDay(days[0]?.key ?? '')
  const asked = new Date(period.from)
  const last = new Date(Date.parse(period.to) - 1)
  const first = firstCall && asked.getFullYear() < firstCall.getFullYear() - 1 ? firstCall : asked
  const length = Math.round((last.getTime() - first.getTime()) / 86_400_000)
  const unit = length > MOST_DAYS ? 'month' : 'day'

  const bars = new Map<string, Bar>()
  for (let at = first; at <= last;) {
    const key = unit === 'day' ? localDay(at) : localDay(at).slice(0, 7)
    bars.set(key, empty(key, at))
    at =
      unit === 'day'
        ? new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1)
        : new Date(at.getFullYear(), at.getMonth() + 1, 1)
  }
  for (const { key, calls, failed, inputTokens, outputTokens, cost } of days) {
    const bar = bars.get(unit === 'day' ? key : key.slice(0, 7))
    if (!bar) continue
    bar.calls += calls
    bar.failed += failed
    bar.tokens += inputTokens + outputTokens
    bar.cost += cost
  }
  return { unit, bars: [...bars.values()] }
}

/** The next round number: 1, 2 or 5 with zeros. It is the top of a scale, so it is never 0. */
export function roundUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value * 0.999_999) ?? 10
  return step * power
}

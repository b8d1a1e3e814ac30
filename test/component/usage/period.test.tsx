import { describe, expect, it } from 'vitest'
import { chartBars, roundUp } from '@renderer/features/usage/chart-bars'
import { localDay, periodOf, startOfDay } from '@renderer/features/usage/period'
import { usageRow } from './calls'

const own = { from: '', to: '' }
const now = new Date(2026, 2, 30, 15, 20)

describe('the time that is shown', () => {
  it('ends with the whole of today, in local time', () => {
    expect(periodOf('week', own, now)).toEqual({
      from: new Date(2026, 2, 24).toISOString(),
      to: new Date(2026, 2, 31).toISOString(),
    })
  })

  it('is nothing when a day is missing, is none, or the first is after the last', () => {
    expect(periodOf('own', own, now)).toBeNull()
    expect(periodOf('own', { from: '2026-02-30', to: '2026-03-01' }, now)).toBeNull()
    expect(periodOf('own', { from: '2026-03-02', to: '2026-03-01' }, now)).toBeNull()
    expect(startOfDay('2026-02-28')).toEqual(new Date(2026, 1, 28))
  })
})

describe('the bars of the chart', () => {
  it('stand for every day, also across a change of the clocks and for days without calls', () => {
    const period = periodOf('month', own, now)
    if (!period) throw new Error('A month is a period')
    const { unit, bars } = chartBars([usageRow('2026-03-29')], period)
    expect(unit).toBe('day')
    expect(bars.map(({ key }) => key)).toEqual(
      Array.from({ length: 30 }, (_, at) => localDay(new Date(2026, 2, 1 + at)))
    )
    expect(bars.filter(({ calls }) => calls > 0).map(({ key }) => key)).toEqual(['2026-03-29'])
  })

  it('begin with the first call when everything is shown, and stand for months when days would be too thin', () => {
    const period = periodOf('all', own, now)
    if (!period) throw new Error('All is a period')
    expect(chartBars([usageRow('2026-03-28'), usageRow('2026-03-30')], period).bars).toHaveLength(3)
    const { unit, bars } = chartBars([usageRow('2025-10-31'), usageRow('2026-03-28'), usageRow('2026-03-30')], period)
    expect(unit).toBe('month')
    expect(bars.map(({ key, calls }) => [key, calls])).toEqual([
      ['2025-10', 4],
      ['2025-11', 0],
      ['2025-12', 0],
      ['2026-01', 0],
      ['2026-02', 0],
      ['2026-03', 8],
    ])
  })

  it('have a scale with a round top, never zero', () => {
    expect([0, 0.031, 7, 1000, 1001].map(roundUp)).toEqual([1, 0.05, 10, 1000, 2000])
  })
})

import { useMemo } from 'react'
import type { Language } from '@contract/values'
import { useLanguage } from './use-local'

export interface Formatters {
  /** `21,480` */
  number: (value: number) => string
  /** What stands between the thousands of a number. */
  thousands: string
  /** What stands before the fraction of a number. */
  decimal: string
  /** A number of tokens in short: `200k`, `1M`. */
  tokens: (value: number) => string
  /** US dollars per million tokens, in and out: `$3 / $15`. */
  price: (price: { input: number; output: number }) => string
  /** US dollars, with as many digits as a small cost needs: `$0.0041`. */
  cost: (dollars: number) => string
  /** `4.7 GB` */
  bytes: (value: number) => string
  /** How long ago an ISO-8601 time was: `5 minutes ago`, `yesterday`. */
  ago: (timestamp: string, now?: number) => string
  /** A moment as date and time. */
  moment: (timestamp: string) => string
  /** The day of a moment. */
  day: (timestamp: number) => string
  /** How long something took, in milliseconds: `340 ms`, `1.2 s`, `2 min`. */
  duration: (ms: number) => string
}

const relativeSteps: readonly [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [7 * 86_400, 'day', 86_400],
  [31 * 86_400, 'week', 7 * 86_400],
  [365 * 86_400, 'month', 30.44 * 86_400],
  [Infinity, 'year', 365.25 * 86_400],
]

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Numbers, prices and times as they are written in a language. */
export function createFormatters(language: Language): Formatters {
  const number = new Intl.NumberFormat(language)
  const sign = (type: 'group' | 'decimal', otherwise: string) =>
    number.formatToParts(10_000.5).find((part) => part.type === type)?.value ?? otherwise
  const dollars = (value: number, digits: number) =>
    `$${new Intl.NumberFormat(language, { minimumFractionDigits: 0, maximumFractionDigits: digits }).format(value)}`
  const short = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    number: (value) => number.format(value),
    thousands: sign('group', ''),
    decimal: sign('decimal', '.'),
    tokens: (value) => {
      if (value >= 1_000_000) return `${short.format(value / 1_000_000)}M`
      // Context windows are made of powers of two: 32,768 is known as 32k, not 32.8k.
      const unit = value % 1000 !== 0 && value % 1024 === 0 ? 1024 : 1000
      if (value >= 1000) return `${Math.floor(value / unit)}k`
      return number.format(value)
    },
    price: ({ input, output }) => `${dollars(input, input < 1 ? 3 : 2)} / ${dollars(output, output < 1 ? 3 : 2)}`,
    cost: (value) => dollars(value, value < 0.01 ? 5 : value < 1 ? 4 : 2),
    bytes: (value) => {
      const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(value) / 3))
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: byteUnits[power] ?? 'byte',
        maximumFractionDigits: power < 2 ? 0 : 1,
      }).format(value / 1000 ** power)
    },
    ago: (timestamp, now = Date.now()) => {
      const seconds = (Date.parse(timestamp) - now) / 1000
      const distance = Math.abs(seconds)
      if (distance < 60) return relative.format(0, 'second')
      const [, unit, size] = relativeSteps.find(([limit]) => distance < limit) ?? [0, 'year' as const, 31_557_600]
      return relative.format(Math.trunc(seconds / size), unit)
    },
    day: (timestamp) => day.format(timestamp),
    moment: (timestamp) => moment.format(new Date(timestamp)),
    duration: (ms) => {
      const [value, unit] =
        ms < 1000 ? [Math.round(ms), 'millisecond'] : ms < 120_000 ? [ms / 1000, 'second'] : [ms / 60_000, 'minute']
      const parts = new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        // English writes seconds as "sec" unless it is to be narrow, and then leaves no space before the sign.
        unitDisplay: unit === 'minute' ? 'short' : 'narrow',
        maximumFractionDigits: value < 100 && unit !== 'millisecond' ? 1 : 0,
      }).formatToParts(value)
      const sign = parts.find(({ type }) => type === 'unit')?.value ?? ''
      const number = parts.filter(({ type }) => type !== 'unit' && type !== 'literal').map((part) => part.value)
      return `${number.join('')}\u00a0${sign.trim()}`
    },
  }
}

/** The formatters of the language that the app speaks now. */
export function useFormat(): Formatters {
  const language = useLanguage()
  return useMemo(() => createFormatters(language), [language])
}

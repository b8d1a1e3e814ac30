import type { JsonObject } from '@contract/values'
import { numberOf } from './schema-keywords'
import type { Random } from './seeded-random'

/** How far a range reaches on a side that the schema leaves open. */
const OPEN_RANGE = 100

interface Bounds {
  low: number
  high: number
  /** The bound itself is not allowed. */
  openLow: boolean
  openHigh: boolean
}

const boundsOf = (schema: JsonObject): Bounds => {
  const minimum = numberOf(schema['minimum'])
  const maximum = numberOf(schema['maximum'])
  const above = numberOf(schema['exclusiveMinimum'])
  const below = numberOf(schema['exclusiveMaximum'])
  const openLow = above !== null && (minimum === null || above >= minimum)
  const openHigh = below !== null && (maximum === null || below <= maximum)
  const low = openLow ? above : minimum
  const high = openHigh ? below : maximum
  return {
    low: low ?? (high === null ? 0 : Math.min(0, high - OPEN_RANGE)),
    high: high ?? Math.max(low ?? 0, 0) + OPEN_RANGE,
    openLow,
    openHigh,
  }
}

const onSteps = ({ low, high, openLow, openHigh }: Bounds, step: number, random: Random): number => {
  let first = Math.ceil(low / step)
  let last = Math.floor(high / step)
  if (openLow && first * step === low) first += 1
  if (openHigh && last * step === high) last -= 1
  return (first + Math.floor(random() * Math.max(1, Math.min(last - first + 1, OPEN_RANGE)))) * step
}

const between = ({ low, high, openLow, openHigh }: Bounds, random: Random): number => {
  const value = low + (high - low) * random()
  const rounded = Math.round(value * 100) / 100
  const inside = (number: number) =>
    (openLow ? number > low : number >= low) && (openHigh ? number < high : number <= high)
  if (inside(rounded)) return rounded
  return inside(value) ? value : low + (high - low) / 2
}

/** A number for a schema of type `number` or `integer`. */
export const fillNumber = (schema: JsonObject, whole: boolean, random: Random): number => {
  const bounds = boundsOf(schema)
  const multiple = numberOf(schema['multipleOf'])
  if (whole) return onSteps(bounds, multiple !== null && Number.isInteger(multiple) ? multiple : 1, random)
  return multiple !== null && multiple > 0 ? onSteps(bounds, multiple, random) : between(bounds, random)
}

import type { JsonObject, JsonValue } from './values'

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const numberOf = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

export const stringOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

export const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : [])

export const stringsOf = (value: JsonValue | undefined): string[] =>
  listOf(value).filter((item) => typeof item === 'string')

/** A value as one line of text: texts as they are, everything else as JSON. */
export const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Whether two values say the same: what is not there is null, and the order of an object's keys does not matter. */
export function sameJson(one: unknown, other: unknown): boolean {
  const [a, b] = [one ?? null, other ?? null]
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [inA, inB] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return inA.size === inB.size && [...inA].every(([key, value]) => inB.has(key) && sameJson(value, inB.get(key)))
}

/** The object with one key set, or without it when the value is undefined. */
export function withKey(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  const { [key]: _before, ...rest } = object
  if (value === undefined) return rest
  return Object.hasOwn(object, key) ? { ...object, [key]: value } : { ...rest, [key]: value }
}

/** The value at a path of keys, or undefined where the path ends early. */
export function valueAt(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let found = value
  for (const key of path) {
    if (!isObject(found)) return undefined
    found = found[key]
  }
  return found
}

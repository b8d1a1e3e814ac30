import { isObject } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'

/**
 * Copies every field of `source` into `target`; objects are merged, everything else is replaced. `__proto__` is left
 * out: assigning it would change what the object is, not what it holds.
 */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const [key, value] of Object.entries(source)) {
    if (key === '__proto__') continue
    const present = Object.hasOwn(target, key) ? target[key] : undefined
    if (!isObject(value)) {
      target[key] = value
    } else {
      const merged: JsonObject = isObject(present) ? present : {}
      mergeInto(merged, value)
      target[key] = merged
    }
  }
}

/** `['options', 'seed']`, 7 → `{ options: { seed: 7 } }`. The path is not empty. */
export function nest(path: readonly string[], value: JsonValue): JsonObject {
  const [key = '', ...rest] = path
  return { [key]: rest.length === 0 ? value : nest(rest, value) }
}

import { isDeepStrictEqual } from 'node:util'
import { JsonObject, type JsonValue } from '@contract/values'

/*
 * Files of other programs hold more than Fabula knows, and must get it back. What is read is therefore kept without the
 * fields that Fabula can write again exactly as they were; all else, unknown fields and unusual forms of known ones,
 * waits beside the entity until it is written.
 */

/** Fields that mean something only together, as paths (`extensions.depth`): they are kept, or written anew, as one. */
export type FieldGroups = readonly (readonly string[])[]

const objectOf = (value: JsonValue | undefined): JsonObject | null => {
  const object = JsonObject.safeParse(value)
  return object.success ? object.data : null
}

/** What would be lost of `source` if only `known`, which was read from it, were written again. */
export function unknownOf(source: JsonObject, known: JsonObject, groups: FieldGroups = []): JsonObject {
  let rest = differing(source, known)
  for (const group of groups)
    if (group.some((path) => valueAt(rest, path) !== undefined))
      for (const path of group) {
        const value = valueAt(source, path)
        if (value !== undefined) rest = withValue(rest, path, value)
      }
  return rest
}

function differing(source: JsonObject, known: JsonObject): JsonObject {
  const rest: JsonObject = {}
  for (const [key, value] of Object.entries(source)) {
    const own = Object.hasOwn(known, key) ? known[key] : undefined
    if (isDeepStrictEqual(value, own)) continue
    const [inner, knownInner] = [objectOf(value), objectOf(own)]
    const unknown = inner && knownInner ? differing(inner, knownInner) : value
    if (!inner || !knownInner || Object.keys(objectOf(unknown) ?? {}).length > 0) rest[key] = unknown
  }
  return rest
}

/**
 * What is to be written: the fields as they are `now` over what was kept of the file (`rest`). Where a field still says
 * what the kept form was read as (`then`), that form stays: a number that was written as a text, for example.
 */
export function writtenOver(rest: JsonObject, then: JsonObject, now: JsonObject, groups: FieldGroups = []): JsonObject {
  let kept = rest
  for (const group of groups)
    if (group.some((path) => !isDeepStrictEqual(valueAt(then, path), valueAt(now, path))))
      for (const path of group) kept = withValue(kept, path, undefined)
  return laidOver(kept, then, now)
}

function laidOver(rest: JsonObject, then: JsonObject, now: JsonObject): JsonObject {
  const whole: JsonObject = { ...rest }
  for (const [key, value] of Object.entries(now)) {
    const kept = Object.hasOwn(rest, key) ? rest[key] : undefined
    const before = Object.hasOwn(then, key) ? then[key] : undefined
    const [inner, keptInner] = [objectOf(value), objectOf(kept)]
    if (inner && keptInner) whole[key] = laidOver(keptInner, objectOf(before) ?? {}, inner)
    else if (kept === undefined || !isDeepStrictEqual(before, value)) whole[key] = value
  }
  return whole
}

function valueAt(object: JsonObject, path: string): JsonValue | undefined {
  const [key = '', ...inner] = path.split('.')
  if (!Object.hasOwn(object, key)) return undefined
  const value = object[key]
  if (inner.length === 0) return value
  const within = objectOf(value)
  return within ? valueAt(within, inner.join('.')) : undefined
}

/** A copy with another value at a path; without any where it is undefined. */
function withValue(object: JsonObject, path: string, value: JsonValue | undefined): JsonObject {
  const [key = '', ...inner] = path.split('.')
  const others = without(object, key)
  if (inner.length === 0) return value === undefined ? others : { ...others, [key]: value }
  const within = objectOf(object[key])
  if (!within && value === undefined) return object
  return { ...others, [key]: withValue(within ?? {}, inner.join('.'), value) }
}

/** The object that stands in a field; an empty one where there is none. */
export const objectAt = (value: JsonObject, key: string): JsonObject =>
  (Object.hasOwn(value, key) ? objectOf(value[key]) : null) ?? {}

/** An object without some of its fields. */
export const without = (value: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))

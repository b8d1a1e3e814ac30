import { isObject } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'

export const numberOf = (value: JsonValue | undefined): number | null => (typeof value === 'number' ? value : null)

export const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : [])

export const stringsOf = (value: JsonValue | undefined): string[] =>
  listOf(value).filter((item) => typeof item === 'string')

export const objectOf = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {})

const lookUp = (root: JsonObject, pointer: string): JsonValue | undefined => {
  let found: JsonValue | undefined = root
  for (const part of pointer.replace(/^#\/?/, '').split('/')) {
    if (part === '') continue
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    found = Array.isArray(found) ? found[Number(key)] : objectOf(found)[key]
  }
  return found
}

const merge = (base: JsonObject, addition: JsonObject): JsonObject => {
  const merged: JsonObject = { ...base, ...addition }
  if (base['properties'] !== undefined || addition['properties'] !== undefined) {
    merged['properties'] = { ...objectOf(base['properties']), ...objectOf(addition['properties']) }
  }
  const required = [...stringsOf(base['required']), ...stringsOf(addition['required'])]
  if (required.length > 0) merged['required'] = [...new Set(required)]
  return merged
}

/** How many references may lead from one to the next before they are taken for a circle. */
const LONGEST_CHAIN = 20

/**
 * A schema as one flat object: local references followed, `allOf` merged, and of `oneOf` and `anyOf` the branch with
 * the number `branch` (counted round). Null when nothing fits it.
 */
export const flatten = (
  schema: JsonValue | undefined,
  root: JsonObject,
  branch: number,
  chain = 0
): JsonObject | null => {
  if (schema === false || chain > LONGEST_CHAIN) return null
  if (!isObject(schema)) return {}
  const { $ref, allOf, oneOf, anyOf, ...own } = schema
  const chosen = [oneOf, anyOf]
    .map(listOf)
    .flatMap((branches) => branches.slice(branch % (branches.length || 1)).slice(0, 1))
  const parts = [...(typeof $ref === 'string' ? [lookUp(root, $ref)] : []), ...listOf(allOf), ...chosen]
  let merged: JsonObject | null = own
  for (const part of parts) {
    const flat = flatten(part, root, branch, chain + 1)
    merged = flat === null || merged === null ? null : merge(merged, flat)
  }
  return merged
}

/** The type to write: the one named, the first of several that is not null, else the one its keywords speak of. */
export const typeOf = (schema: JsonObject): string => {
  const named = typeof schema['type'] === 'string' ? [schema['type']] : stringsOf(schema['type'])
  const type = named.find((name) => name !== 'null') ?? named[0]
  if (type !== undefined) return type
  const has = (...keywords: string[]) => keywords.some((keyword) => schema[keyword] !== undefined)
  if (has('properties', 'required', 'additionalProperties', 'minProperties')) return 'object'
  if (has('items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems')) return 'array'
  if (has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf')) return 'number'
  return 'string'
}

import { isObject, listOf, stringOf, stringsOf, withKey } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'

/** What the form can make of a value; `other` is anything that only the text shows. */
export const kinds = ['text', 'choice', 'number', 'whole', 'boolean', 'list', 'object'] as const
export type Kind = (typeof kinds)[number]

const typeOf: Readonly<Record<Kind, string>> = {
  text: 'string',
  choice: 'string',
  number: 'number',
  whole: 'integer',
  boolean: 'boolean',
  list: 'array',
  object: 'object',
}

/** Keywords that the form shows, by kind. */
const shown: Readonly<Record<Kind, readonly string[]>> = {
  text: ['minLength', 'maxLength'],
  choice: ['enum'],
  number: ['minimum', 'maximum'],
  whole: ['minimum', 'maximum'],
  boolean: [],
  list: ['items', 'minItems', 'maxItems'],
  object: ['properties', 'required'],
}
/** Of every kind; `additionalProperties` only says that there are no others, which is so by itself in the form. */
const everywhere = ['type', 'description', 'title', 'additionalProperties', '$schema']

/** Undefined for what only the text shows. */
export function kindOf(schema: JsonValue | undefined): Kind | undefined {
  if (!isObject(schema)) return undefined
  const type = stringOf(schema['type'])
  if (schema['enum'] !== undefined) {
    const isWords = Array.isArray(schema['enum']) && schema['enum'].every((one) => typeof one === 'string')
    return isWords && (type === undefined || type === 'string') ? 'choice' : undefined
  }
  if (schema['items'] !== undefined && !isObject(schema['items'])) return undefined
  if (schema['properties'] !== undefined && !isObject(schema['properties'])) return undefined
  return kinds.find((kind) => kind !== 'choice' && typeOf[kind] === type)
}

/** Keywords of a schema that the form does not show. They stay. */
export function hiddenKeywords(schema: JsonObject): string[] {
  const kind = kindOf(schema)
  const known = new Set(kind === undefined ? ['description', 'title'] : [...everywhere, ...shown[kind]])
  return Object.keys(schema).filter((keyword) => !known.has(keyword))
}

export function newSchema(kind: Kind): JsonObject {
  const fresh: JsonObject = { type: typeOf[kind] }
  if (kind === 'choice') return { ...fresh, enum: [] }
  if (kind === 'list') return { ...fresh, items: { type: 'string' } }
  if (kind === 'object') return { ...fresh, properties: {}, required: [], additionalProperties: false }
  return fresh
}

/** A schema of another kind: what people and models are told of it stays. */
export function withKind(schema: JsonValue | undefined, kind: Kind): JsonObject {
  const before = isObject(schema) ? schema : {}
  const told = Object.fromEntries(
    ['title', 'description'].flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]]]))
  )
  const fresh = { ...newSchema(kind), ...told }
  // A list of what it was, and what a list was made of, are most likely meant.
  if (kind === 'list' && kindOf(before) !== undefined && kindOf(before) !== 'list')
    return { ...fresh, items: Object.fromEntries(Object.entries(before).filter(([key]) => !(key in told))) }
  if (kindOf(before) === 'list' && kindOf(before['items']) === kind && isObject(before['items']))
    return { ...before['items'], ...told }
  return fresh
}

export interface PropertyOf {
  name: string
  schema: JsonValue
  required: boolean
}

export const propertiesIn = (schema: JsonObject): PropertyOf[] => {
  const required = stringsOf(schema['required'])
  const properties = schema['properties']
  return isObject(properties)
    ? Object.entries(properties).map(([name, one]) => ({ name, schema: one, required: required.includes(name) }))
    : []
}

/** An object's schema with other fields, in their order. Names that are required without being described stay so. */
export function withProperties(schema: JsonObject, next: readonly PropertyOf[]): JsonObject {
  const before = new Set(propertiesIn(schema).map(({ name }) => name))
  const undescribed = stringsOf(schema['required']).filter((name) => !before.has(name))
  const required = [...next.filter((one) => one.required).map(({ name }) => name), ...undescribed]
  return { ...schema, properties: Object.fromEntries(next.map(({ name, schema: one }) => [name, one])), required }
}

/** A keyword set, or taken away. */
export const withKeyword = (schema: JsonObject, keyword: string, value: JsonValue | undefined): JsonObject =>
  withKey(schema, keyword, value)

/** A schema that a value fits: every field of an object is required, the items of a list are alike. */
export function schemaFrom(value: JsonValue): JsonObject {
  if (value === null) return {}
  if (Array.isArray(value)) return { type: 'array', items: value.map(schemaFrom).reduce(joined, {}) }
  if (isObject(value)) {
    const properties = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, schemaFrom(one)]))
    return { type: 'object', properties, required: Object.keys(value), additionalProperties: false }
  }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' }
  return { type: typeof value }
}

/** A schema that both describe; an empty one knows nothing and takes part in nothing. */
function joined(one: JsonObject, other: JsonObject): JsonObject {
  if (Object.keys(one).length === 0) return other
  if (Object.keys(other).length === 0) return one
  const [a, b] = [kindOf(one), kindOf(other)]
  if (a === 'object' && b === 'object') {
    const [first, second] = [propertiesIn(one), propertiesIn(other)]
    const names = [...new Set([...first, ...second].map(({ name }) => name))]
    const both = names.map((name): PropertyOf => {
      const [left, right] = [first, second].map((all) => all.find((each) => each.name === name))
      const parts = [left, right].flatMap((each) => (isObject(each?.schema) ? [each.schema] : []))
      return { name, schema: parts.reduce(joined, {}), required: left?.required === true && right?.required === true }
    })
    return withProperties({ type: 'object', additionalProperties: false }, both)
  }
  if (a === 'list' && b === 'list') {
    const items = [one['items'], other['items']].filter(isObject)
    return { type: 'array', items: items.reduce(joined, {}) }
  }
  if (a === b) return one
  const isNumber = (kind: Kind | undefined) => kind === 'number' || kind === 'whole'
  if (isNumber(a) && isNumber(b)) return { type: 'number' }
  const types = [one, other].flatMap((each) =>
    Array.isArray(each['type']) ? listOf(each['type']) : [each['type'] ?? []]
  )
  return { type: [...new Set(types.flat())] }
}

/** The schema of one row, by the names of its columns. */
export const schemaOfColumns = (names: readonly string[]): JsonObject =>
  withProperties(
    newSchema('object'),
    names.map((name) => ({ name, schema: { type: 'string' }, required: true }))
  )

import { isObject, listOf, stringOf, stringsOf } from '@contract/json'
import { propertiesOf, resolveRef } from '@contract/schema/properties'
import type { JsonObject, JsonValue } from '@contract/values'

/** A part of a schema, with the whole that its `$ref`s lead into. Null where nothing is said. */
export interface Shape {
  schema: JsonObject
  root: JsonObject
}

export const shapeOf = (schema: JsonObject | null): Shape | null => schema && { schema, root: schema }

const within = (shape: Shape, part: JsonValue | undefined): Shape | null =>
  isObject(part) ? { schema: resolveRef(part, shape.root), root: shape.root } : null

/** Of the items of a list. */
export const itemShape = (shape: Shape | null): Shape | null =>
  shape && within(shape, resolveRef(shape.schema, shape.root)['items'])

/** The fields of an object: those of its schema in their order, then what else it has; without its name where that is said. */
export function fieldsOf(
  shape: Shape | null,
  value: JsonObject,
  named = false
): { key: string; label: string; shape: Shape | null }[] {
  const said = shape ? propertiesOf(shape.schema, undefined, shape.root) : new Map<string, JsonObject>()
  const keys = [...[...said.keys()].filter((key) => Object.hasOwn(value, key)), ...Object.keys(value)]
  const name = named ? nameKey(value) : null
  const shown = [...new Set(keys)].filter((key) => key !== name)
  return shown.map((key) => {
    const schema = said.get(key)
    return { key, label: labelOf(key, schema), shape: shape && schema ? { schema, root: shape.root } : null }
  })
}

/** Fields that the schema knows and the object lacks. */
export const lackingFields = (shape: Shape | null, value: JsonObject): string[] =>
  shape ? [...propertiesOf(shape.schema, undefined, shape.root).keys()].filter((key) => !Object.hasOwn(value, key)) : []

export const labelOf = (key: string, schema: JsonObject | undefined): string =>
  stringOf(schema?.['title'])?.trim() || key.replaceAll('_', ' ')

export type ValueKind = 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'texts' | 'list' | 'object' | 'other'

/** How a value is shown and edited: by what it is, and where that says nothing by its schema. */
export function kindOf(shape: Shape | null, value: JsonValue | undefined): ValueKind {
  const schema = shape ? resolveRef(shape.schema, shape.root) : {}
  const types = Array.isArray(schema['type']) ? stringsOf(schema['type']) : [stringOf(schema['type']) ?? '']
  if (listOf(schema['enum']).length > 0 && stringsOf(schema['enum']).length === listOf(schema['enum']).length)
    return 'choice'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return types.includes('integer') && !types.includes('number') ? 'integer' : 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) {
    if (value.length === 0) return itemTypes(shape).includes('string') ? 'texts' : 'list'
    return value.every((item) => typeof item === 'string') ? 'texts' : 'list'
  }
  if (isObject(value)) return 'object'
  if (types.includes('string')) return 'text'
  if (types.includes('integer')) return 'integer'
  if (types.includes('number')) return 'number'
  if (types.includes('boolean')) return 'boolean'
  if (types.includes('array')) return itemTypes(shape).includes('string') ? 'texts' : 'list'
  return types.includes('object') ? 'object' : 'other'
}

function itemTypes(shape: Shape | null): string[] {
  const item = itemShape(shape)
  const type = item?.schema['type']
  return Array.isArray(type) ? stringsOf(type) : [stringOf(type) ?? '']
}

export const optionsOf = (shape: Shape | null): string[] =>
  shape ? [...new Set(stringsOf(resolveRef(shape.schema, shape.root)['enum']))] : []

/** What a new value of a shape begins with. */
export function blankOf(shape: Shape | null): JsonValue {
  switch (kindOf(shape, undefined)) {
    case 'text':
      return ''
    case 'choice':
      return optionsOf(shape)[0] ?? ''
    case 'number':
    case 'integer':
      return 0
    case 'boolean':
      return false
    case 'texts':
    case 'list':
      return []
    case 'object': {
      const blank: JsonObject = {}
      if (shape)
        for (const [key, schema] of propertiesOf(shape.schema, undefined, shape.root))
          blank[key] = blankOf({ schema, root: shape.root })
      return blank
    }
    case 'other':
      return ''
  }
}

/** The columns of a table: those of its schema, then what else its rows have. */
export function columnsOf(shape: Shape | null, rows: readonly JsonValue[]): { key: string; label: string }[] {
  const said = shape ? propertiesOf(shape.schema, undefined, shape.root) : new Map<string, JsonObject>()
  const keys = new Set([...said.keys(), ...rows.flatMap((row) => (isObject(row) ? Object.keys(row) : []))])
  return [...keys].map((key) => ({ key, label: labelOf(key, said.get(key)) }))
}

/** The name of something that was made: what a card and a list call it. */
export function nameIn(value: JsonValue | undefined): string | null {
  if (!isObject(value)) return null
  const key = nameKey(value)
  return key === null ? null : (stringOf(value[key])?.trim() ?? null)
}

const nameKey = (value: JsonObject): string | null =>
  Object.keys(value).find(
    (key) => /^(name|title|имя|название|заголовок)$/i.test(key) && (stringOf(value[key])?.trim() ?? '') !== ''
  ) ?? null

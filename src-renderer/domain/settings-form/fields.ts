import type { ModelKind } from '@contract/entities/model'
import { LocalizedText, type JsonObject, type JsonValue } from '@contract/values'
import { propertiesOf, resolveRef } from '@contract/schema/properties'
import { isObject, listOf, numberOf, sameJson, stringOf, stringsOf, textOf } from '@contract/json'

export interface Option {
  value: JsonValue
  label: LocalizedText
}

/** How a setting is edited. */
export type Shape =
  | { control: 'number'; integer: boolean; minimum?: number; maximum?: number; step: number; slider?: [number, number] }
  | { control: 'toggle' }
  | { control: 'choice'; options: Option[] }
  | { control: 'choices'; options: Option[] }
  | { control: 'text'; multiline: boolean; orNumber: boolean }
  | { control: 'texts' }
  | { control: 'map'; of: 'number' | 'json' }
  | { control: 'group' }
  | { control: 'list'; item: JsonObject }
  | { control: 'json' }

/** One setting of a JSON Schema object, ready to be drawn. */
export interface Field {
  name: string
  label: LocalizedText
  help: LocalizedText | null
  unit: LocalizedText | null
  /** Its name among the model's supported parameters, where the schema gives one. */
  parameter: string | null
  /** Fabula uses it itself and never sends it, so no model has to take it. */
  unsent: boolean
  /** The schema counts it among the ones that matter most. */
  basic: boolean
  /** What the provider does when it is not set; shown, never sent. */
  fallback: JsonValue | undefined
  /** The provider does something of its own when it is not set, but nobody says what. */
  fallbackUnknown: boolean
  required: boolean
  shape: Shape
  schema: JsonObject
}

const inBoth = (text: string): LocalizedText => ({ en: text, ru: text })

function localized(value: JsonValue | undefined): LocalizedText | null {
  if (typeof value === 'string') return inBoth(value)
  const parsed = LocalizedText.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** `top_p` reads `Top p` where a schema gives no name. */
const spoken = (name: string) => {
  const words = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const labelOf = (name: string, schema: JsonObject) =>
  localized(schema['x-name']) ?? localized(schema['title']) ?? inBoth(spoken(name))

const typesOf = (schema: JsonObject): string[] =>
  typeof schema['type'] === 'string' ? [schema['type']] : stringsOf(schema['type'])

/** The values a schema lists one by one, or null when it does not. */
function optionsOf(schema: JsonObject, root: JsonObject): Option[] | null {
  const labels = isObject(schema['x-labels']) ? schema['x-labels'] : {}
  const option = (value: JsonValue): Option => ({
    value,
    label: localized(labels[textOf(value)]) ?? inBoth(textOf(value)),
  })
  if (Array.isArray(schema['enum'])) return schema['enum'].map(option)
  if (schema['const'] !== undefined) {
    const name = localized(schema['x-name']) ?? localized(schema['title'])
    return [name ? { value: schema['const'], label: name } : option(schema['const'])]
  }
  const branches = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].filter(isObject)
  if (branches.length === 0) return null
  const all: Option[] = []
  for (const branch of branches.map((each) => resolveRef(each, root))) {
    const listed = branch['type'] === 'boolean' ? [false, true].map(option) : optionsOf(branch, root)
    if (!listed) return null
    all.push(...listed)
  }
  return all
}

/** Decimal places of a step: 0.05 has 2. */
export const decimalsOf = (step: number): number => {
  const [, exponent] = step.toExponential().split('e')
  const digits = (step.toExponential().split('e')[0]?.split('.')[1] ?? '').length
  return Math.min(8, Math.max(0, digits - Number(exponent)))
}

function sliderOf(schema: JsonObject, minimum?: number, maximum?: number): [number, number] | undefined {
  const given = schema['x-slider']
  const [from, to] = Array.isArray(given)
    ? [numberOf(given[0]), numberOf(given[1])]
    : isObject(given)
      ? [numberOf(given['minimum']) ?? numberOf(given['min']), numberOf(given['maximum']) ?? numberOf(given['max'])]
      : [minimum, maximum]
  if (from === undefined || to === undefined || from >= to) return undefined
  // A range like that of a seed has no place a hand could find on a slider.
  return Array.isArray(given) || isObject(given) || to - from <= 1_000_000 ? [from, to] : undefined
}

function numberShape(schema: JsonObject, integer: boolean): Shape {
  const above = numberOf(schema['exclusiveMinimum'])
  const below = numberOf(schema['exclusiveMaximum'])
  const minimum = numberOf(schema['minimum']) ?? (above !== undefined && integer ? above + 1 : above)
  const maximum = numberOf(schema['maximum']) ?? (below !== undefined && integer ? below - 1 : below)
  const slider = sliderOf(schema, minimum, maximum)
  const span = slider ? slider[1] - slider[0] : 1
  const fine = 10 ** Math.min(-2, Math.floor(Math.log10(span)) - 2)
  const step = numberOf(schema['x-step']) ?? numberOf(schema['multipleOf']) ?? (integer ? 1 : fine)
  return {
    control: 'number',
    integer,
    step,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(slider ? { slider } : {}),
  }
}

function arrayShape(schema: JsonObject, root: JsonObject): Shape {
  const item = isObject(schema['items']) ? resolveRef(schema['items'], root) : {}
  const options = optionsOf(item, root)
  if (options) return { control: 'choices', options }
  if (typesOf(item).includes('string')) return { control: 'texts' }
  if (typesOf(item).includes('object') && isObject(item['properties'])) return { control: 'list', item }
  return { control: 'json' }
}

function objectShape(schema: JsonObject, root: JsonObject): Shape {
  if (isObject(schema['properties'])) return { control: 'group' }
  const values = isObject(schema['additionalProperties']) ? resolveRef(schema['additionalProperties'], root) : {}
  const numeric = typesOf(values).some((type) => type === 'number' || type === 'integer')
  return { control: 'map', of: numeric ? 'number' : 'json' }
}

function shapeOf(schema: JsonObject, root: JsonObject): Shape {
  const options = optionsOf(schema, root)
  if (options) return { control: 'choice', options }
  const branches = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].filter(isObject)
  const types = [schema, ...branches.map((branch) => resolveRef(branch, root))]
    .flatMap(typesOf)
    .filter((type) => type !== 'null')
  const orNumber = types.includes('number') || types.includes('integer')
  if (types.includes('string') && types.every((type) => ['string', 'number', 'integer'].includes(type))) {
    return { control: 'text', multiline: schema['x-multiline'] === true, orNumber }
  }
  if (types.length !== 1) return { control: 'json' }
  switch (types[0]) {
    case 'number':
    case 'integer':
      return numberShape(schema, types[0] === 'integer')
    case 'boolean':
      return { control: 'toggle' }
    case 'array':
      return arrayShape(schema, root)
    case 'object':
      return objectShape(schema, root)
    default:
      return { control: 'json' }
  }
}

/**
 * The settings an object schema offers for a value, in the order of `x-order`, then of the schema. Conditionals are
 * followed, so a setting that only makes sense beside another appears with it. With `kind`, settings that are not for
 * models of that kind are left out.
 */
export function readFields(
  schema: JsonObject,
  value: JsonObject,
  root: JsonObject = schema,
  kind?: ModelKind
): Field[] {
  const required = stringsOf(schema['required'])
  const ofKind = (property: JsonObject) =>
    kind === undefined || !Array.isArray(property['x-kinds']) || property['x-kinds'].includes(kind)
  const properties = [...propertiesOf(schema, value, root)].filter(([, property]) => ofKind(property))
  const fields = properties.map(([name, property]): Field => ({
    name,
    label: labelOf(name, property),
    help: localized(property['x-help']) ?? localized(property['description']),
    unit: localized(property['x-unit']),
    parameter: stringOf(property['x-parameter']) ?? null,
    unsent: property['x-wire'] === null,
    basic: property['x-group'] === 'basic',
    fallback: property['x-default'] ?? undefined,
    fallbackUnknown: property['x-default'] === null,
    required: required.includes(name),
    shape: shapeOf(property, root),
    schema: property,
  }))
  const place = (field: Field) => numberOf(field.schema['x-order']) ?? Infinity
  return fields.toSorted((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)))
}

/** The label of a value among options; undefined when it is none of them. */
export const optionFor = (options: readonly Option[], value: JsonValue | undefined): Option | undefined =>
  options.find((option) => sameJson(option.value, value))

import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import { isObject } from '../json'
import type { JsonObject, JsonValue } from '../values'

export interface SettingProblem {
  /**
   * A JSON Pointer into the value: `/temperature`, `/stop/0`; empty for the value itself. Half a surrogate pair in a
   * key stands as U+FFFD.
   */
  path: string
  /** One English sentence. */
  message: string
}

/** Keywords whose own error only says that something below is wrong. */
export const containers: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'additionalProperties',
  '$ref',
  'allOf',
  'if',
  'dependentSchemas',
])

/**
 * What is wrong with a value, by its JSON Schema 2020-12; empty when nothing is. A field that the schema does not have
 * is wrong too, when the schema forbids additional ones.
 */
export function validateSettings(schema: JsonObject, value: JsonValue): SettingProblem[] {
  const problems = unitsOf(schema, withSpellableKeys(value))
    .filter((unit) => !containers.has(unit.keyword))
    .map(problemOf)
  return problems.filter((problem, at) => problems.findIndex((other) => other.path === problem.path) === at)
}

/** Whether a value fits a schema. A schema that cannot be read forbids nothing. */
export function fits(schema: JsonObject, value: JsonValue): boolean {
  try {
    return validateSettings(schema, value).length === 0
  } catch {
    return true
  }
}

/** What the library says of a value, its keys spellable; throws for a schema that it cannot read. */
export const unitsOf = (schema: JsonObject, value: JsonValue): OutputUnit[] =>
  validatorOf(schema).validate(value).errors

/** The library writes places as URI fragments. */
export const pointerOf = (location: string): string => decodeURIComponent(location.replace(/^#/, ''))

const problemOf = (unit: OutputUnit): SettingProblem => ({
  path: pointerOf(unit.instanceLocation),
  message: unit.keyword === 'false' ? 'There is no such setting.' : unit.error,
})

const halfPairs = /\p{Surrogate}/gu

/**
 * The same values under keys that a URI can spell: the library throws at half a surrogate pair, as a text cut in the
 * middle of an emoji leaves it. Keys that would come to the same stay apart, so that every value is checked.
 */
export function withSpellableKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withSpellableKeys)
  if (!isObject(value)) return value
  const taken = new Set(Object.keys(value))
  const spellable = (key: string): string => {
    let spelled = key.replace(halfPairs, '\ufffd')
    if (spelled === key) return key
    while (taken.has(spelled)) spelled += '\ufffd'
    taken.add(spelled)
    return spelled
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [spellable(key), withSpellableKeys(part)]))
}

const validators = new WeakMap<JsonObject, Validator>()

function validatorOf(schema: JsonObject): Validator {
  const known = validators.get(schema)
  if (known) return known
  const checked: Schema = { ...schema }
  const validator = new Validator(checked, '2020-12', false)
  validators.set(schema, validator)
  return validator
}

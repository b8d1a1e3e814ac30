import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import type { SettingsSchema } from '@contract/entities/provider'
import type { JsonObject } from '@contract/values'

export interface SettingProblem {
  /** A JSON Pointer into the value: `/temperature`, `/stop/0`; empty for the value itself. */
  path: string
  /** One English sentence. */
  message: string
}

/** Keywords whose own error only says that something below is wrong. */
const containers = new Set([
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
export function validateSettings(schema: SettingsSchema, value: JsonObject): SettingProblem[] {
  const { errors } = validatorOf(schema).validate(value)
  const problems = errors.filter((unit) => !containers.has(unit.keyword)).map(problemOf)
  return problems.filter((problem, at) => problems.findIndex((other) => other.path === problem.path) === at)
}

const problemOf = (unit: OutputUnit): SettingProblem => ({
  path: unit.instanceLocation.replace(/^#/, ''),
  message: unit.keyword === 'false' ? 'There is no such setting.' : unit.error,
})

const validators = new WeakMap<SettingsSchema, Validator>()

function validatorOf(schema: SettingsSchema): Validator {
  const known = validators.get(schema)
  if (known) return known
  const checked: Schema = { ...schema }
  const validator = new Validator(checked, '2020-12', false)
  validators.set(schema, validator)
  return validator
}

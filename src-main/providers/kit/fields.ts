import { z } from 'zod'
import { ModelKind } from '@contract/entities/model'
import type { SettingsSchema } from '@contract/entities/provider'
import { JsonObject, JsonValue, LocalizedText } from '@contract/values'
import { validateSettings } from './validate-settings'

/** The keywords that Fabula adds to JSON Schema; docs/adding-a-provider.md explains each. */
const Keywords = z.looseObject({
  'x-name': LocalizedText,
  'x-help': LocalizedText,
  'x-group': z.enum(['basic', 'more']),
  'x-order': z.number(),
  'x-unit': LocalizedText.optional(),
  'x-step': z.number().positive().optional(),
  'x-slider': z.tuple([z.number(), z.number()]).optional(),
  'x-labels': z.record(z.string(), LocalizedText).optional(),
  'x-default': JsonValue.optional(),
  'x-wire': z
    .string()
    .regex(/^\w+(\.\w+)*$/)
    .nullable()
    .optional(),
  'x-parameter': z.string().min(1).optional(),
  'x-kinds': z.array(ModelKind).min(1).optional(),
  'x-essential': z.boolean().optional(),
})

const Properties = z.record(z.string(), z.union([JsonObject, z.boolean()]))

const ObjectSchema = z
  .looseObject({ type: z.literal('object'), properties: Properties })
  .refine((schema) => schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false, {
    error: 'Must have "additionalProperties": false, or "unevaluatedProperties": false where it has conditions',
  })

/** What a schema, or a branch of one, says of properties, by conditions or without. */
const Branching = z.looseObject({
  properties: Properties.default({}),
  allOf: z.array(JsonObject).default([]),
  if: JsonObject.optional(),
  dependentSchemas: z.record(z.string(), JsonObject).default({}),
})

/** One setting, as its schema describes it. */
export interface SettingField {
  key: string
  /** Where it stands in the request body; null for what Fabula uses itself and never sends. */
  wire: readonly string[] | null
  /** Its name among a model's supported parameters, where the schema gives one. */
  parameter: string | null
  kinds: readonly ModelKind[]
  /** The writer relies on it: a request is never made again without it. */
  essential: boolean
}

/**
 * The settings of a sampler, settings or embedding schema, in the schema's order: those that there are while `values`
 * are set, or, without them, all that there can ever be. Throws a ZodError for one that lacks a keyword or has a wrong
 * one, and an Error for one that its schema would never take.
 */
export function fieldsOf(schema: SettingsSchema, values?: JsonObject): SettingField[] {
  const own = ObjectSchema.parse(schema)
  const found = propertiesOf(schema, values)
  const closed = schema['additionalProperties'] === false
  return [...found].map(([key, property]) => {
    if (closed && !Object.hasOwn(own.properties, key))
      throw new Error(`"${key}" stands under a condition, which "additionalProperties": false does not see`)
    const keywords = Keywords.parse(property)
    const wire = keywords['x-wire']
    return {
      key,
      wire: wire === null ? null : (wire ?? key).split('.'),
      parameter: keywords['x-parameter'] ?? null,
      kinds: keywords['x-kinds'] ?? ModelKind.options,
      essential: keywords['x-essential'] ?? false,
    }
  })
}

function propertiesOf(
  schema: JsonObject,
  values: JsonObject | undefined,
  found = new Map<string, JsonObject>()
): Map<string, JsonObject> {
  const own = Branching.parse(schema)
  for (const [key, property] of Object.entries(own.properties))
    if (typeof property !== 'boolean') found.set(key, { ...found.get(key), ...property })
  for (const branch of branchesOf(own, values)) propertiesOf(branch, values, found)
  return found
}

function branchesOf(own: z.output<typeof Branching>, values: JsonObject | undefined): JsonObject[] {
  const { allOf, dependentSchemas } = own
  const [yes, no] = [own['then'], own['else']].map((branch) => JsonObject.optional().parse(branch))
  const conditional =
    values === undefined || !own.if ? [yes, no] : [validateSettings(own.if, values).length === 0 ? yes : no]
  const dependent = Object.entries(dependentSchemas).filter(
    ([key]) => values === undefined || Object.hasOwn(values, key)
  )
  return [...allOf, ...conditional, ...dependent.map(([, branch]) => branch)].filter((branch) => branch !== undefined)
}

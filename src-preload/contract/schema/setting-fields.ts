import { z } from 'zod'
import { ModelKind } from '../entities/model'
import { JsonObject, JsonValue, LocalizedText } from '../values'
import { propertiesOf } from './properties'

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
export function fieldsOf(schema: JsonObject, values?: JsonObject): readonly SettingField[] {
  // Every request to a model asks for them: where nothing depends on what is set, they are read once.
  if (conditions.some((keyword) => Object.hasOwn(schema, keyword))) return readFields(schema, values)
  const known = plainFields.get(schema) ?? readFields(schema, values)
  plainFields.set(schema, known)
  return known
}

const conditions = ['allOf', 'if', 'dependentSchemas', '$ref']
const plainFields = new WeakMap<JsonObject, readonly SettingField[]>()

function readFields(schema: JsonObject, values?: JsonObject): SettingField[] {
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

import { z } from 'zod'
import { ModelKind } from '@contract/entities/model'
import type { SettingsSchema } from '@contract/entities/provider'
import { JsonObject, JsonValue, LocalizedText } from '@contract/values'

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
})

const ObjectSchema = z.looseObject({
  type: z.literal('object'),
  properties: z.record(z.string(), JsonObject),
  additionalProperties: z.literal(false),
})

/** One setting, as its schema describes it. */
export interface SettingField {
  key: string
  /** Where it stands in the request body; null for what Fabula uses itself and never sends. */
  wire: readonly string[] | null
  /** Its name among a model's supported parameters, where the schema gives one. */
  parameter: string | null
  kinds: readonly ModelKind[]
}

/**
 * The settings of a sampler, settings or embedding schema, in the schema's order. Throws a ZodError for one that lacks
 * a keyword or has a wrong one.
 */
export function fieldsOf(schema: SettingsSchema): SettingField[] {
  const { properties } = ObjectSchema.parse(schema)
  return Object.entries(properties).map(([key, property]) => {
    const keywords = Keywords.parse(property)
    const wire = keywords['x-wire']
    return {
      key,
      wire: wire === null ? null : (wire ?? key).split('.'),
      parameter: keywords['x-parameter'] ?? null,
      kinds: keywords['x-kinds'] ?? ModelKind.options,
    }
  })
}

import { z } from 'zod'
import { FabulaError, type ErrorShape } from '@contract/errors'
import { JsonObject, JsonValue, Timestamp } from '@contract/values'
import { toApiError } from '@main/gateway/error-answers'

/** The schemas that the document names, by what they are called there. */
export const requestSchemas = z.registry<{ id: string }>()
export const answerSchemas = z.registry<{ id: string }>()

/** A schema of what programs send. */
export function ofRequest<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  requestSchemas.add(schema, { id })
  return schema
}

/** A schema of what programs are answered: fields with a default are always there. */
export function ofAnswer<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  answerSchemas.add(schema, { id })
  return schema
}

for (const registry of [requestSchemas, answerSchemas]) {
  registry.add(JsonValue, { id: 'JsonValue' })
  registry.add(JsonObject, { id: 'JsonObject' })
}

/** All of a list. */
export const listOf = <Schema extends z.ZodType>(id: string, schema: Schema) =>
  ofAnswer(id, z.strictObject({ data: z.array(schema) }))

/** A part of a list. */
export const pageOf = <Schema extends z.ZodType>(id: string, schema: Schema) =>
  ofAnswer(
    id,
    z.strictObject({
      data: z.array(schema),
      has_more: z.boolean().describe('There is more: ask again from the last one of these on.'),
    })
  )

/** Why something of Fabula's did not work when it was last tried. */
export const Problem = ofAnswer('Problem', z.strictObject({ code: z.string(), message: z.string() }))

export function problemOf(shape: ErrorShape | null): z.output<typeof Problem> | null {
  if (!shape) return null
  const { code, message } = toApiError(FabulaError.from(shape))
  return { code, message }
}

export const Tokens = z.int().nonnegative().nullable()
export const Dollars = z.number().nonnegative().nullable().describe('US dollars; null where the price is not known.')
export const Moment = Timestamp.describe('ISO 8601, in UTC.')

/** A whole number behind the question mark. */
export const numberParameter = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum))
    .meta({ type: 'integer', minimum, maximum, pattern: undefined })

/** `true` or `false` behind the question mark. */
export const booleanParameter = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'boolean', enum: undefined })

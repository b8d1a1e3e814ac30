import type { JsonObject, JsonValue } from '@contract/values'
import { isClosed } from '@main/providers/kit/closed-schema'

/** Keywords with which the API refuses a schema for the answer's format, by its documentation. */
const refused = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'patternProperties',
  'if',
  'not',
  'oneOf',
])

/** Whether the API takes a schema as the format of an answer: an object that is closed all through, without limits. */
export const isFormatSchema = (schema: JsonObject): boolean =>
  schema['type'] === 'object' && isClosed(schema) && !isRefused(schema)

function isRefused(schema: JsonValue): boolean {
  if (Array.isArray(schema)) return schema.some(isRefused)
  if (typeof schema !== 'object' || schema === null) return false
  return Object.entries(schema).some(([key, value]) => {
    // The names of properties are no keywords; what they hold is schemas again.
    if (key === 'properties' && typeof value === 'object' && value !== null) return Object.values(value).some(isRefused)
    return refused.has(key) || isRefused(value)
  })
}

import type { JsonValue } from '@contract/values'

/**
 * Whether every object in a JSON Schema requires all its fields and allows no others. Only then does `strict` work:
 * with it, the provider guarantees the shape, and refuses a schema that is more open.
 */
export function isClosed(schema: JsonValue): boolean {
  if (Array.isArray(schema)) return schema.every(isClosed)
  if (typeof schema !== 'object' || schema === null) return true
  if (schema.type === 'object' && !closesItself(schema)) return false
  return Object.values(schema).every(isClosed)
}

function closesItself(schema: Record<string, JsonValue>): boolean {
  const { properties, required, additionalProperties } = schema
  if (additionalProperties !== false || !Array.isArray(required)) return false
  if (typeof properties !== 'object' || properties === null) return false
  return Object.keys(properties).every((key) => required.includes(key))
}

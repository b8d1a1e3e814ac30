import type { JsonObject, JsonValue } from '@contract/values'
import { JsonValue as Json } from '@contract/values'
import { schemaFrom, schemaOfColumns } from './schema-shape'

/** The schema of a sample answer; null where it is neither JSON nor, for a table, a line of columns. */
export function schemaOfSample(text: string, format: 'json' | 'csv'): JsonObject | null {
  const value = jsonIn(text)
  if (value !== undefined) {
    const schema = schemaFrom(value)
    // A table is described by one of its rows.
    if (format === 'json') return schema
    const row = Array.isArray(value) ? schema['items'] : schema
    return Json.safeParse(row).success && typeof row === 'object' && row !== null && !Array.isArray(row) ? row : null
  }
  if (format === 'json') return null
  const [line = ''] = text.trim().split('\n')
  const separator = [';', '\t', ','].find((each) => line.includes(each)) ?? ','
  const names = line.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
  const isTable = names.every((name) => name !== '') && new Set(names).size === names.length
  return isTable ? schemaOfColumns(names) : null
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return Json.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

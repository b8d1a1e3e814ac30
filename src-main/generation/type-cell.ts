import { isObject, listOf } from '@contract/json'
import { resolveRef } from '@contract/schema/properties'
import type { JsonObject, JsonValue } from '@contract/values'
import { scanValue } from './json-value'

/**
 * What a cell of a table says, by the schema of its column: a number, a truth, a JSON list or a text; undefined where it
 * is empty and says nothing. What is not written as the schema wants it stays a text, for the check to name.
 *
 * @param column.required whether an empty cell is an empty text
 * @param root the whole schema, where references lead to
 */
export function typeCell(
  cell: string,
  column: { schema: JsonObject; required: boolean },
  root: JsonObject
): JsonValue | undefined {
  const types = typesOf(column.schema, root)
  const isText = types.size === 0 || types.has('string')
  if (cell === '') {
    if (types.has('null')) return null
    return isText && column.required ? '' : undefined
  }
  if (isText) return cell
  for (const type of types) {
    const value = readAs(type, cell.trim())
    if (value !== undefined) return value
  }
  return cell
}

function readAs(type: string, cell: string): JsonValue | undefined {
  switch (type) {
    case 'number':
    case 'integer':
      return isNumber(cell) ? Number(cell) : undefined
    case 'boolean':
      if (/^true$/i.test(cell)) return true
      return /^false$/i.test(cell) ? false : undefined
    case 'null':
      return cell === 'null' ? null : undefined
    case 'array':
      return jsonOf(cell, '[')
    case 'object':
      return jsonOf(cell, '{')
    default:
      return undefined
  }
}

const isNumber = (cell: string): boolean =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(cell) && Number.isFinite(Number(cell))

function jsonOf(cell: string, bracket: '[' | '{'): JsonValue | undefined {
  if (!cell.startsWith(bracket)) return undefined
  const scan = scanValue(cell, 0)
  if (scan.state !== 'whole' || scan.end !== cell.length) return undefined
  const value: JsonValue = JSON.parse(scan.json)
  return value
}

/** The types that a schema lets a value have; none where it does not say. */
function typesOf(schema: JsonObject, root: JsonObject, depth = 0): Set<string> {
  const { type, enum: values, const: only, anyOf, oneOf } = resolveRef(schema, root)
  if (typeof type === 'string') return new Set([type])
  if (Array.isArray(type)) return new Set(type.filter((one) => typeof one === 'string'))
  if (Array.isArray(values)) return new Set(values.map(typeOf))
  if (only !== undefined) return new Set([typeOf(only)])
  if (depth > DEEPEST) return new Set()
  const branches = [...listOf(anyOf), ...listOf(oneOf)].filter((branch) => isObject(branch))
  return new Set(branches.flatMap((branch) => [...typesOf(branch, root, depth + 1)]))
}

/** A schema that leads to itself is followed no further. */
const DEEPEST = 8

function typeOf(value: JsonValue): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

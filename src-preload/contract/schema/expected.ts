import type { OutputUnit } from '@cfworker/json-schema'
import { isObject, numberOf, stringsOf } from '../json'
import type { JsonObject, JsonValue } from '../values'
import { escapedPart, partsOf, valueAtPointer } from './pointer'
import { resolveRef } from './properties'
import { pointerOf } from './validate-settings'
import { ValueKeyword } from './value-problem'

/** What one error of the library means: where, which keyword, and what that asks for. */
export interface Meaning {
  path: string
  keyword: ValueKeyword
  expected: JsonObject
}

/** Containers whose `false` below means that there is nothing of the kind. */
const closing: Readonly<Record<string, ValueKeyword>> = { items: 'items', unevaluatedItems: 'items' }

/**
 * What an error says, by the schema that asked and the value that was checked. A keyword that stands for several errors
 * of one place (`required`) says all of them.
 *
 * @param above the error before it, which names the keyword that led to a `false`
 */
export function meaningsOf(
  unit: OutputUnit,
  above: OutputUnit | undefined,
  root: JsonObject,
  value: JsonValue
): Meaning[] {
  const path = pointerOf(unit.instanceLocation)
  const found = valueAtPointer(value, path)
  if (unit.keyword === 'false') {
    const name = partsOf(path).at(-1) ?? ''
    const keyword = closing[above?.keyword ?? '']
    return [keyword ? { path, keyword, expected: {} } : { path, keyword: 'additionalProperties', expected: { name } }]
  }
  const schema = schemaAt(root, unit.keywordLocation)
  const object = isObject(found) ? found : {}
  const missing = (names: readonly string[]) => names.filter((name) => !Object.hasOwn(object, name))
  switch (unit.keyword) {
    case 'required':
      return missing(stringsOf(schema['required'])).map((name) => ({
        path: `${path}/${escapedPart(name)}`,
        keyword: 'required',
        expected: { name },
      }))
    case 'dependentRequired':
      return Object.entries(isObject(schema['dependentRequired']) ? schema['dependentRequired'] : {})
        .filter(([other]) => Object.hasOwn(object, other))
        .flatMap(([other, names]) =>
          missing(stringsOf(names)).map((name) => ({
            path: `${path}/${escapedPart(name)}`,
            keyword: 'dependentRequired' as const,
            expected: { name, other },
          }))
        )
    case 'minContains':
    case 'maxContains':
    case 'contains': {
      const least = numberOf(schema['minContains']) ?? 1
      return [{ path, keyword: 'contains', expected: { least, most: numberOf(schema['maxContains']) ?? null } }]
    }
    default: {
      const keyword = ValueKeyword.safeParse(unit.keyword).data ?? 'not'
      return [{ path, keyword, expected: expectedBy(keyword, schema, found) }]
    }
  }
}

function expectedBy(keyword: ValueKeyword, schema: JsonObject, found: JsonValue | undefined): JsonObject {
  const asked = schema[keyword] ?? null
  switch (keyword) {
    case 'type':
      return { types: Array.isArray(asked) ? asked : [asked], got: typeOf(found) }
    case 'enum':
      return { values: asked }
    case 'const':
      return { value: asked }
    case 'pattern':
    case 'format':
      return { [keyword]: asked }
    case 'uniqueItems':
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return {}
    default:
      return { limit: asked }
  }
}

export function typeOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** The schema whose keyword is meant by a place that the library names: `#/properties/a/$ref/minimum`. */
function schemaAt(root: JsonObject, location: string): JsonObject {
  let found: JsonValue | undefined = root
  for (const part of partsOf(pointerOf(location)).slice(0, -1)) {
    if (part === '$ref') found = isObject(found) ? resolveRef(found, root) : undefined
    else if (Array.isArray(found)) found = found[Number(part)]
    else found = isObject(found) ? found[part] : undefined
  }
  return isObject(found) ? found : {}
}

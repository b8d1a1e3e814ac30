import { isObject, listOf } from '../json'
import type { JsonObject, JsonValue } from '../values'
import { fits } from './validate-settings'

/** A schema that leads to itself is followed no further than this. */
const DEEPEST = 8

/** Follows `$ref` inside the schema (`#/$defs/…`); keywords beside it are kept. */
export function resolveRef(schema: JsonObject, root: JsonObject): JsonObject {
  let current = schema
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const { $ref: ref, ...beside } = current
    if (typeof ref !== 'string' || !ref.startsWith('#/')) return current
    let target: JsonValue | undefined = root
    for (const part of ref.slice(2).split('/')) {
      target = isObject(target) ? target[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
    }
    current = isObject(target) ? { ...target, ...beside } : beside
  }
  return current
}

/**
 * The properties of an object schema, in its order: its own, and those that `allOf`, `if`/`then`/`else` and
 * `dependentSchemas` add while `values` are set, or, without values, could ever add.
 *
 * @param root the whole schema, when `schema` is a part of one
 */
export function propertiesOf(
  schema: JsonObject,
  values: JsonObject | undefined,
  root: JsonObject = schema
): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  const collect = (part: JsonObject, depth: number) => {
    if (depth > DEEPEST) return
    const own = resolveRef(part, root)
    const properties = isObject(own['properties']) ? own['properties'] : {}
    for (const [name, property] of Object.entries(properties))
      if (isObject(property)) found.set(name, { ...found.get(name), ...resolveRef(property, root) })
    for (const branch of branchesOf(own, values, root)) collect(branch, depth + 1)
  }
  collect(schema, 0)
  return found
}

/** The parts of a schema that hold for the values, or that may hold for some. */
function branchesOf(schema: JsonObject, values: JsonObject | undefined, root: JsonObject): JsonObject[] {
  const condition = isObject(schema['if']) ? schema['if'] : null
  const [yes, no] = condition === null ? [] : [schema['then'], schema['else']]
  const conditional =
    condition === null || values === undefined ? [yes, no] : [fits(withDefinitions(condition, root), values) ? yes : no]
  const dependent = Object.entries(isObject(schema['dependentSchemas']) ? schema['dependentSchemas'] : {})
    .filter(([name]) => values === undefined || Object.hasOwn(values, name))
    .map(([, branch]) => branch)
  return [...listOf(schema['allOf']), ...conditional, ...dependent].filter((part) => isObject(part))
}

const withDefinitions = (condition: JsonObject, { $defs }: JsonObject): JsonObject =>
  isObject($defs) ? { ...condition, $defs } : condition

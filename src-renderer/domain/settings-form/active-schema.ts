import { Validator } from '@cfworker/json-schema'
import type { JsonObject, JsonValue } from '@contract/values'
import { isObject, listOf } from '@contract/json'

/** Whether a value fits a schema. An unreadable schema forbids nothing: main has the last word. */
export function fits(schema: JsonObject, value: JsonValue): boolean {
  try {
    return new Validator(schema, '2020-12').validate(value).valid
  } catch {
    return true
  }
}

/** Follows `$ref` inside the schema (`#/$defs/…`); keywords beside it are kept. */
export function resolveRef(schema: JsonObject, root: JsonObject): JsonObject {
  let current = schema
  for (let depth = 0; depth < 8; depth += 1) {
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

/** The properties that one schema object and its conditionals declare for this value. */
function collect(
  schema: JsonObject,
  value: JsonObject,
  root: JsonObject,
  into: Map<string, JsonObject>,
  depth: number
) {
  if (depth > 8) return
  const own = resolveRef(schema, root)
  if (isObject(own['properties'])) {
    for (const [name, property] of Object.entries(own['properties'])) {
      if (isObject(property)) into.set(name, { ...into.get(name), ...resolveRef(property, root) })
    }
  }
  const follow = (branch: JsonValue | undefined) => {
    if (isObject(branch)) collect(branch, value, root, into, depth + 1)
  }
  listOf(own['allOf']).forEach(follow)
  if (isObject(own['if'])) {
    const condition = isObject(root['$defs']) ? { ...own['if'], $defs: root['$defs'] } : own['if']
    follow(fits(condition, value) ? own['then'] : own['else'])
  }
  if (isObject(own['dependentSchemas'])) {
    for (const [name, branch] of Object.entries(own['dependentSchemas'])) {
      if (Object.hasOwn(value, name)) follow(branch)
    }
  }
}

/**
 * The properties an object schema has for a value: its own, and those that `allOf`, `if`/`then`/`else` and
 * `dependentSchemas` add for what is set now.
 */
export function activeProperties(schema: JsonObject, value: JsonObject, root: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  collect(schema, value, root, found, 0)
  return found
}

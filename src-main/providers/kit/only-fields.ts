import { JsonValue, type JsonObject } from '@contract/values'

/** The fields of an object that are wanted, as far as it has them and they are JSON. */
export function onlyFields(object: Readonly<Record<string, unknown>>, wanted: readonly string[]): JsonObject {
  const fields: JsonObject = {}
  for (const name of wanted) {
    const value = Object.hasOwn(object, name) ? JsonValue.safeParse(object[name]).data : undefined
    if (value !== undefined) fields[name] = value
  }
  return fields
}

import type { JsonObject } from '@contract/values'

/** The fields of an object that are wanted, as far as it has them. */
export const onlyFields = (object: JsonObject, wanted: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => wanted.includes(name)))

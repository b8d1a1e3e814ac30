import { fieldsOf } from '@contract/schema/setting-fields'
import type { JsonObject } from '@contract/values'
import type { MediaDefinition } from '@main/providers/spec/definition'
import { mergeInto, nest } from './merge-json'

/**
 * The settings of a stage where the wire format of its provider wants them. What its schema does not know is left out; what
 * has `"x-wire": null` is for the adapter itself, and keeps its own name.
 */
export function mediaParameters({ settingsSchema }: MediaDefinition, settings: JsonObject): JsonObject {
  const parameters: JsonObject = {}
  for (const { key, wire } of fieldsOf(settingsSchema, settings)) {
    const value = settings[key]
    if (value !== undefined) mergeInto(parameters, nest(wire ?? [key], value))
  }
  return parameters
}

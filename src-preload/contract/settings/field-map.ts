import { ModelSettings } from '../entities/model-config'
import type { PresetRole } from '../entities/preset'
import type { JsonObject, JsonValue } from '../values'

/**
 * Settings as one value for each field path (contract `FieldPath`): `model`, `samplers.temperature`. Laying settings over
 * one another, comparing them and storing differences are all plain work on such maps.
 */
export type FieldMap = ReadonlyMap<string, JsonValue>

const groups = ['samplers', 'custom', 'settings', 'timeouts', 'work'] as const

export function fieldsOfSettings(settings: ModelSettings): Map<string, JsonValue> {
  const fields = new Map<string, JsonValue>()
  const { samplers, custom, settings: provider, timeouts, work, ...single } = settings
  for (const [path, value] of Object.entries(single)) if (value !== undefined) fields.set(path, value)
  const grouped: Record<(typeof groups)[number], JsonObject | undefined> = {
    samplers,
    custom,
    settings: provider,
    timeouts,
    work,
  }
  for (const group of groups)
    for (const [key, value] of Object.entries(grouped[group] ?? {}))
      if (value !== undefined) fields.set(`${group}.${key}`, value)
  return fields
}

/** The settings that a map describes. Throws zod's error when a value cannot be a setting at all. */
export const settingsOfFields = (fields: FieldMap): ModelSettings => ModelSettings.parse(byGroup(fields))

/** The same for what is only shown: without settings where a value cannot be one, as after an older version. */
export const shownSettings = (fields: FieldMap): ModelSettings => ModelSettings.safeParse(byGroup(fields)).data ?? {}

function byGroup(fields: FieldMap): JsonObject {
  const single: [string, JsonValue][] = []
  const grouped = new Map<string, [string, JsonValue][]>()
  for (const [path, value] of fields) {
    const dot = path.indexOf('.')
    if (dot < 0) single.push([path, value])
    else {
      const group = path.slice(0, dot)
      grouped.set(group, [...(grouped.get(group) ?? []), [path.slice(dot + 1), value]])
    }
  }
  // Object.fromEntries defines its properties, so that a key such as `__proto__` is only a key.
  return Object.fromEntries([...single, ...[...grouped].map(([group, values]) => [group, Object.fromEntries(values)])])
}

/** The model settings among the fields of a role. Throws zod's error when a value cannot be a setting at all. */
export function settingsAmong(fields: FieldMap): ModelSettings {
  const settings = new Map(fields)
  for (const path of ['enabled', 'modelConfigId', 'prompt']) settings.delete(path)
  return settingsOfFields(settings)
}

/** All that a preset says of a role, its switch, its model config and its prompt included. */
export function fieldsOfRole(role: PresetRole): Map<string, JsonValue> {
  const fields = fieldsOfSettings(role.settings)
  fields.set('enabled', role.enabled)
  if (role.modelConfigId !== null) fields.set('modelConfigId', role.modelConfigId)
  if (role.prompt) fields.set('prompt', role.prompt)
  return fields
}

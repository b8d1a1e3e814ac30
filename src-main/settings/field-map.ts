import { ModelSettings } from '@contract/entities/model-config'
import type { PresetRole } from '@contract/entities/preset'
import type { JsonObject, JsonValue } from '@contract/values'

/**
 * Settings as one value for each field path (contract `FieldPath`): `model`, `samplers.temperature`. Laying settings over
 * one another, comparing them and storing differences are all plain work on such maps.
 */
export type FieldMap = ReadonlyMap<string, JsonValue>

const groups = ['samplers', 'custom', 'settings', 'timeouts'] as const

export function fieldsOfSettings(settings: ModelSettings): Map<string, JsonValue> {
  const fields = new Map<string, JsonValue>()
  const { samplers, custom, settings: provider, timeouts, ...single } = settings
  for (const [path, value] of Object.entries(single)) if (value !== undefined) fields.set(path, value)
  const grouped: Record<(typeof groups)[number], JsonObject | undefined> = {
    samplers,
    custom,
    settings: provider,
    timeouts,
  }
  for (const group of groups)
    for (const [key, value] of Object.entries(grouped[group] ?? {}))
      if (value !== undefined) fields.set(`${group}.${key}`, value)
  return fields
}

/** The settings that a map describes. Throws zod's error when a value cannot be a setting at all. */
export function settingsOfFields(fields: FieldMap): ModelSettings {
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
  return ModelSettings.parse(
    // Object.fromEntries defines its properties, so that a key such as `__proto__` is only a key.
    Object.fromEntries([...single, ...[...grouped].map(([group, values]) => [group, Object.fromEntries(values)])])
  )
}

/** All that a preset says of a role, its switch and its model config included. */
export function fieldsOfRole(role: PresetRole): Map<string, JsonValue> {
  const fields = fieldsOfSettings(role.settings)
  fields.set('enabled', role.enabled)
  if (role.modelConfigId !== null) fields.set('modelConfigId', role.modelConfigId)
  return fields
}

/** Whether two values say the same: nothing is null, and the order of an object's keys does not matter. */
export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  const [one, other] = [a ?? null, b ?? null]
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => sameValue(item, other[index]))
    )
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]))
  )
}

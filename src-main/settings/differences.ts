import { sameJson } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { isProviderBound } from '@contract/settings/effective-settings'
import { type FieldMap } from '@contract/settings/field-map'

/**
 * The sparse overrides that make `base` into `target`: what differs, and null for what `target` does not set. What is
 * bound to a provider or a model does not follow to another one: where that differs, it is named whole, even where it is
 * what `base` says, and what `target` does not set of it needs no null.
 */
export function differences(base: FieldMap, target: FieldMap): Map<string, JsonValue> {
  const changed = (path: string) => !sameJson(base.get(path), target.get(path))
  const provider = changed('providerId')
  const model = changed('model') || (provider && target.has('model'))
  const result = new Map<string, JsonValue>()
  for (const [path, value] of target)
    if (changed(path) || (provider && (path === 'model' || isProviderBound(path))) || (model && path === 'serverId'))
      result.set(path, value)
  for (const path of base.keys()) {
    const left = (provider && isProviderBound(path)) || (model && path === 'serverId')
    if (!target.has(path) && !left) result.set(path, null)
  }
  return result
}

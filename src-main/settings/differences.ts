import type { JsonValue } from '@contract/values'
import { sameValue, type FieldMap } from './field-map'

/**
 * The sparse overrides that make `base` into `target`: what differs, and null for what `target` does not set. Where the
 * provider or model differs, what is bound to it is named whole, because it does not follow from the layer below.
 */
export function differences(base: FieldMap, target: FieldMap): Map<string, JsonValue> {
  const changed = (path: string) => !sameValue(base.get(path), target.get(path))
  const provider = target.has('providerId') && changed('providerId')
  const model = target.has('model') && changed('model')
  const bound = (path: string) =>
    (provider && (path === 'tokenIds' || path.startsWith('settings.') || path.startsWith('custom.'))) ||
    ((provider || model) && path === 'serverId')
  const result = new Map<string, JsonValue>()
  for (const [path, value] of target) if (changed(path) || bound(path)) result.set(path, value)
  for (const path of base.keys()) if (!target.has(path)) result.set(path, null)
  return result
}

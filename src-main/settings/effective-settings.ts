import type { Origin } from '@contract/entities/effective'
import type { JsonValue } from '@contract/values'
import type { FieldMap } from './field-map'

/** One layer of settings. A field that is null takes away what the layers below say. */
export interface Layer {
  origin: Origin
  fields: FieldMap
}

/** The value of each field that some layer sets, and the layer it comes from. */
export type EffectiveFields = Map<string, { value: JsonValue; origin: Origin }>

/** What makes sense for one provider only, and does not follow to another. */
export const isProviderBound = (path: string) =>
  path === 'tokenIds' || path.startsWith('settings.') || path.startsWith('custom.')

/**
 * Lays sparse settings over one another: a field comes from the highest layer that sets it, and from nowhere when none
 * does. A layer that chooses another provider leaves the lower layers' model, keys and provider settings behind, and one
 * that chooses another model their server.
 */
export function effectiveFields(layers: readonly Layer[]): EffectiveFields {
  const effective: EffectiveFields = new Map()
  for (const { origin, fields } of layers) {
    const provider = fields.get('providerId')
    if (provider !== undefined && provider !== effective.get('providerId')?.value)
      for (const path of effective.keys()) if (isProviderBound(path) || path === 'model') effective.delete(path)
    if (fields.has('model') && !fields.has('serverId')) effective.delete('serverId')
    for (const [path, value] of fields)
      if (value === null) effective.delete(path)
      else effective.set(path, { value, origin })
  }
  return effective
}

/** The values alone. */
export const valuesOf = (effective: EffectiveFields): Map<string, JsonValue> =>
  new Map([...effective].map(([path, { value }]) => [path, value]))

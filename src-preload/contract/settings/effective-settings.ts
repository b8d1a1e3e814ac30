import type { Origin } from '../entities/effective'
import type { JsonValue } from '../values'
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
    leaveBehind(effective, effective.get('providerId')?.value, fields)
    for (const [path, value] of fields)
      if (value === null) effective.delete(path)
      else effective.set(path, { value, origin })
  }
  return effective
}

/** Takes out of lower layers, which have a provider, what does not hold under a higher one. */
function leaveBehind(below: Map<string, unknown>, provider: JsonValue | undefined, above: FieldMap): void {
  const chosen = above.get('providerId')
  if (chosen !== undefined && chosen !== provider)
    for (const path of below.keys()) if (isProviderBound(path) || path === 'model') below.delete(path)
  if (above.has('model') && !above.has('serverId')) below.delete('serverId')
}

/** What of a lower layer still holds under a higher one, where that does not say otherwise. */
export function fieldsBelow(below: FieldMap, above: FieldMap): Map<string, JsonValue> {
  const left = new Map(below)
  leaveBehind(left, below.get('providerId'), above)
  return left
}

/**
 * What the Writer gives to a role that has no model of its own: all but its prompt, samplers and custom parameters, which
 * were chosen for the Writer's job.
 */
export const lentByMain = (main: FieldMap): Map<string, JsonValue> =>
  new Map([...main].filter(([path]) => !/^(?:prompt$|(?:samplers|custom|work)\.)/.test(path)))

/** The values alone. */
export const valuesOf = (effective: EffectiveFields): Map<string, JsonValue> =>
  new Map([...effective].map(([path, { value }]) => [path, value]))

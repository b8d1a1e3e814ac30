import { sameJson } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { differences } from './differences'
import { effectiveFields, isProviderBound, valuesOf, type Layer } from '@contract/settings/effective-settings'
import { type FieldMap } from '@contract/settings/field-map'

/**
 * A role's overrides after some changes to them; null means not set here. What the preset gives anyway is not kept as a
 * difference when it is chosen. The others stay as they are, but for two things: another provider or model leaves behind
 * what was said for the former one alone, and takes along what is bound to it.
 *
 * @param resolve every value of the role with the overrides given
 */
export function changedOverrides(
  resolve: (overrides: FieldMap) => FieldMap,
  before: FieldMap,
  changes: FieldMap
): Map<string, JsonValue> {
  const own = new Map([...before, ...changes])
  const said = (path: string) => changes.has(path)
  if (!sameJson(resolve(before).get('providerId'), resolve(own).get('providerId')))
    for (const path of before.keys()) if (isProviderBound(path) && !said(path)) own.delete(path)
  if (said('model') && !said('serverId')) own.delete('serverId')

  const config = own.get('modelConfigId')
  const below = resolve(config === undefined ? new Map() : new Map([['modelConfigId', config]]))
  // The preset's own choice, chosen again: what is bound to it is there already.
  for (const path of ['providerId', 'model'])
    if (said(path) && sameJson(own.get(path), below.get(path))) own.delete(path)
  const layers: Layer[] = [
    { origin: 'preset', fields: below },
    { origin: 'story', fields: own },
  ]
  const differs = differences(below, valuesOf(effectiveFields(layers)))
  if (said('modelConfigId') && !sameJson(config, resolve(new Map()).get('modelConfigId')))
    differs.set('modelConfigId', config ?? null)

  const chosen = said('providerId') || said('model')
  const after = new Map<string, JsonValue>()
  for (const [path, value] of own) if (!said(path)) after.set(path, value)
  for (const [path, value] of differs) if (said(path) || (chosen && !after.has(path))) after.set(path, value)
  // An older override may stand in the way of what was left out as the preset's own.
  for (const path of ['providerId', 'model', ...changes.keys()])
    if (said(path) && !sameJson(resolve(after).get(path), changes.get(path))) after.set(path, changes.get(path) ?? null)
  return after
}

/** What is left of a role's overrides when some are given back; keys and settings of another provider go with it. */
export function remainingOverrides(
  resolve: (overrides: FieldMap) => FieldMap,
  before: FieldMap,
  givenBack: (path: string) => boolean
): Map<string, JsonValue> {
  const own = new Map([...before].filter(([path]) => !givenBack(path)))
  if (!sameJson(resolve(before).get('providerId'), resolve(own).get('providerId')))
    for (const path of before.keys()) if (isProviderBound(path)) own.delete(path)
  return own
}

import { sameJson } from '@contract/json'
import type { EffectiveRole, PresetDifference, StoryEffect } from '@contract/entities/effective'
import { placedRole, type Preset, type PresetRole } from '@contract/entities/preset'
import type { PresetId, RoleId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { valuesOf } from '@contract/settings/effective-settings'
import { fieldsOfRole, type FieldMap } from '@contract/settings/field-map'
import type { RoleRegistry } from '@main/settings/role-registry'
import { roleFields } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import type { PresetList } from './preset-list'

/** What can be read from presets without changing one. */
export interface PresetViews {
  effective(id: PresetId): EffectiveRole[]
  /** What giving a role this place would do to the stories based on the preset. */
  effects(id: PresetId, role: RoleId, value: PresetRole): StoryEffect[]
  compare(a: PresetId, b: PresetId): PresetDifference[]
}

export function createPresetViews(ports: { stores: Stores; roles: RoleRegistry; presets: PresetList }): PresetViews {
  const { stores, roles, presets } = ports
  return {
    effective: (id) => {
      const preset = presets.get(id)
      return roles
        .list()
        .map(({ id: role }) => ({ role, fields: Object.fromEntries(roleFields(stores, preset, role)), overrides: {} }))
    },

    effects: (id, role, value) => {
      const before = presets.get(id)
      roles.get(role)
      const after: Preset = { ...before, roles: { ...before.roles, [role]: value } }
      const changed = changedPaths(
        valuesOf(roleFields(stores, before, role)),
        valuesOf(roleFields(stores, after, role))
      )
      if (changed.length === 0) return []
      return stores.stories.basedOn(id).flatMap((story): StoryEffect[] => {
        const overrides = overridesOf(stores, story.id)
        const reaches = changedPaths(
          valuesOf(roleFields(stores, before, role, overrides)),
          valuesOf(roleFields(stores, after, role, overrides))
        )
        const keeps = changed.filter((path) => overrides.get(role)?.has(path))
        return reaches.length + keeps.length === 0 ? [] : [{ storyId: story.id, title: story.title, reaches, keeps }]
      })
    },

    compare: (a, b) => {
      const [one, other] = [presets.get(a), presets.get(b)]
      const ofPreset = differing(fieldsOfPreset(one), fieldsOfPreset(other), null)
      const ofRoles = roles.list().flatMap(({ id: role }) => differing(placed(one, role), placed(other, role), role))
      return [...ofPreset, ...ofRoles]
    },
  }
}

const placed = (preset: Preset, role: RoleId): FieldMap => {
  const value = placedRole(preset.roles, role)
  return value ? fieldsOfRole(value) : new Map<string, JsonValue>()
}

const fieldsOfPreset = ({ description, fallback }: Preset): FieldMap =>
  new Map<string, JsonValue>([
    ['description', description],
    ['fallback.useMainForUnset', fallback.useMainForUnset],
    ['fallback.allowPaid', fallback.allowPaid],
    ['fallback.localWhenLocked', fallback.localWhenLocked],
    ...Object.entries(fallback.chains).map(([name, chain]): [string, JsonValue] => [`fallback.chains.${name}`, chain]),
  ])

const changedPaths = (before: FieldMap, after: FieldMap): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !sameJson(before.get(path), after.get(path)))
    .toSorted()

const differing = (a: FieldMap, b: FieldMap, role: RoleId | null): PresetDifference[] =>
  changedPaths(a, b).map((path) => ({ role, path, a: a.get(path) ?? null, b: b.get(path) ?? null }))

import { sameJson } from '@contract/json'
import { z } from 'zod'
import type { EffectiveRole, Override, StorySettings } from '@contract/entities/effective'
import { FieldPath } from '@contract/entities/effective'
import { placedRole, RolePrompt, type Preset, type PresetRole } from '@contract/entities/preset'
import { CommonError, FabulaError, PresetError } from '@contract/errors'
import { ModelConfigId, type RoleId, type StoryId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { JsonValue } from '@contract/values'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { changedOverrides, remainingOverrides } from '@main/settings/changed-overrides'
import { checkSettings } from '@main/settings/check-settings'
import { effectiveFields, valuesOf } from '@contract/settings/effective-settings'
import { fieldsOfRole, settingsAmong, type FieldMap } from '@contract/settings/field-map'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { roleFields, type StoryOverrides } from '@main/settings/role-settings'
import { byRole, overridesOf } from '@main/settings/story-overrides'
import { configsOfStory } from '@main/settings/users-of'

/** What a story changes of its preset: sparse, field by field. */
export interface StorySettingsFeature {
  get(id: StoryId): StorySettings
  /** A value that is what the preset gives anyway is no difference, and is not kept as one. */
  override(input: ParsedInput<'stories.override'>): StorySettings
  reset(input: ParsedInput<'stories.resetOverrides'>): StorySettings
  saveAsPreset(input: ParsedInput<'stories.saveAsPreset'>): Preset
}

export function createStorySettings(ports: {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  events: EventHub
  clock: Clock
  createPreset: (input: Pick<Preset, 'name' | 'description' | 'roles' | 'fallback'>) => Preset
}): StorySettingsFeature {
  const { stores, directory, roles, events, clock, createPreset } = ports

  const based = (id: StoryId): { story: StoryRow; preset: Preset } => {
    const story = stores.stories.get(id)
    const preset = story && stores.presets.get(story.presetId)
    if (!preset) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'id' } })
    return { story, preset }
  }

  const fieldsOf = (preset: Preset, role: RoleId, overrides: StoryOverrides): FieldMap =>
    valuesOf(roleFields(stores, preset, role, overrides))

  const resolver = (preset: Preset, role: RoleId) => (overrides: FieldMap) =>
    fieldsOf(preset, role, new Map([[role, overrides]]))

  const view = (id: StoryId): StorySettings => {
    const { preset } = based(id)
    const rows = stores.overrides.ofStory(id)
    const overrides = byRole(rows)
    const shown = roles.list().map(({ id: role }): EffectiveRole => {
      const inherited = fieldsOf(preset, role, new Map())
      const own: Record<string, Override> = {}
      for (const row of rows.filter((one) => one.role === role)) {
        const below = inherited.get(row.path) ?? null
        own[row.path] = { value: row.value, base: row.base, inherited: below, outdated: !sameJson(row.base, below) }
      }
      return { role, fields: Object.fromEntries(roleFields(stores, preset, role, overrides)), overrides: own }
    })
    const damaged = stores.overrides.hasUnreadable(id)
    return {
      presetId: preset.id,
      presetName: preset.name,
      roles: shown,
      ...(damaged ? { unreadable: ['differences'] } : {}),
    }
  }

  /** Says so of the model configs that the story chose: they know who uses them. */
  const changedUsers = ({ id }: StoryRow) => events.changed({ topic: 'modelConfigs', ids: configsOfStory(stores, id) })

  const touch = (story: StoryRow): StorySettings => {
    stores.stories.update({ ...story, updatedAt: timestamp(clock) })
    events.changed({ topic: 'stories', ids: [story.id] })
    changedUsers(story)
    return view(story.id)
  }

  /** Refuses what could not be stored in a preset either, naming the field. */
  const check = (preset: Preset, role: RoleId, changes: ReadonlyMap<FieldPath, JsonValue>, all: StoryOverrides) => {
    const { kind, switchable } = roles.get(role)
    if (changes.has('enabled') && (!switchable || typeof changes.get('enabled') !== 'boolean'))
      throw invalid('enabled', switchable ? 'must be true or false' : 'this role is always on')
    const config = changes.get('modelConfigId')
    if (config !== undefined && config !== null) {
      const id = ModelConfigId.safeParse(config)
      if (!id.success || stores.modelConfigs.get(id.data)?.kind !== kind)
        throw invalid('modelConfigId', 'there is no such model config for this role')
    }
    const prompt = changes.get('prompt')
    if (prompt !== undefined && prompt !== null && !RolePrompt.safeParse(prompt).success)
      throw invalid('prompt', 'is no prompt')
    try {
      checkSettings(directory, kind, settingsAmong(fieldsOf(preset, role, all)), 'changes')
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error
      const [issue] = error.issues
      throw invalid((issue?.path ?? []).join('.'), issue?.message ?? 'does not fit')
    }
  }

  return {
    get: view,

    override: ({ id, role, changes: given }) =>
      stores.transaction(() => {
        const { story, preset } = based(id)
        roles.get(role)
        changedUsers(story)
        const changes = new Map(Object.entries(given).map(([path, value]) => [FieldPath.parse(path), value]))
        const own = overridesOf(stores, id).get(role) ?? new Map<string, JsonValue>()
        const inherited = fieldsOf(preset, role, new Map())
        const changed = changedOverrides(resolver(preset, role), own, changes)
        for (const path of own.keys()) if (!changed.has(path)) stores.overrides.remove(id, role, FieldPath.parse(path))
        for (const [text, value] of changed) {
          const path = FieldPath.parse(text)
          if (changes.has(path) || !own.has(path))
            stores.overrides.put(id, { role, path, value, base: inherited.get(path) ?? null })
        }
        check(preset, role, changes, overridesOf(stores, id))
        return touch(story)
      }),

    reset: ({ id, role, paths }) =>
      stores.transaction(() => {
        const { story, preset } = based(id)
        changedUsers(story)
        for (const [from, own] of overridesOf(stores, id)) {
          if (role !== undefined && from !== role) continue
          const kept = remainingOverrides(
            resolver(preset, from),
            own,
            (path) => paths === undefined || paths.some((one) => one === path)
          )
          for (const path of own.keys()) if (!kept.has(path)) stores.overrides.remove(id, from, FieldPath.parse(path))
        }
        return touch(story)
      }),

    saveAsPreset: ({ id, name, switchTo }) =>
      stores.transaction(() => {
        const { story, preset } = based(id)
        const overrides = overridesOf(stores, id)
        const placed: Preset['roles'] = {}
        for (const { id: role, switchable } of roles.list())
          placed[role] = mergedRole(
            stores,
            preset,
            role,
            switchable,
            overrides.get(role) ?? new Map<string, JsonValue>()
          )
        const created = createPreset({
          name,
          description: preset.description,
          roles: placed,
          fallback: preset.fallback,
        })
        if (switchTo) {
          changedUsers(story)
          stores.overrides.clear(id)
          touch({ ...story, presetId: created.id })
          events.changed({ topic: 'presets', ids: [preset.id, created.id] })
        }
        return created
      }),
  }
}

const invalid = (path: string, reason: string) =>
  new FabulaError(PresetError.InvalidSetting, `changes.${path}: ${reason}`, {
    details: { path: `changes.${path}`, reason },
  })

/**
 * A role of a preset with the story's differences in it. A preset cannot say "not set" over its model config; where the
 * story does, the config's other values are written out and the config is left behind.
 */
function mergedRole(
  stores: Stores,
  preset: Preset,
  role: RoleId,
  switchable: boolean,
  overrides: FieldMap
): PresetRole {
  const placed = placedRole(preset.roles, role)
  const own = valuesOf(
    effectiveFields([
      { origin: 'preset', fields: placed ? fieldsOfRole(placed) : new Map<string, JsonValue>() },
      { origin: 'story', fields: overrides },
    ])
  )
  const config = ModelConfigId.safeParse(own.get('modelConfigId'))
  const unsets = [...overrides].some(([path, value]) => value === null && path !== 'modelConfigId' && path !== 'prompt')
  const inlined = config.success && unsets
  const fields = inlined ? valuesOf(roleFields(stores, preset, role, new Map([[role, overrides]]))) : own
  const prompt = RolePrompt.safeParse(own.get('prompt')).data
  return {
    enabled: !switchable || own.get('enabled') === true,
    modelConfigId: config.success && !inlined ? config.data : null,
    settings: settingsAmong(fields),
    ...(prompt ? { prompt } : {}),
  }
}

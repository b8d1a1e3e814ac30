import type { ModelSettings } from '@contract/entities/model-config'
import { ModelConfigId, type RoleId } from '@contract/ids'
import { placedRole, RolePrompt, type Preset } from '@contract/entities/preset'
import type { JsonValue } from '@contract/values'
import type { Stores } from '@main/data/stores'
import {
  effectiveFields,
  lentByMain,
  valuesOf,
  type EffectiveFields,
  type Layer,
} from '@contract/settings/effective-settings'
import { fieldsOfRole, fieldsOfSettings, settingsAmong, type FieldMap } from '@contract/settings/field-map'
import { MAIN } from './role-registry'

/** What a story changes in one role: field paths with their values; null for "not set". */
export type RoleOverrides = FieldMap

export type StoryOverrides = ReadonlyMap<RoleId, RoleOverrides>

/** A role as it will work. */
export interface RoleSettings {
  enabled: boolean
  settings: ModelSettings
  /** Null: the built-in one. */
  prompt: RolePrompt | null
}

/**
 * Every field of a role that is set anywhere, `enabled`, `modelConfigId` and `prompt` among them: the story's own value over the
 * preset's over the model config's.
 */
export function roleFields(
  stores: Stores,
  preset: Preset,
  role: RoleId,
  overrides: StoryOverrides = new Map()
): EffectiveFields {
  const own: Layer[] = [
    { origin: 'preset', fields: placedFields(preset, role) },
    { origin: 'story', fields: overrides.get(role) ?? new Map() },
  ]
  const config = ModelConfigId.safeParse(effectiveFields(own).get('modelConfigId')?.value)
  const base = config.success ? stores.modelConfigs.get(config.data) : null
  return effectiveFields([
    ...(base ? [{ origin: 'modelConfig', fields: fieldsOfSettings(base.settings) } satisfies Layer] : []),
    ...own,
  ])
}

const placedFields = (preset: Preset, role: RoleId): FieldMap => {
  const placed = placedRole(preset.roles, role)
  return placed ? fieldsOfRole(placed) : new Map<string, JsonValue>()
}

/**
 * The settings a role works with. A role without a model of its own takes main's, with its own values over them, where
 * the fallback policy allows it; main's samplers do not come along, they were chosen for main's job.
 */
export function roleSettings(
  stores: Stores,
  preset: Preset,
  role: RoleId,
  overrides: StoryOverrides = new Map()
): RoleSettings {
  const effective = roleFields(stores, preset, role, overrides)
  const own = valuesOf(effective)
  const enabled = role === MAIN || own.get('enabled') === true
  const prompt = RolePrompt.safeParse(own.get('prompt')).data ?? null
  if (own.has('model') || role === MAIN || !preset.fallback.useMainForUnset)
    return { enabled, settings: settingsAmong(own), prompt }
  const main = valuesOf(roleFields(stores, preset, MAIN, overrides))
  return {
    enabled,
    prompt,
    settings: settingsAmong(
      valuesOf(
        effectiveFields([
          { origin: 'preset', fields: lentByMain(main) },
          { origin: 'preset', fields: own },
        ])
      )
    ),
  }
}

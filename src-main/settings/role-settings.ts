import type { Preset, PresetRole } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { effectiveSettings, type EffectiveSettings, type Layer } from './effective-settings'
import { MAIN } from './role-registry'

const layersOf = (stores: Stores, placed: PresetRole | undefined): Layer[] => {
  if (!placed) return []
  const config = placed.modelConfigId && stores.modelConfigs.get(placed.modelConfigId)
  return [
    ...(config ? [{ origin: 'modelConfig', settings: config.settings } satisfies Layer] : []),
    { origin: 'preset', settings: placed.settings },
  ]
}

/**
 * The settings a role works with. A role without a model of its own takes main's, with its own values over them, where
 * the fallback policy allows it; main's samplers do not come along, they were chosen for main's job.
 */
export function roleSettings(stores: Stores, preset: Preset, role: RoleId): EffectiveSettings {
  const own = layersOf(stores, preset.roles[role])
  const effective = effectiveSettings(own)
  if (effective.settings.model !== undefined || role === MAIN || !preset.fallback.useMainForUnset) return effective
  const { samplers: _samplers, custom: _custom, ...main } = roleSettings(stores, preset, MAIN).settings
  return effectiveSettings([{ origin: 'preset', settings: main }, ...own])
}

import type { ModelSettings } from '@contract/entities/model-config'
import type { JsonValue } from '@contract/values'

/** Where a value comes from, lowest layer first. */
export type Origin = 'modelConfig' | 'preset' | 'story'

export interface Layer {
  origin: Origin
  settings: ModelSettings
}

export interface EffectiveSettings {
  settings: ModelSettings
  /** By field path (`model`, `samplers.temperature`): the layer that set it. A field that no layer sets is absent. */
  origins: Record<string, Origin>
}

/** Groups whose fields are set one by one; every other field is one value. */
const groups = ['samplers', 'custom', 'settings', 'timeouts'] as const

/**
 * Lays sparse settings over one another: a field comes from the highest layer that sets it, and from nowhere when none
 * does. Choosing another model takes the server of the layer that chose it, never one that belonged to another model.
 */
export function effectiveSettings(layers: readonly Layer[]): EffectiveSettings {
  const settings: ModelSettings = {}
  const origins: Record<string, Origin> = {}
  for (const { origin, settings: layer } of layers) {
    const { samplers, custom, settings: provider, timeouts, ...single } = layer
    if (single.providerId !== undefined && single.providerId !== settings.providerId) dropProviderBound(settings, origins)
    if (single.model !== undefined && single.serverId === undefined) {
      delete settings.serverId
      delete origins['serverId']
    }
    Object.assign(settings, single)
    for (const field of Object.keys(single)) origins[field] = origin
    for (const group of groups) {
      const values: Record<string, JsonValue> | undefined = { samplers, custom, settings: provider, timeouts }[group]
      if (!values) continue
      settings[group] = { ...settings[group], ...values }
      for (const field of Object.keys(values)) origins[`${group}.${field}`] = origin
    }
  }
  return { settings, origins }
}

/** What makes sense for one provider only does not follow to another. */
function dropProviderBound(settings: ModelSettings, origins: Record<string, Origin>): void {
  delete settings.tokenIds
  delete settings.settings
  delete settings.custom
  for (const path of Object.keys(origins))
    if (path === 'tokenIds' || path.startsWith('settings.') || path.startsWith('custom.')) delete origins[path]
}

import type { EffectiveRole } from '@contract/entities/effective'
import type { ModelSettings } from '@contract/entities/model-config'
import { shownSettings } from '@contract/settings/field-map'

/** The model settings that a role works with. */
export function settingsOf({ fields }: EffectiveRole): ModelSettings {
  const { enabled: _enabled, modelConfigId: _config, prompt: _prompt, ...settings } = fields
  return shownSettings(new Map(Object.entries(settings).map(([path, { value }]) => [path, value])))
}

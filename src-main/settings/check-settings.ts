import type { ModelSettings } from '@contract/entities/model-config'
import type { ModelKind } from '@contract/entities/model'
import { FabulaError, PresetError } from '@contract/errors'
import { fieldsOf } from '@contract/schema/setting-fields'
import { credentialsIn } from '@contract/credentials'
import { validateSettings } from '@contract/schema/validate-settings'
import type { ProviderDirectory } from './provider-directory'

/**
 * Checks settings against the schemas of their provider; throws `setting_invalid` with the path of the first wrong
 * field, and `setting_is_key` for a custom parameter that looks like a key. What the provider's schema does not know is let pass: it belongs to a provider chosen before, or stands under a
 * condition that is not met now. It is kept for when that comes back, and is never sent.
 *
 * @param at where the settings stand in what the user gave, for the path
 */
export function checkSettings(
  directory: ProviderDirectory,
  kind: ModelKind,
  settings: ModelSettings,
  at: string
): void {
  refuseKeys(settings, at)
  const provider = settings.providerId && directory.find(settings.providerId)
  if (!provider) return
  const { samplerSchema, settingsSchema, embeddingSchema } = provider.definition
  const groups = [
    ['samplers', kind === 'embedding' ? embeddingSchema : samplerSchema],
    ['settings', settingsSchema],
  ] as const
  for (const [group, schema] of groups) {
    const values = settings[group]
    if (!schema || !values) continue
    const known = new Set(fieldsOf(schema, values).map(({ key }) => key))
    const checked = Object.fromEntries(Object.entries(values).filter(([key]) => known.has(key)))
    const [first] = validateSettings(schema, checked)
    if (first)
      throw new FabulaError(PresetError.InvalidSetting, `${at}.${group}${first.path}: ${first.message}`, {
        details: { path: [at, group, ...first.path.split('/').filter(Boolean)].join('.'), reason: first.message },
      })
  }
}

/** Custom parameters are stored as they are: one that looks like a key must not be among them. */
function refuseKeys({ custom = {} }: ModelSettings, at: string): void {
  const [path] = credentialsIn(custom)
  if (path)
    throw new FabulaError(PresetError.SettingIsKey, `${at}.custom.${path.join('.')} looks like a key`, {
      details: { field: path.join('.'), path: [at, 'custom', ...path].filter((part) => part !== '').join('.') },
    })
}

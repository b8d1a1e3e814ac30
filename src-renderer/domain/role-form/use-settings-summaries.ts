import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Provider } from '@contract/entities/provider'
import { readFields } from '@renderer/domain/settings-form/fields'
import { useLanguage, useLocal } from '@renderer/components/use-local'
import { laidOver } from './model-settings'

export interface SettingsSummaries {
  /** How long is waited and how often is tried again. */
  limits: string
  /** The custom parameters by name. */
  custom: string
  /** The provider's own settings by name. */
  provider: string
}

const times = ['connectMs', 'firstTokenMs', 'totalMs'] as const

/** What is in effect in the folded parts of a role's settings, in a few words each. */
export function useSettingsSummaries(
  own: ModelSettings,
  below: ModelSettings,
  provider: Provider | undefined
): SettingsSummaries {
  const { t } = useTranslation('presets')
  const language = useLanguage()
  const local = useLocal()
  const { timeouts = {}, retries, custom = {}, settings = {} } = laidOver(below, own)
  const number = new Intl.NumberFormat(language)
  const limits = [
    ...times.flatMap((name) => {
      const ms = timeouts[name]
      return ms === undefined ? [] : [t(`advanced.short.${name}`, { seconds: number.format(ms / 1000) })]
    }),
    ...(retries === undefined ? [] : [t('advanced.short.retries', { count: retries })]),
  ]
  const labels = provider
    ? readFields(provider.settingsSchema, settings)
        .filter(({ name }) => settings[name] !== undefined)
        .map(({ label }) => local(label))
    : []
  const orNotSet = (parts: readonly string[], between: string) => parts.join(between) || t('form.notSet')
  return {
    limits: orNotSet(limits, ' · '),
    custom: Object.keys(custom).join(', ') || t('field.none'),
    provider: orNotSet(labels, ', '),
  }
}

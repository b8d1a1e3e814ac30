import { useTranslation } from 'react-i18next'
import type { ModelKind } from '@contract/entities/model'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Provider } from '@contract/entities/provider'
import { valueAt } from '@contract/json'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { useModels } from '@renderer/domain/model-picker/use-models'
import type { MarkOf } from '@renderer/domain/settings-form/origin'
import { SettingsForm } from '@renderer/domain/settings-form/SettingsForm'
import { commonSettings } from '@renderer/domain/settings-form/support'
import { AdvancedFields } from './AdvancedFields'
import { originsOf, type Base } from './base'
import { CustomFields } from './CustomFields'
import { Fold } from './Fold'
import { samplerSchemaOf } from './model-settings'
import { useSettingsSummaries } from './use-settings-summaries'

interface Props {
  kind: ModelKind
  provider: Provider
  choice: ModelChoice | null
  own: ModelSettings
  /** What applies where `own` says nothing. */
  base: Base | null
  /** The layer that is edited, in the user's language: "Preset". */
  here: string
  mark?: MarkOf | undefined
  onChange: (part: Partial<ModelSettings>) => void
}

/** What can be said about the requests to a model, whichever it is: samplers first, the rest folded. */
export function RequestRows({ kind, provider, choice, own, base, here, mark, onChange }: Props) {
  const { t } = useTranslation('presets')
  const model = useModels().find(choice)?.model
  const supported = model?.supportedParameters ?? null
  const refused = model?.refused ?? []
  const summaries = useSettingsSummaries(own, base?.settings ?? {}, provider)
  return (
    <>
      <SettingsForm
        key={`samplers/${provider.id}`}
        schema={samplerSchemaOf(provider, kind)}
        value={own.samplers ?? {}}
        onChange={(next) => onChange({ samplers: next })}
        origins={originsOf(base, 'samplers', here, mark)}
        supportedParameters={supported}
        refused={refused}
        common={commonSettings}
      />
      {Object.keys(valueAt(provider.settingsSchema, ['properties']) ?? {}).length > 0 && (
        <Fold
          title={t('providerSettings', { provider: provider.name })}
          summary={summaries.provider}
          set={Object.keys(own.settings ?? {}).length}
        >
          <SettingsForm
            key={`settings/${provider.id}`}
            schema={provider.settingsSchema}
            value={own.settings ?? {}}
            onChange={(settings) => onChange({ settings })}
            origins={originsOf(base, 'settings', here, mark)}
            owner="provider"
            kind={kind}
            supportedParameters={supported}
            refused={refused}
          />
        </Fold>
      )}
      <Fold title={t('custom.title')} summary={summaries.custom} set={Object.keys(own.custom ?? {}).length}>
        <CustomFields
          value={own.custom}
          origins={originsOf(base, 'custom', here, mark)}
          onChange={(custom) => onChange({ custom })}
        />
      </Fold>
      <Fold
        title={t('advanced.title')}
        summary={summaries.limits}
        set={Object.keys(own.timeouts ?? {}).length + (own.retries === undefined ? 0 : 1)}
      >
        <AdvancedFields own={own} base={base} here={here} mark={mark} onChange={onChange} />
      </Fold>
    </>
  )
}

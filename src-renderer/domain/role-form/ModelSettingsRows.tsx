import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelKind } from '@contract/entities/model'
import type { ModelSettings, RoleWork } from '@contract/entities/model-config'
import { useModels } from '@renderer/domain/model-picker/use-models'
import { valueAt } from '@contract/json'
import type { MarkOf } from '@renderer/domain/settings-form/origin'
import { SettingsForm } from '@renderer/domain/settings-form/SettingsForm'
import { commonSettings } from '@renderer/domain/settings-form/support'
import { AdvancedFields } from './AdvancedFields'
import { originsOf, type Base } from './base'
import { CustomFields } from './CustomFields'
import { Fold } from './Fold'
import { KeysRow } from './KeysRow'
import { ModelRow } from './ModelRow'
import { choiceOf, samplerSchemaOf, withSettings } from './model-settings'
import { useSettingsSummaries } from './use-settings-summaries'
import { WorkFields } from './WorkFields'

interface Props {
  kind: ModelKind
  /** Names the model picker for screen readers: "Model of Storyteller". */
  modelLabel: string
  modelHelp: string
  modelRequired?: boolean
  own: ModelSettings
  /** What applies where `own` says nothing. */
  base: Base | null
  /** The layer that is edited, in the user's language: "Preset". */
  here: string
  /** For rows of all that is in effect: how each value stands, by its place in the settings. */
  mark?: MarkOf | undefined
  /** What can be said of how the role works in a turn. */
  work?: readonly (keyof RoleWork)[] | undefined
  /** Rows between the model and its keys. */
  afterModel?: ReactNode
  onChange: (change: (before: ModelSettings) => ModelSettings) => void
}

/** Everything that can be said about the calls of one model, as rows. */
export function ModelSettingsRows({ kind, own, base, here, mark, onChange, ...props }: Props) {
  const { t } = useTranslation('presets')
  const models = useModels()
  const choice = choiceOf({ ...base?.settings, ...own })
  const provider = models.providers.find(({ id }) => id === (own.providerId ?? base?.settings.providerId))
  const model = models.find(choice)?.model
  const supported = model?.supportedParameters ?? null
  const refused = model?.refused ?? []
  const set = (part: Partial<ModelSettings>) => onChange((before) => withSettings(before, part))
  const samplers = provider && samplerSchemaOf(provider, kind)
  const summaries = useSettingsSummaries(own, base?.settings ?? {}, provider)
  return (
    <>
      <ModelRow
        kind={kind}
        label={props.modelLabel}
        help={props.modelHelp}
        required={props.modelRequired ?? false}
        own={own}
        base={base}
        models={models}
        mark={mark}
        onChange={onChange}
      />
      {props.afterModel}
      {props.work && (
        <WorkFields
          fields={props.work}
          own={own.work}
          base={base}
          here={here}
          mark={mark}
          onChange={(work) => set({ work })}
        />
      )}
      {provider && samplers && (
        <>
          <KeysRow provider={provider} own={own} base={base} here={here} mark={mark} onChange={set} />
          <SettingsForm
            key={`samplers/${provider.id}`}
            schema={samplers}
            value={own.samplers ?? {}}
            onChange={(next) => set({ samplers: next })}
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
                onChange={(settings) => set({ settings })}
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
              onChange={(custom) => set({ custom })}
            />
          </Fold>
          <Fold
            title={t('advanced.title')}
            summary={summaries.limits}
            set={Object.keys(own.timeouts ?? {}).length + (own.retries === undefined ? 0 : 1)}
          >
            <AdvancedFields own={own} base={base} here={here} mark={mark} onChange={set} />
          </Fold>
        </>
      )}
    </>
  )
}

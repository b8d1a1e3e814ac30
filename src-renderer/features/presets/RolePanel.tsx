import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { PresetRole, Role } from '@contract/entities/preset'
import type { ModelConfigId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useModels } from '@renderer/components/model-picker/use-models'
import { SettingsForm } from '@renderer/components/settings-form/SettingsForm'
import { commonSettings } from '@renderer/components/settings-form/support'
import { valueAt } from '@renderer/components/settings-form/json'
import type { Origins } from '@renderer/components/settings-form/origin'
import { useLocal } from '@renderer/components/use-local'
import { AdvancedFields } from '@renderer/components/role-form/AdvancedFields'
import { ConfigRow } from './ConfigRow'
import { CustomFields } from '@renderer/components/role-form/CustomFields'
import { Fold } from '@renderer/components/role-form/Fold'
import { KeysRow } from './KeysRow'
import { ModelRow } from './ModelRow'
import {
  choiceOf,
  chooseModel,
  samplerSchemaOf,
  settingsBelow,
  withSettings,
} from '@renderer/components/role-form/model-settings'
import { useLeftNotice } from './use-left-notice'
import classes from './RolePanel.module.css'

interface Props {
  role: Role
  place: PresetRole
  useMainForUnset: boolean
  onChange: (change: (before: PresetRole) => PresetRole) => void
}

/** What one role works with: model, keys, and every setting with where it comes from. */
export function RolePanel({ role, place, useMainForUnset, onChange }: Props) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const models = useModels()
  const configs = useRoute('modelConfigs.list', {}).data?.filter(({ kind }) => kind === role.kind) ?? []
  const config = configs.find(({ id }) => id === place.modelConfigId)
  const own = place.settings
  const below = settingsBelow(config, own)
  const choice = choiceOf({ ...below, ...own })
  const provider = models.providers.find(({ id }) => id === (own.providerId ?? below.providerId))
  const supported = models.find(choice)?.model.supportedParameters ?? null
  const name = local(role.name)
  const tellWhatWasLeft = useLeftNotice()

  const set = (part: Partial<ModelSettings>) =>
    onChange((before) => ({ ...before, settings: withSettings(before.settings, part) }))
  /** Another config may bring another provider, for which this role's keys are no good. */
  const chooseConfig = (modelConfigId: ModelConfigId | null) => {
    const next = configs.find(({ id }) => id === modelConfigId)
    const to = models.providers.find(({ id }) => id === (own.providerId ?? next?.settings.providerId))
    const chosen = chooseModel(own, choiceOf(own), role.kind, provider?.id, to)
    tellWhatWasLeft(chosen.left, to?.name ?? '', () => onChange(() => place))
    onChange((before) => ({ ...before, modelConfigId, settings: chosen.settings }))
  }
  const originsOf = (group: 'samplers' | 'settings' | 'custom' | 'timeouts'): Origins => ({
    here: t('origin.preset'),
    below: (path) => {
      const value = valueAt(below[group], path)
      return value === undefined ? undefined : { value, from: t('origin.modelConfig') }
    },
  })

  const note = () => {
    if (!role.takesPart) return t('note.notYet', { role: name })
    if (!place.enabled && role.kind === 'embedding') return t('note.embeddingOff', { role: name })
    if (!place.enabled) return t(useMainForUnset ? 'note.offMain' : 'note.offSkip', { role: name })
    return choice ? '' : t('note.noModel', { role: name })
  }
  return (
    <div className={classes.panel}>
      <p className={classes.intro}>{local(role.help)}</p>
      {note() !== '' && (
        <p className={classes.note}>
          <IconInfoCircle size={16} stroke={1.6} aria-hidden />
          {note()}
        </p>
      )}
      <div className={classes.rows}>
        <ModelRow
          role={role}
          place={place}
          below={below}
          models={models}
          configName={config?.name}
          onChange={onChange}
        />
        {configs.length > 0 && <ConfigRow configs={configs} chosen={place.modelConfigId} onChange={chooseConfig} />}
        {provider && <KeysRow provider={provider} own={own} below={below} onChange={set} />}
        {provider && (
          <>
            <SettingsForm
              key={`samplers/${provider.id}`}
              schema={samplerSchemaOf(provider, role.kind)}
              value={own.samplers ?? {}}
              onChange={(samplers) => set({ samplers })}
              origins={originsOf('samplers')}
              supportedParameters={supported}
              common={commonSettings}
            />
            {Object.keys(valueAt(provider.settingsSchema, ['properties']) ?? {}).length > 0 && (
              <Fold
                title={t('providerSettings', { provider: provider.name })}
                set={Object.keys(own.settings ?? {}).length}
              >
                <SettingsForm
                  key={`settings/${provider.id}`}
                  schema={provider.settingsSchema}
                  value={own.settings ?? {}}
                  onChange={(settings) => set({ settings })}
                  origins={originsOf('settings')}
                  owner="provider"
                  kind={role.kind}
                  supportedParameters={supported}
                  common={[]}
                />
              </Fold>
            )}
            <Fold title={t('custom.title')} set={Object.keys(own.custom ?? {}).length}>
              <CustomFields value={own.custom} origins={originsOf('custom')} onChange={(custom) => set({ custom })} />
            </Fold>
            <Fold
              title={t('advanced.title')}
              set={Object.keys(own.timeouts ?? {}).length + (own.retries === undefined ? 0 : 1)}
            >
              <AdvancedFields own={own} below={below} onChange={set} />
            </Fold>
          </>
        )}
      </div>
    </div>
  )
}

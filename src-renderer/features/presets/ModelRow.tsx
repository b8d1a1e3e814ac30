import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { PresetRole, Role } from '@contract/entities/preset'
import type { ModelChoice } from '@renderer/components/model-picker/model-choice'
import { ModelPicker } from '@renderer/components/model-picker/ModelPicker'
import type { Models } from '@renderer/components/model-picker/use-models'
import { SettingRow } from '@renderer/components/settings-form/SettingRow'
import { useLocal } from '@renderer/components/use-local'
import { choiceOf, chooseModel } from '@renderer/components/role-form/model-settings'
import { useLeftNotice } from './use-left-notice'

interface Props {
  role: Role
  place: PresetRole
  below: ModelSettings
  models: Models
  configName: string | undefined
  onChange: (change: (before: PresetRole) => PresetRole) => void
}

/** Which model does the role's work. */
export function ModelRow({ role, place, below, models, configName, onChange }: Props) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const own = choiceOf(place.settings)
  const inherited = choiceOf(below)
  const shown = own ?? inherited
  const entry = models.find(shown)
  const tellWhatWasLeft = useLeftNotice()
  const provider = models.providers.find(({ id }) => id === shown?.providerId)

  const choose = (choice: ModelChoice | null) => {
    const to = models.providers.find(({ id }) => id === (choice ?? inherited)?.providerId)
    const chosen = chooseModel(place.settings, choice, role.kind, shown?.providerId, to)
    tellWhatWasLeft(chosen.left, to?.name ?? '', () => onChange(() => place))
    onChange((before) => ({ ...before, settings: chosen.settings }))
  }

  const origin = () => {
    if (!shown) return t('form.notSet')
    const place = [provider?.name, entry?.server?.name].filter(Boolean).join(' · ')
    return own ? place : [configName, place].filter(Boolean).join(' · ')
  }
  return (
    <SettingRow
      name={t('model.name')}
      help={t('model.help')}
      origin={
        <>
          <span>{origin()}</span>
          {own && (
            <Tooltip label={t('form.reset')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('form.resetOf', { name: t('model.name') })}
                onClick={() => choose(null)}
              >
                <IconArrowBackUp size={14} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
        </>
      }
    >
      <ModelPicker
        label={t('model.of', { role: local(role.name) })}
        kind={role.kind}
        value={own}
        inherited={inherited}
        onChange={choose}
      />
    </SettingRow>
  )
}

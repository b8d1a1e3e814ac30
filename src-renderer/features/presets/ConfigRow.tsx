import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelConfig } from '@contract/entities/model-config'
import { ModelConfigId } from '@contract/ids'
import { SettingRow } from '@renderer/components/settings-form/SettingRow'

interface Props {
  configs: readonly ModelConfig[]
  chosen: ModelConfigId | null
  onChange: (id: ModelConfigId | null) => void
}

/** The reusable block below a role's own settings. */
export function ConfigRow({ configs, chosen, onChange }: Props) {
  const { t } = useTranslation('presets')
  return (
    <SettingRow name={t('config.name')} help={t('config.help')} origin={chosen ? t('origin.preset') : t('form.notSet')}>
      <NativeSelect
        aria-label={t('config.name')}
        value={chosen ?? ''}
        data={[{ value: '', label: t('config.none') }, ...configs.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => {
          const parsed = ModelConfigId.safeParse(event.currentTarget.value)
          onChange(parsed.success ? parsed.data : null)
        }}
      />
    </SettingRow>
  )
}

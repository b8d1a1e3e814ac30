import { useTranslation } from 'react-i18next'
import type { JsonObject } from '@contract/values'
import { isObject } from '@contract/json'
import type { Origins } from '@renderer/domain/settings-form/origin'
import { SettingsForm } from '@renderer/domain/settings-form/SettingsForm'

interface Props {
  value: JsonObject | undefined
  origins: Origins
  onChange: (value: JsonObject | undefined) => void
}

/** Request parameters that no schema knows yet, as names and JSON values. */
export function CustomFields({ value, origins, onChange }: Props) {
  const { t } = useTranslation('presets')
  const schema: JsonObject = {
    type: 'object',
    properties: { custom: { type: 'object', 'x-name': t('custom.name'), 'x-help': t('custom.help') } },
  }
  return (
    <SettingsForm
      schema={schema}
      value={value ? { custom: value } : {}}
      onChange={({ custom }) => onChange(isObject(custom) ? custom : undefined)}
      origins={{ here: origins.here, below: () => origins.below?.([]), mark: origins.mark }}
    />
  )
}

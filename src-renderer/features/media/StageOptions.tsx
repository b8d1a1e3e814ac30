import { useTranslation } from 'react-i18next'
import type { Voice } from '@contract/entities/stage'
import { isObject, numberOf, stringOf, withKey } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'
import { SearchSelect } from '@renderer/domain/media/SearchSelect'
import type { Origins } from '@renderer/domain/settings-form/origin'
import { SettingsForm } from '@renderer/domain/settings-form/SettingsForm'

const VOICE = 'voice'

interface Props {
  /** Of the provider at the stage. */
  schema: JsonObject
  /** What the model can speak with; empty where the schema says it. */
  voices: readonly Voice[]
  /** The voice that applies while none is chosen here. */
  usualVoice?: string | undefined
  value: JsonObject
  origins: Origins
  onChange: (value: JsonObject) => void
}

/** Whether there is anything to set by a schema. */
export const hasOptions = ({ properties }: JsonObject): boolean =>
  isObject(properties) && Object.keys(properties).length > 0

/** The voice, by its name, and all else that a provider takes at a stage; what few need is folded. */
export function StageOptions({ schema, voices, usualVoice, value, origins, onChange }: Props) {
  const { t } = useTranslation('media')
  const byName = voices.length > 0
  const rest = byName ? withoutVoice(schema) : schema
  const nameOf = (id: string) => voices.find((voice) => voice.id === id)?.name ?? id
  return (
    <>
      {byName && (
        <SearchSelect
          label={t('form.voice')}
          data={voices.map(({ id, name }) => ({ value: id, label: name }))}
          value={stringOf(value[VOICE]) ?? null}
          placeholder={usualVoice === undefined ? t('form.anyVoice') : nameOf(usualVoice)}
          onChange={(id) => onChange(withKey(value, VOICE, id ?? undefined))}
          clearable
        />
      )}
      {hasOptions(rest) && (
        <SettingsForm
          owner="provider"
          schema={rest}
          common={namesInSight(rest)}
          value={value}
          origins={origins}
          onChange={onChange}
        />
      )}
    </>
  )
}

function withoutVoice(schema: JsonObject): JsonObject {
  const { properties } = schema
  return isObject(properties) ? { ...schema, properties: withKey(properties, VOICE, undefined) } : schema
}

/** All that the schema does not put behind "More settings", in its order. */
const namesInSight = ({ properties }: JsonObject): string[] =>
  isObject(properties)
    ? Object.entries(properties)
        .filter(([, field]) => !isObject(field) || field['x-group'] !== 'more')
        .toSorted(([, one], [, other]) => orderOf(one) - orderOf(other))
        .map(([name]) => name)
    : []

const orderOf = (field: JsonValue): number => (isObject(field) ? (numberOf(field['x-order']) ?? 0) : 0)

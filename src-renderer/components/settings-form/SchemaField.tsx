import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonValue } from '@contract/values'
import { useLanguage, useLocal } from '@renderer/components/use-local'
import type { Problem } from './check-value'
import { FieldControl } from './controls/FieldControl'
import type { Field } from './fields'
import type { Origins } from './origin'
import { problemText } from './problem-text'
import { ResetButton } from './ResetButton'
import { SettingRow } from './SettingRow'
import { showValue } from './show-value'
import { takes, type Owner } from './support'

export interface SchemaFieldProps {
  field: Field
  path: readonly string[]
  value: JsonValue | undefined
  origins: Origins
  owner: Owner
  supportedParameters: readonly string[] | null
  /** Names of settings that the provider refused for the chosen model. */
  refused: readonly string[]
  problem: Problem | null
  onChange: (value: JsonValue | undefined) => void
  onProblem: (problem: Problem | null) => void
  /** Empties the control's own drafts too. `instead` is done in place of taking the value out. */
  onReset: (instead?: () => void) => void
}

/** One setting of a schema as a row. */
export function SchemaField({ field, path, value, origins, problem, ...props }: SchemaFieldProps) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const language = useLanguage()
  const helpId = useId()
  const refused = props.refused.includes(field.name)
  const supported = !refused && takes(field, props.owner, props.supportedParameters)
  const inherited = origins.below?.(path)
  const below = inherited?.value ?? field.fallback
  const name = local(field.label)
  const show = (shown: JsonValue | undefined) =>
    shown === undefined ? t('form.notSet') : showValue(field, shown, language, t)
  const mark = origins.mark?.(path, show, name)

  const from = () => {
    if (refused) return t('form.refused')
    if (!supported) return t('form.unsupported')
    if (mark && mark.origin !== null) return mark.origin
    if (value !== undefined) return origins.here
    if (inherited) return `${inherited.from} · ${showValue(field, inherited.value, language, t)}`
    if (field.fallback !== undefined) {
      return t('form.providerDefault', { value: showValue(field, field.fallback, language, t) })
    }
    return field.required ? t('form.needed') : t('form.notSet')
  }
  const resettable = (origins.mark ? Boolean(mark?.reset) : value !== undefined) || problem !== null
  return (
    <SettingRow
      name={name}
      unit={field.unit ? local(field.unit) : undefined}
      help={field.help && local(field.help)}
      helpId={helpId}
      muted={!supported}
      problem={problem && problemText(problem, language, t)}
      note={mark?.note}
      origin={
        <>
          <span>{from()}</span>
          {resettable && (
            <ResetButton
              name={name}
              reset={mark?.reset?.label ?? (value === undefined ? undefined : inherited?.reset)}
              onClick={() => props.onReset(origins.mark && (mark?.reset?.run ?? (() => {})))}
            />
          )}
        </>
      }
    >
      <FieldControl
        field={field}
        value={value}
        below={below}
        disabled={!supported}
        label={name}
        describedBy={helpId}
        invalid={problem !== null}
        onChange={props.onChange}
        onProblem={props.onProblem}
      />
    </SettingRow>
  )
}

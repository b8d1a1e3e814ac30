import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonValue } from '@contract/values'
import { useUnsaved } from '@renderer/components/use-unsaved'
import { useLanguage, useLocal } from '@renderer/components/use-local'
import type { Problem } from './check-value'
import { FieldControl } from './controls/FieldControl'
import type { Field } from './fields'
import type { Origins } from './origin'
import { problemText } from './problem-text'
import { ResetButton } from './ResetButton'
import { SettingRow } from './SettingRow'
import { showValue } from './show-value'

/** The model does not list it, or its provider refused it when it was sent. */
export type Untaken = 'unsupported' | 'refused'

export interface SchemaFieldProps {
  field: Field
  path: readonly string[]
  value: JsonValue | undefined
  origins: Origins
  /** Why the chosen model does not get it; null when it does. */
  untaken: Untaken | null
  problem: Problem | null
  onChange: (value: JsonValue | undefined) => void
  onProblem: (problem: Problem | null) => void
  /** Empties the control's own drafts too. `instead` is done in place of taking the value out. */
  onReset: (instead?: () => void) => void
}

/** One setting of a schema as a row. */
export function SchemaField({ field, path, value, origins, untaken, problem, ...props }: SchemaFieldProps) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const language = useLanguage()
  const helpId = useId()
  useUnsaved(problem !== null)
  const inherited = origins.below?.(path)
  const below = inherited?.value ?? field.fallback
  const name = local(field.label)
  const show = (shown: JsonValue | undefined) =>
    shown === undefined ? t('form.notSet') : showValue(field, shown, language, t)
  const mark = origins.mark?.(path, show, name)

  const from = () => {
    if (untaken !== null) return t(`form.${untaken}`)
    if (mark && mark.origin !== null) return mark.origin
    if (value !== undefined) return origins.here
    // A number's field shows the value that applies; other controls have no room for one that is not theirs.
    const inField = field.shape.control === 'number'
    if (inherited) return inField ? inherited.from : `${inherited.from} · ${show(inherited.value)}`
    if (field.fallback !== undefined) {
      return inField ? t('form.default') : t('form.providerDefault', { value: show(field.fallback) })
    }
    if (field.fallbackUnknown) return t('form.unknownDefault')
    return field.required ? t('form.needed') : t('form.notSet')
  }
  const resettable = (origins.mark ? Boolean(mark?.reset) : value !== undefined) || problem !== null
  return (
    <SettingRow
      name={name}
      unit={field.unit ? local(field.unit) : undefined}
      help={field.help && local(field.help)}
      helpId={helpId}
      muted={untaken !== null}
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
        disabled={untaken !== null}
        label={name}
        describedBy={field.help ? helpId : undefined}
        invalid={problem !== null}
        onChange={props.onChange}
        onProblem={props.onProblem}
      />
    </SettingRow>
  )
}

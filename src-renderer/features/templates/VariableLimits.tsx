import { Switch, TextInput } from '@mantine/core'
import { RE2JS } from 're2js'
import { useTranslation } from 'react-i18next'
import { LONGEST_INPUT, type InputVariable } from '@contract/entities/template'
import { NumberField } from './NumberField'
import classes from './Variables.module.css'

interface Props {
  variable: InputVariable
  onChange: (next: InputVariable) => void
}

/** What a value must hold to. */
export function VariableLimits({ variable, onChange }: Props) {
  const { t } = useTranslation('templates')
  const { type } = variable
  if (type === 'boolean' || type === 'select') return null
  const unit = type === 'number' ? 'value' : type === 'multiSelect' || type === 'list' ? 'items' : 'characters'
  const counts =
    unit === 'value' ? {} : { min: 0, max: LONGEST_INPUT, allowDecimal: false, clampBehavior: 'strict' as const }
  const crossed = type !== 'file' && variable.least !== null && variable.most !== null && variable.least > variable.most
  return (
    <>
      <div className={classes.pair}>
        {type !== 'file' && (
          <NumberField
            {...counts}
            label={t(`variables.least.${unit}`)}
            placeholder={t('variables.noLimit')}
            value={variable.least}
            onChange={(next) => onChange({ ...variable, least: next })}
          />
        )}
        <NumberField
          {...counts}
          label={t(`variables.most.${unit}`)}
          placeholder={t('variables.noLimit')}
          error={crossed && t('variables.limitsCrossed')}
          value={variable.most}
          onChange={(next) => onChange({ ...variable, most: next })}
        />
      </div>
      {type === 'number' && (
        <Switch
          label={t('variables.whole')}
          checked={variable.whole}
          onChange={(event) => onChange({ ...variable, whole: event.currentTarget.checked })}
        />
      )}
      {type === 'text' && (
        <TextInput
          label={t('variables.pattern')}
          description={t('variables.patternHelp')}
          classNames={{ input: classes.code }}
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          error={variable.pattern !== null && !isPattern(variable.pattern) && t('variables.patternBad')}
          value={variable.pattern ?? ''}
          onChange={(event) => onChange({ ...variable, pattern: event.currentTarget.value || null })}
        />
      )}
    </>
  )
}

function isPattern(text: string): boolean {
  try {
    return RE2JS.compile(text) instanceof RE2JS
  } catch {
    return false
  }
}

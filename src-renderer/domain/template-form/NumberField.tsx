import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import type { InputVariable } from '@contract/entities/template'
import { numberOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { useLanguage } from '@renderer/components/use-local'
import { parseNumber } from '@renderer/domain/settings-form/number-text'
import type { FieldWords } from './InputField'
import classes from './TemplateForm.module.css'

interface Props extends FieldWords {
  variable: Extract<InputVariable, { type: 'number' }>
  value: JsonValue
  onChange: (value: JsonValue) => void
}

/** A number, with the language's decimal sign or the other one. */
export function NumberField({ variable, value, onChange, ...words }: Props) {
  const language = useLanguage()
  // `5.` on its way to `5.5` says 5, and has to stay as it is typed.
  const [typed, setTyped] = useState<string | number | null>(null)
  const number = numberOf(value)
  return (
    <NumberInput
      {...words}
      classNames={{ wrapper: classes.number }}
      aria-required={variable.required}
      allowDecimal={!variable.whole}
      decimalSeparator={language === 'ru' ? ',' : '.'}
      allowedDecimalSeparators={['.', ',']}
      clampBehavior="none"
      {...(variable.least === null ? {} : { min: variable.least })}
      {...(variable.most === null ? {} : { max: variable.most })}
      value={typed ?? number ?? ''}
      onChange={(next) => {
        setTyped(next)
        onChange(typeof next === 'number' ? next : parseNumber(next, language))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

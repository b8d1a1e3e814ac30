import { Switch, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_INPUT, type InputProblem, type InputVariable } from '@contract/entities/template'
import { stringOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { ChoiceField, ChoicesField } from './ChoiceField'
import { labelOf, useProblemText } from './field-words'
import { FileField } from './FileField'
import { ListField } from './ListField'
import { NumberField } from './NumberField'
import { TakeText } from './TakeText'

export interface InputFieldProps {
  variable: InputVariable
  value: JsonValue
  problem: InputProblem | undefined
  selection: string
  onChange: (value: JsonValue) => void
}

/** How every field is named and explained, and what is said of its value. */
export interface FieldWords {
  label: string
  description: string | undefined
  error: string | undefined
  withAsterisk: boolean
}

/** The field that one variable is asked for with. */
export function InputField({ variable, value, problem, selection, onChange }: InputFieldProps): ReactNode {
  const { t } = useTranslation('generations')
  const problemText = useProblemText()
  const words: FieldWords = {
    label: labelOf(variable),
    description: variable.help.trim() || undefined,
    error: problem && problemText(problem, variable),
    withAsterisk: variable.required,
  }
  switch (variable.type) {
    case 'text':
      return (
        <TakeText label={words.label} selection={selection} oneLine onTake={onChange}>
          <TextInput
            {...words}
            aria-required={variable.required}
            maxLength={LONGEST_INPUT}
            value={stringOf(value) ?? ''}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </TakeText>
      )
    case 'longText':
      return (
        <TakeText label={words.label} selection={selection} onTake={onChange}>
          <Textarea
            {...words}
            aria-required={variable.required}
            autosize
            minRows={2}
            maxRows={16}
            spellCheck
            maxLength={LONGEST_INPUT}
            value={stringOf(value) ?? ''}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </TakeText>
      )
    case 'number':
      return <NumberField {...words} variable={variable} value={value} onChange={onChange} />
    case 'boolean':
      return (
        <Switch
          label={words.label}
          description={words.description}
          error={words.error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'select':
      return <ChoiceField {...words} variable={variable} value={stringOf(value) ?? null} onChange={onChange} />
    case 'multiSelect':
      return <ChoicesField {...words} variable={variable} value={value} onChange={onChange} />
    case 'list':
      return <ListField {...words} value={value} addLabel={t('form.addItem')} onChange={onChange} />
    case 'file':
      return <FileField {...words} value={value} most={variable.most} onChange={onChange} />
  }
}

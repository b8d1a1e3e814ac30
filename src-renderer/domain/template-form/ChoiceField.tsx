import { Chip, Input, MultiSelect, Select } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputVariable } from '@contract/entities/template'
import { stringsOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import type { FieldWords } from './InputField'
import classes from './TemplateForm.module.css'

/** Up to so many options stand side by side; more are found by typing. */
const MOST_CHIPS = 6
const MOST_CHOICES = 24

/** Something of a list that is seen as a whole, under its name. */
function Group({ label, description, error, withAsterisk, children }: FieldWords & { children: readonly ReactNode[] }) {
  const { t } = useTranslation('generations')
  const isEmpty = children.length === 0
  const id = useId()
  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${description ? `${id}-help` : ''} ${error ? `${id}-error` : ''}`.trim() || undefined}
      className={classes.group}
    >
      <Input.Label component="div" id={`${id}-label`} required={withAsterisk}>
        {label}
      </Input.Label>
      {description && <Input.Description id={`${id}-help`}>{description}</Input.Description>}
      <div className={classes.chips}>
        {isEmpty ? <Input.Description>{t('form.noOptions')}</Input.Description> : children}
      </div>
      {error && <Input.Error id={`${id}-error`}>{error}</Input.Error>}
    </div>
  )
}

interface ChoiceProps extends FieldWords {
  variable: Extract<InputVariable, { type: 'select' }>
  value: string | null
  onChange: (value: JsonValue) => void
}

/** One of the options. What need not be chosen can be taken back by choosing it again. */
export function ChoiceField({ variable, value, onChange, ...words }: ChoiceProps) {
  const { t } = useTranslation('generations')
  if (variable.options.length > MOST_CHIPS)
    return (
      <Select
        {...words}
        searchable
        clearable={!variable.required}
        clearButtonProps={{ 'aria-label': t('form.clear') }}
        placeholder={t('form.choose')}
        nothingFoundMessage={t('form.nothing')}
        data={[...new Set(variable.options)]}
        value={value}
        onChange={onChange}
      />
    )
  return (
    <Group {...words}>
      {[...new Set(variable.options)].map((option) => (
        <Chip
          key={option}
          size="sm"
          variant="outline"
          color="var(--fab-ink)"
          checked={value === option}
          onChange={(on) => (on || !variable.required) && onChange(on ? option : null)}
        >
          {option}
        </Chip>
      ))}
    </Group>
  )
}

interface ChoicesProps extends FieldWords {
  variable: Extract<InputVariable, { type: 'multiSelect' }>
  value: JsonValue
  onChange: (value: JsonValue) => void
}

/** Any of the options, in the order of the template. */
export function ChoicesField({ variable, value, onChange, ...words }: ChoicesProps) {
  const { t } = useTranslation('generations')
  const options = [...new Set(variable.options)]
  const chosen = stringsOf(value)
  const choose = (next: readonly string[]) => onChange(options.filter((option) => next.includes(option)))
  if (options.length > MOST_CHOICES)
    return (
      <MultiSelect
        {...words}
        searchable
        hidePickedOptions
        nothingFoundMessage={t('form.nothing')}
        data={options}
        value={chosen}
        onChange={choose}
      />
    )
  return (
    <Group {...words}>
      {options.map((option) => (
        <Chip
          key={option}
          size="sm"
          variant="outline"
          color="var(--fab-ink)"
          checked={chosen.includes(option)}
          onChange={(on) => choose(on ? [...chosen, option] : chosen.filter((one) => one !== option))}
        >
          {option}
        </Chip>
      ))}
    </Group>
  )
}

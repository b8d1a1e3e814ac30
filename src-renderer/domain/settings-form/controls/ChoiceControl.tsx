import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocal } from '@renderer/components/use-local'
import { optionFor, type Option } from '@renderer/domain/settings-form/fields'
import { textOf } from '@contract/json'
import type { ControlProps } from './control'
import classes from './controls.module.css'

interface Props extends ControlProps {
  options: Option[]
}

/** One of a list, or not set. */
export function ChoiceControl({ options, value, disabled, label, describedBy, invalid, ...props }: Props) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const chosen = optionFor(options, value)
  // A value that the list no longer has stays visible: dropping it silently would change the preset.
  const stray = value !== undefined && !chosen ? [{ value: 'stray', label: JSON.stringify(value) }] : []
  return (
    <NativeSelect
      className={classes.choice}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      error={invalid}
      disabled={disabled}
      value={chosen ? String(options.indexOf(chosen)) : value === undefined ? 'unset' : 'stray'}
      data={[
        { value: 'unset', label: t('form.notSet') },
        ...options.map((option, index) => ({
          value: String(index),
          label: spokenOption(option, local(option.label), t),
        })),
        ...stray,
      ]}
      onChange={(event) => {
        props.onProblem(null)
        props.onChange(options[Number(event.currentTarget.value)]?.value)
      }}
    />
  )
}

/** true and false read "On" and "Off" where a schema gives them no name of their own. */
function spokenOption(option: Option, label: string, t: (key: 'form.on' | 'form.off') => string): string {
  if (typeof option.value !== 'boolean' || label !== textOf(option.value)) return label
  return option.value ? t('form.on') : t('form.off')
}

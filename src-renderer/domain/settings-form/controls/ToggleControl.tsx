import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from './control'
import classes from './controls.module.css'

/** Not set, off or on: a switch could not say the first. */
export function ToggleControl({ value, disabled, label, describedBy, onChange, onProblem }: ControlProps) {
  const { t } = useTranslation('presets')
  return (
    <SegmentedControl
      className={classes.toggle}
      size="xs"
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      value={typeof value === 'boolean' ? String(value) : 'unset'}
      data={[
        { value: 'unset', label: t('form.notSet') },
        { value: 'false', label: t('form.off') },
        { value: 'true', label: t('form.on') },
      ]}
      onChange={(chosen) => {
        onProblem(null)
        onChange(chosen === 'unset' ? undefined : chosen === 'true')
      }}
    />
  )
}

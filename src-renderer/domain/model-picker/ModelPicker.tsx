import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconDeviceDesktop, IconFeather } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelKind } from '@contract/entities/model'
import { useFormat } from '@renderer/components/format'
import type { ModelChoice } from './model-choice'
import { modelFacts } from './model-facts'
import { ModelPopover } from './ModelPopover'
import { useModels } from './use-models'
import classes from './ModelPicker.module.css'

export interface ModelPickerProps {
  /** Names the button for screen readers: "Model of Storyteller". */
  label: string
  kind: ModelKind
  value: ModelChoice | null
  /** What applies while nothing is chosen here, shown muted. */
  inherited?: ModelChoice | null
  onChange: (choice: ModelChoice) => void
}

/** The chosen model with what matters about it; opens the search over all models. */
export function ModelPicker({ label, kind, value, inherited = null, onChange }: ModelPickerProps) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const models = useModels()
  const shown = value ?? inherited
  const entry = models.find(shown)
  const facts = entry ? modelFacts(entry.model, format, t) : ''
  const trouble = entry?.trouble
  const name = shown ? (entry?.model.name ?? shown.model) : t('picker.choose')
  const provider = models.providers.find(({ id }) => id === shown?.providerId)
  const place = entry?.server?.name ?? provider?.name ?? ''
  const Icon = entry?.model.local ? IconDeviceDesktop : IconFeather

  return (
    <ModelPopover
      label={label}
      kind={kind}
      chosen={shown}
      onChoose={onChange}
      renderButton={(toggle) => (
        <UnstyledButton className={classes.button} data-unset={value === null || undefined} onClick={toggle}>
          <VisuallyHidden>{label}:</VisuallyHidden> <Icon size={16} stroke={1.6} className={classes.icon} aria-hidden />
          <span className={classes.words}>
            <span className={classes.name} title={name}>
              {name}
            </span>{' '}
            <span className={classes.place}>{place}</span>{' '}
            {trouble && (
              <>
                <span className={classes.trouble}>{t(`picker.${trouble}`)}</span>{' '}
              </>
            )}
            <span className={classes.facts}>{facts}</span>
          </span>
          <IconChevronDown size={16} stroke={1.6} className={classes.icon} aria-hidden />
        </UnstyledButton>
      )}
    />
  )
}

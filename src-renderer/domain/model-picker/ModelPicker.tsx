import { Popover, UnstyledButton, VisuallyHidden, type PopoverProps } from '@mantine/core'
import { IconChevronDown, IconDeviceDesktop, IconFeather } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelKind } from '@contract/entities/model'
import { useFormat } from '@renderer/components/format'
import { choiceKey, type ModelChoice } from './model-choice'
import { modelFacts } from './model-facts'
import { PickerPanel } from './PickerPanel'
import { rememberModel } from './recent-models'
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

/** Tells the list how high it may be, so that its last line is never below the window. */
const fitWindow: PopoverProps['middlewares'] = {
  shift: true,
  flip: true,
  size: {
    padding: 12,
    apply: ({ availableHeight, elements }) =>
      elements.floating.style.setProperty('--available', `${Math.max(260, Math.floor(availableHeight))}px`),
  },
}

/** The chosen model with what matters about it; opens the search over all models. */
export function ModelPicker({ label, kind, value, inherited = null, onChange }: ModelPickerProps) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const models = useModels()
  const [opened, setOpened] = useState(false)
  const shown = value ?? inherited
  const entry = models.find(shown)
  const facts = entry ? modelFacts(entry.model, format, t) : ''
  const trouble = entry?.trouble
  const name = shown ? (entry?.model.name ?? shown.model) : t('picker.choose')
  const provider = models.providers.find(({ id }) => id === shown?.providerId)
  const place = entry?.server?.name ?? provider?.name ?? ''
  const Icon = entry?.model.local ? IconDeviceDesktop : IconFeather

  const choose = (choice: ModelChoice) => {
    rememberModel(choiceKey(choice))
    setOpened(false)
    onChange(choice)
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={560}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      middlewares={fitWindow}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-unset={value === null || undefined}
          onClick={() => setOpened(!opened)}
        >
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
      </Popover.Target>
      <Popover.Dropdown p={0} className={classes.dropdown} aria-label={label}>
        {opened && <PickerPanel models={models} kind={kind} chosen={shown} onChoose={choose} />}
      </Popover.Dropdown>
    </Popover>
  )
}

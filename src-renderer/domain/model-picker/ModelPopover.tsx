import { Popover, type PopoverProps } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import type { ModelKind } from '@contract/entities/model'
import { choiceKey, type ModelChoice } from './model-choice'
import { PickerPanel } from './PickerPanel'
import { rememberModel } from './recent-models'
import { useModels } from './use-models'
import classes from './ModelPicker.module.css'

interface Props {
  /** Names the list for screen readers. */
  label: string
  kind: ModelKind
  chosen: ModelChoice | null
  onChoose: (choice: ModelChoice) => void
  /** Draws the button that opens and closes the list. */
  renderButton: (toggle: () => void) => ReactElement
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

/** A button that opens the search over all models. */
export function ModelPopover({ label, renderButton, onChoose, ...list }: Props) {
  const [opened, setOpened] = useState(false)
  const choose = (choice: ModelChoice) => {
    rememberModel(choiceKey(choice))
    setOpened(false)
    onChoose(choice)
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
      <Popover.Target>{renderButton(() => setOpened(!opened))}</Popover.Target>
      <Popover.Dropdown p={0} className={classes.dropdown} aria-label={label}>
        {opened && <Models {...list} onChoose={choose} />}
      </Popover.Dropdown>
    </Popover>
  )
}

/** All models are asked for when they are to be chosen from, and not before. */
function Models(props: Pick<Props, 'kind' | 'chosen' | 'onChoose'>) {
  return <PickerPanel models={useModels()} {...props} />
}

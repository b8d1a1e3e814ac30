import { Button, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Composer.module.css'

interface Props {
  /** Its name; where there is no room for it, the icon stands alone. */
  label: string
  /** What it does, under the pointer. */
  help: string
  icon: ReactNode
  disabled: boolean
  onClick: () => void
}

/** One of the quiet buttons under the writer's line. */
export function ComposerButton({ label, help, icon, disabled, onClick }: Props) {
  return (
    <Tooltip label={help}>
      <Button
        className={classes.quiet}
        classNames={{ section: classes.icon, label: classes.word }}
        variant="subtle"
        color="gray"
        leftSection={icon}
        disabled={disabled}
        onClick={onClick}
      >
        {label}
      </Button>
    </Tooltip>
  )
}

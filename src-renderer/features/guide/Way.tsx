import { UnstyledButton } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import classes from './GuideScreen.module.css'

export interface WayProps {
  icon: ReactNode
  name: string
  help: string
  open: boolean
  onOpen: () => void
  /** Why the story could not be begun, or null. */
  error: unknown
  children: ReactNode
}

/** One way to begin: a heading that opens what it needs. */
export function Way({ icon, name, help, open, onOpen, error, children }: WayProps) {
  const id = useId()
  return (
    <div className={classes.way}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={onOpen}
      >
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
        <span>
          <span className={classes.name}>{name}</span>
          <span className={classes.help}>{help}</span>
        </span>
      </UnstyledButton>
      {open && (
        <div id={id} className={classes.body}>
          {children}
          {error !== null && <ErrorNotice error={error} />}
        </div>
      )}
    </div>
  )
}

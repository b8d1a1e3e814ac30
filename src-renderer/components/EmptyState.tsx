import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

export interface EmptyStateProps {
  /** An outline icon of 28 px. */
  icon: ReactNode
  /** One sentence. */
  text: ReactNode
  /** One button. */
  action?: ReactNode
}

/** What stands where nothing is yet: one sentence and one action. */
export function EmptyState({ icon, text, action }: EmptyStateProps) {
  return (
    <div className={classes.root}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Text c="dimmed" ta="center" maw={420}>
        {text}
      </Text>
      {action}
    </div>
  )
}

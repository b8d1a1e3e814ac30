import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './PageHeader.module.css'

export interface PageHeaderProps {
  title: ReactNode
  /** Actions, at the right; the primary one last. */
  children?: ReactNode
}

/** The bar at the top of a screen: its name and what can be done on it. */
export function PageHeader({ title, children }: PageHeaderProps) {
  return (
    <header className={classes.bar}>
      <Title order={1} className={classes.title}>
        {title}
      </Title>
      <div className={classes.actions}>{children}</div>
    </header>
  )
}

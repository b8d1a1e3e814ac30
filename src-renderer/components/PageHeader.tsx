import { ActionIcon, Title, Tooltip } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import classes from './PageHeader.module.css'

export interface PageHeaderProps {
  title: ReactNode
  /** The screen that it belongs to. */
  back?: { href: string; label: string }
  /** Actions, at the right; the primary one last. */
  children?: ReactNode
}

/** The bar at the top of a screen: its name and what can be done on it. */
export function PageHeader({ title, back, children }: PageHeaderProps) {
  return (
    <header className={classes.bar}>
      {back && (
        <Tooltip label={back.label}>
          <ActionIcon component={Link} href={back.href} variant="subtle" color="gray" aria-label={back.label}>
            <IconArrowLeft size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Title order={1} className={classes.title}>
        {title}
      </Title>
      <div className={classes.actions}>{children}</div>
    </header>
  )
}

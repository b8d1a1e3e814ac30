import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Section.module.css'

export interface SectionProps {
  title: string
  /** One or two plain sentences. */
  text?: ReactNode
  /** Small actions beside the title. */
  actions?: ReactNode
  children?: ReactNode
}

/** A titled part of a page of settings. */
export function Section({ title, text, actions, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        <Title order={2} className={classes.title}>
          {title}
        </Title>
        {actions}
      </div>
      {text && (
        <Text c="dimmed" size="sm" className={classes.text}>
          {text}
        </Text>
      )}
      {children}
    </section>
  )
}

import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Banners.module.css'

export interface BannerProps {
  icon: ReactNode
  /** `alert` for what stops the work, `status` for what can wait. */
  urgent: boolean
  text: ReactNode
  children?: ReactNode
}

/** One notice across the top of every screen. */
export function Banner({ icon, urgent, text, children }: BannerProps) {
  return (
    <section className={classes.banner} data-urgent={urgent} aria-live={urgent ? 'assertive' : 'polite'}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Text size="sm" className={classes.text}>
        {text}
      </Text>
      {children}
    </section>
  )
}

import { ActionIcon, Tooltip } from '@mantine/core'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'

type ButtonProps = Pick<
  ComponentPropsWithoutRef<'button'>,
  'className' | 'disabled' | 'onClick' | 'aria-expanded' | 'aria-keyshortcuts'
>

interface Props extends ButtonProps {
  /** What it does, for the pointer and for screen readers. */
  label: string
  /** Keys that do the same, shown beside the label. */
  keys?: string
  /** CSS pixels of a side; 30 fits over a list, 32 over a page. */
  size?: 30 | 32
  loading?: boolean
  /** The icon. */
  children: ReactNode
}

/** A button that shows only an icon, and says under the pointer what it does. */
export function IconButton({ label, keys, size = 30, children, ...button }: Props) {
  return (
    <Tooltip label={keys ? `${label} ${keys}` : label}>
      <ActionIcon variant="subtle" color="gray" size={size} aria-label={label} {...button}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

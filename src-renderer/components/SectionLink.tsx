import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'

/** The way from a section to the screen where what it tells of is kept. */
export function SectionLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button
      component={Link}
      href={href}
      variant="default"
      size="xs"
      rightSection={<IconArrowRight size={14} aria-hidden />}
    >
      {children}
    </Button>
  )
}

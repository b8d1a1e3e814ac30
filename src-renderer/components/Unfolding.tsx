import { Button, Collapse } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import classes from './Unfolding.module.css'

interface Props {
  label: string
  /** Open from the beginning. */
  begin?: boolean
  /** Open whatever was pressed: something in it must be seen. */
  held?: boolean
  children: ReactNode
}

/** What few need, behind a line that opens it. */
export function Unfolding({ label, begin = false, held = false, children }: Props) {
  const id = useId()
  const [pressed, setPressed] = useState(begin)
  const open = pressed || held
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        className={classes.button}
        aria-expanded={open}
        aria-controls={id}
        leftSection={
          <IconChevronRight
            size={15}
            stroke={1.6}
            className={classes.chevron}
            data-open={open || undefined}
            aria-hidden
          />
        }
        onClick={() => setPressed(!open)}
      >
        {label}
      </Button>
      <Collapse expanded={open} id={id}>
        {children}
      </Collapse>
    </div>
  )
}

import { Collapse } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Fold.module.css'

interface Props {
  title: string
  /** What is in effect inside, in a few words. */
  summary: string
  /** How many settings inside are set, so that none is forgotten while it is closed. */
  set: number
  /** What is inside is there only while it is open. */
  lazy?: boolean
  children: ReactNode
}

/** A row that opens: closed, it says what is set inside. */
export function Fold({ title, summary, set, lazy = false, children }: Props) {
  const { t } = useTranslation('presets')
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <section className={classes.fold}>
      <button
        type="button"
        className={classes.foldButton}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.foldTitle}>
          <IconChevronRight size={15} stroke={1.6} aria-hidden />
          {title}
        </span>
        <span className={classes.foldSummary}>{open ? '' : summary}</span>
        <span className={classes.foldCount}>{set > 0 && t('setCount', { count: set })}</span>
      </button>
      <Collapse expanded={open} id={id} keepMounted={!lazy}>
        <div className={classes.foldBody}>{children}</div>
      </Collapse>
    </section>
  )
}

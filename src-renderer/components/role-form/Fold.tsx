import { Collapse } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Fold.module.css'

interface Props {
  title: string
  /** How many settings inside are set, so that none is forgotten while it is closed. */
  set: number
  children: ReactNode
}

/** A section that is closed until it is needed. */
export function Fold({ title, set, children }: Props) {
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
        <IconChevronRight size={16} stroke={1.6} aria-hidden />
        {title}
        {set > 0 && <span className={classes.foldCount}>{t('setCount', { count: set })}</span>}
      </button>
      <Collapse expanded={open} id={id}>
        <div className={classes.foldBody}>{children}</div>
      </Collapse>
    </section>
  )
}

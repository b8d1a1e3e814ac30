import { Button, Collapse } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocal } from '@renderer/components/use-local'
import type { Field } from './fields'
import classes from './SettingsForm.module.css'

interface Props {
  fields: readonly Field[]
  /** How many of them are set all the same. */
  set: number
  /** The rows themselves. */
  children: ReactNode
}

/** What the chosen model does not take, in one line that opens. */
export function UnsupportedRows({ fields, set, children }: Props) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const id = useId()
  const [open, setOpen] = useState(false)
  const names = fields.map(({ label }) => local(label)).join(', ')
  return (
    <>
      <div className={classes.unsupported} role="group" aria-label={t('form.unsupportedTitle')}>
        <span className={classes.unsupportedCount}>{t('form.unsupportedCount', { count: fields.length })}</span>
        <span className={classes.unsupportedNames} title={names}>
          {set > 0 && `${t('form.unsupportedSet', { count: set })} · `}
          {names}
        </span>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={open}
          aria-controls={id}
          aria-label={t(open ? 'form.hideUnsupported' : 'form.showUnsupported')}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'form.hide' : 'form.show')}
        </Button>
      </div>
      <Collapse expanded={open} id={id}>
        {children}
      </Collapse>
    </>
  )
}

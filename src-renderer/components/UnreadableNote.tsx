import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StoredPart } from '@contract/entities/unreadable'
import classes from './UnreadableNote.module.css'

/** Says of a thing which parts of it could not be read; nothing where all could. */
export function UnreadableNote({ parts }: { parts: readonly StoredPart[] | undefined }) {
  const { t, i18n } = useTranslation('common')
  if (!parts || parts.length === 0) return null
  const names = parts.map((part) => t(`unreadable.parts.${part}`))
  return (
    <p role="status" className={classes.note}>
      <IconAlertTriangle size={16} className={classes.icon} aria-hidden />
      <span>{t('unreadable.text', { parts: new Intl.ListFormat(i18n.language).format(names) })}</span>
    </p>
  )
}

import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StoredPart } from '@contract/entities/unreadable'
import classes from './UnreadableNote.module.css'

interface Props {
  /** Nothing is shown where there are none. */
  parts: readonly StoredPart[] | undefined
}

function useWords(parts: readonly StoredPart[] = []): string | null {
  const { t, i18n } = useTranslation('common')
  if (parts.length === 0) return null
  const names = parts.map((part) => t(`unreadable.parts.${part}`))
  return t('unreadable.text', { parts: new Intl.ListFormat(i18n.language).format(names) })
}

/** Says of a thing which parts of it could not be read. */
export function UnreadableNote({ parts }: Props) {
  const words = useWords(parts)
  if (words === null) return null
  return (
    <p role="status" className={classes.note}>
      <IconAlertTriangle size={16} className={classes.icon} aria-hidden />
      <span>{words}</span>
    </p>
  )
}

/** The same as a sign in a row of a list: the words stand under the pointer, and are there for screen readers. */
export function UnreadableMark({ parts }: Props) {
  const words = useWords(parts)
  if (words === null) return null
  return (
    <Tooltip label={words} position="right" multiline maw={320}>
      <span className={classes.mark}>
        <IconAlertTriangle size={14} className={classes.icon} aria-hidden />
        <VisuallyHidden>{words}</VisuallyHidden>
      </span>
    </Tooltip>
  )
}

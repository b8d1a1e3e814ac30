import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import { useMessageCommands } from './use-message-commands'
import classes from './PassageBar.module.css'

export interface AlternativesProps {
  message: Message
  disabled: boolean
}

/** `‹ 2 / 3 ›`: the passages that stand at this place. */
export function Alternatives({ message: { id, alternatives }, disabled }: AlternativesProps) {
  const { t } = useTranslation('writing')
  const { choose } = useMessageCommands()
  const place = alternatives.indexOf(id)
  const previous = alternatives[place - 1]
  const next = alternatives[place + 1]
  if (alternatives.length < 2) return null
  return (
    <div className={classes.alternatives} role="group" aria-label={t('alternatives.label')}>
      <ActionIcon
        className={classes.action}
        variant="subtle"
        color="gray"
        size={26}
        aria-label={t('alternatives.previous')}
        // Not `disabled`: a button that vanishes from the tab order under the finger loses the focus.
        aria-disabled={disabled || !previous}
        data-disabled={disabled || !previous || undefined}
        onClick={() => previous && !disabled && void choose(previous)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <span aria-label={t('alternatives.place', { place: place + 1, count: alternatives.length })} role="img">
        {place + 1} / {alternatives.length}
      </span>
      <ActionIcon
        className={classes.action}
        variant="subtle"
        color="gray"
        size={26}
        aria-label={t('alternatives.next')}
        aria-disabled={disabled || !next}
        data-disabled={disabled || !next || undefined}
        onClick={() => next && !disabled && void choose(next)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}

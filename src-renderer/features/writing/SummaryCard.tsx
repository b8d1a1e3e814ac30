import { UnstyledButton } from '@mantine/core'
import { IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Summary } from '@contract/entities/summary'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { IconButton } from '@renderer/components/IconButton'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { useConfirm } from '@renderer/components/use-confirm'
import { useInspector } from '@renderer/stores/ui-inspector'
import { useTargetStore } from '@renderer/stores/writing-target'
import { SummaryEditor } from './SummaryEditor'
import { useUnsavedSummary } from './summary-saves'
import classes from './SummariesPanel.module.css'

export interface SummaryCardProps {
  summary: Summary
  /** The names of the chapters that end within it; empty for one without. */
  chapters: readonly string[]
  /** The panel lies over the page. */
  overlay: boolean
}

/** One summary: the passages that it covers, its text, and what can be done with it. */
export function SummaryCard({ summary, chapters, overlay }: SummaryCardProps) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  const { confirm, dialog } = useConfirm()
  const remakeIt = useCommand('summaries.remake', { onError: notifyError })
  const [editing, setEditing] = useState(false)
  const card = useRef<HTMLDivElement>(null)
  const { text: unsaved } = useUnsavedSummary(summary)
  const { id, storyId, first, last, firstId, edited, stale } = summary
  const text = unsaved ?? summary.text
  const range = t(first === last ? 'summaries.rangeOne' : 'summaries.range', {
    first: format.number(first + 1),
    last: format.number(last + 1),
  })
  const names = chapters.filter((name) => name !== '').join(' · ')

  const show = () => {
    if (overlay) useInspector.getState().close()
    useTargetStore.getState().show(storyId, firstId)
  }
  const remake = async () => {
    const question = {
      title: t('summaries.remakeEdited'),
      text: t('summaries.remakeEditedText'),
      action: t('summaries.remake'),
    }
    if (!edited || (await confirm(question))) remakeIt.mutate({ id })
  }
  const remove = () =>
    request('summaries.delete', { id }).then(
      () => notifyUndo({ text: t('summaries.deleted'), undo: () => request('summaries.restore', { id }) }),
      notifyError
    )
  return (
    <div ref={card} className={classes.card} role="group" aria-label={range} tabIndex={-1}>
      <div className={classes.top}>
        <span className={classes.covered}>
          <UnstyledButton className={classes.range} onClick={show} title={t('summaries.show')}>
            {range}
          </UnstyledButton>
          {names !== '' && <span className={classes.chapter}>{names}</span>}
        </span>
        <span className={classes.actions}>
          <IconButton label={t('summaries.remake')} onClick={() => void remake()}>
            <IconRefresh size={16} aria-hidden />
          </IconButton>
          <IconButton label={t('summaries.edit')} aria-expanded={editing} onClick={() => setEditing(!editing)}>
            <IconPencil size={16} aria-hidden />
          </IconButton>
          <IconButton label={t('summaries.delete')} onClick={() => void remove()}>
            <IconTrash size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
      {(edited || stale) && (
        <p className={classes.marks}>
          {edited && <span>{t('summaries.edited')}</span>}
          {stale && (
            <span className={classes.stale}>
              {t('summaries.stale')}{' '}
              <UnstyledButton className={classes.again} onClick={() => void remake()}>
                {t('summaries.remake')}
              </UnstyledButton>
            </span>
          )}
        </p>
      )}
      {editing ? (
        <SummaryEditor
          summary={summary}
          text={text}
          onClose={() => {
            setEditing(false)
            card.current?.focus({ preventScroll: true })
          }}
        />
      ) : (
        <p className={classes.text}>{text === '' ? t('summaries.nothing') : text}</p>
      )}
      {dialog}
    </div>
  )
}

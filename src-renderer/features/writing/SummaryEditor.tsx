import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { SummaryText, type Summary } from '@contract/entities/summary'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { GrowingTextarea } from '@renderer/components/GrowingTextarea'
import { useSaveOnLeave } from '@renderer/components/use-saves'
import { summarySaves, useUnsavedSummary } from './summary-saves'
import editor from './PassageEditor.module.css'
import classes from './SummariesPanel.module.css'

export interface SummaryEditorProps {
  summary: Summary
  /** What it says when it is opened. */
  text: string
  onClose: () => void
}

/** A summary being edited where it stands. What is typed is saved as it is typed, but for an empty text. */
export function SummaryEditor({ summary, text, onClose }: SummaryEditorProps) {
  const { t } = useTranslation('writing')
  const { id, storyId } = summary
  const [typed, setTyped] = useState(text)
  const queue = summarySaves(useQueryClient(), storyId)
  useSaveOnLeave(queue)
  const { error } = useUnsavedSummary(summary)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const area = field.current
    area?.focus({ preventScroll: true })
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [])

  const write = (words: string) => {
    setTyped(words)
    const parsed = SummaryText.safeParse(words)
    if (parsed.success) queue.add({ id, text: parsed.data })
  }
  const close = () => {
    void queue.flush()
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const leaves = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    // An Escape that ends the choice of a composed character belongs to the input method.
    if (!leaves || event.nativeEvent.isComposing) return
    event.preventDefault()
    close()
  }
  return (
    <div>
      <GrowingTextarea
        ref={field}
        className={classes.field}
        aria-label={t('summaries.text')}
        value={typed}
        maxLength={20_000}
        spellCheck
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={() => void queue.flush()}
        onKeyDown={onKeyDown}
      />
      {error !== null && <ErrorNotice error={error} onRetry={() => void queue.flush()} />}
      <div className={editor.actions}>
        <span className={editor.hint}>{t(typed.trim() === '' ? 'summaries.needsWords' : 'summaries.hint')}</span>
        <Button variant="default" size="xs" onClick={close}>
          {t('edit.done')}
        </Button>
      </div>
    </div>
  )
}

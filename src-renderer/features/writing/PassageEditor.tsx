import { Button } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { PASSAGE_LIMIT, type Message } from '@contract/entities/story'
import { request } from '@renderer/api/bridge'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { GrowingTextarea } from './GrowingTextarea'
import { useEditStore } from '@renderer/stores/writing-edits'
import classes from './PassageEditor.module.css'

/** A passage being edited where it stands. The words stay in the field until main has them. */
export function PassageEditor({ message: { id, text: stored } }: { message: Message }) {
  const { t } = useTranslation('writing')
  const text = useEditStore((state) => state.edits[id] ?? stored)
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const field = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    const area = field.current
    area?.focus({ preventScroll: true })
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [])

  const close = () => {
    const passage = field.current?.closest<HTMLElement>('[data-passage]')
    useEditStore.getState().end(id)
    passage?.focus({ preventScroll: true })
  }
  const save = async () => {
    if (saving) return
    if (text === stored) {
      close()
      return
    }
    setSaving(true)
    try {
      await request('messages.edit', { id, text })
      close()
    } catch (reason) {
      setError(reason)
      setSaving(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys that mean something to the page around mean nothing to it here.
    event.stopPropagation()
    if (event.key === 'Escape') close()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save()
    }
  }

  return (
    <div className={classes.editor}>
      <GrowingTextarea
        ref={field}
        className={classes.field}
        aria-label={t('edit.label')}
        value={text}
        maxLength={PASSAGE_LIMIT}
        spellCheck
        onChange={(event) => useEditStore.getState().write(id, event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {error !== null && <ErrorNotice error={error} onRetry={() => void save()} />}
      <div className={classes.actions}>
        <span className={classes.hint}>{t('edit.hint')}</span>
        <Button variant="default" size="compact-md" onClick={close}>
          {t('edit.cancel')}
        </Button>
        <Button size="compact-md" loading={saving} onClick={() => void save()}>
          {t('edit.save')}
        </Button>
      </div>
    </div>
  )
}

import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { PASSAGE_LIMIT, type Message } from '@contract/entities/story'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useEditStore } from '@renderer/stores/writing-edits'
import { GrowingTextarea } from '@renderer/components/GrowingTextarea'
import { passageSaves } from './passage-saves'
import { undoKeys } from './undo-keys'
import classes from './PassageEditor.module.css'

/** A passage being edited where it stands. What is typed is saved as it is typed; undo takes it back. */
export function PassageEditor({ message: { id, storyId, text: stored } }: { message: Message }) {
  const { t } = useTranslation('writing')
  const text = useEditStore((state) => state.edits[id]?.text ?? stored)
  const fresh = useEditStore((state) => state.edits[id]?.fresh ?? true)
  const queue = passageSaves(useQueryClient(), storyId)
  const { error, unsaved } = useSyncExternalStore(queue.subscribe, queue.snapshot)
  const failed = error !== null && unsaved.some((words) => words.id === id)
  const field = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    const area = field.current
    // One that is scrolled back into the window does not take the focus from where it is by now.
    if (!useEditStore.getState().edits[id]?.fresh) return
    area?.focus({ preventScroll: true })
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [id])

  const write = (words: string) => {
    const { edits, write: put } = useEditStore.getState()
    put(id, words)
    const session = edits[id]?.session
    if (session) queue.add({ id, text: words, session })
  }
  const close = () => {
    void queue.flush()
    const passage = field.current?.closest<HTMLElement>('[data-passage]')
    useEditStore.getState().end(id)
    passage?.focus({ preventScroll: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const leaves = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    // An Escape that ends the choice of a composed character belongs to the input method.
    if (!leaves || event.nativeEvent.isComposing) return
    event.preventDefault()
    close()
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
        data-undoes-story={fresh || undefined}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={() => void queue.flush()}
        onKeyDown={onKeyDown}
      />
      {failed && <ErrorNotice error={error} onRetry={() => void queue.flush()} />}
      <div className={classes.actions}>
        <span className={classes.hint}>{t('edit.hint', { keys: undoKeys.undo })}</span>
        <Button variant="default" size="xs" onClick={close}>
          {t('edit.done')}
        </Button>
      </div>
    </div>
  )
}

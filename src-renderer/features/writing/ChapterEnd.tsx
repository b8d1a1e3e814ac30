import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { useChapterStore } from '@renderer/stores/writing-chapters'
import { putOnPage } from './passage-saves'
import classes from './ChapterEnd.module.css'

/** A quiet rule under the last passage of a chapter, with the chapter's name where it has one. */
export function ChapterEnd({ message: { id }, name }: { message: Message; name: string }) {
  const { t } = useTranslation('writing')
  const client = useQueryClient()
  const [typed, setTyped] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const isNaming = useChapterStore((state) => state.naming === id)
  const end = useCommand('messages.endChapter', {
    onError: notifyError,
    onSuccess: (stored) => {
      putOnPage(client, stored)
      setTyped(null)
    },
  })
  useEffect(() => {
    if (!isNaming) return
    field.current?.focus({ preventScroll: true })
    useChapterStore.getState().named()
  }, [isNaming])

  const save = () => {
    if (typed === null || typed.trim() === name) setTyped(null)
    else end.mutate({ id, name: typed })
  }
  const remove = () =>
    request('messages.endChapter', { id, name: null }).then(
      () => notifyUndo({ text: t('chapter.removed'), undo: () => request('messages.endChapter', { id, name }) }),
      notifyError
    )
  return (
    <div className={classes.end} role="group" aria-label={t('chapter.label')}>
      <span className={classes.rule} aria-hidden />
      <input
        ref={field}
        className={classes.name}
        aria-label={t('chapter.name')}
        placeholder={t('chapter.nameless')}
        maxLength={120}
        autoComplete="off"
        value={typed ?? name}
        size={Math.min(60, Math.max(t('chapter.nameless').length, (typed ?? name).length) + 1)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
          event.preventDefault()
          event.stopPropagation()
          event.currentTarget.closest<HTMLElement>('[data-passage]')?.focus({ preventScroll: true })
        }}
      />
      <Tooltip label={t('chapter.remove')}>
        <ActionIcon
          className={classes.remove}
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('chapter.remove')}
          onClick={() => void remove()}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <span className={classes.rule} aria-hidden />
    </div>
  )
}

import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import {
  IconCheck,
  IconCopy,
  IconGitBranch,
  IconHistory,
  IconPencil,
  IconRefresh,
  IconSection,
  IconTrash,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { useEditStore } from '@renderer/stores/writing-edits'
import { useChapterStore } from '@renderer/stores/writing-chapters'
import { useTurnRunning } from './use-turn'
import { useWriting } from './writing-context'
import { MakeMenu } from './MakeMenu'
import { Alternatives } from './Alternatives'
import { PassageFacts } from './PassageFacts'
import { putOnPage, useUnsavedWords } from './passage-saves'
import { useMessageCommands } from './use-message-commands'
import { VersionsDialog } from './VersionsDialog'
import classes from './PassageBar.module.css'

interface ActionProps {
  label: string
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}

function Action({ label, disabled = false, onClick, children }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={classes.action}
        variant="subtle"
        color="gray"
        size={26}
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

export interface PassageBarProps {
  message: Message
  last: boolean
}

/** Under a passage: who wrote it and what can be done with it. Drawn when the text has been painted. */
export function PassageBar(props: PassageBarProps) {
  const drawn = useDeferredValue(true, false)
  return drawn && <FactsAndActions {...props} />
}

function FactsAndActions({ message, last }: PassageBarProps) {
  const { t } = useTranslation('writing')
  const { storyId, retry, retryAt, branchAt } = useWriting()
  const running = useTurnRunning(storyId)
  const clipboard = useClipboard({ timeout: 2000 })
  const { remove } = useMessageCommands()
  const [versionsOpen, setVersionsOpen] = useState(false)
  const text = useUnsavedWords(message) ?? message.text
  const edit = () => useEditStore.getState().begin(message.id, text)
  const client = useQueryClient()
  const end = useCommand('messages.endChapter', {
    onError: notifyError,
    onSuccess: (stored) => {
      putOnPage(client, stored)
      useChapterStore.getState().name(stored.id)
    },
  })
  const endChapter = () => end.mutate({ id: message.id, name: '' })
  const isStory = message.author === 'story'

  return (
    <div className={classes.bar}>
      <PassageFacts message={message} last={last} />
      <div className={classes.actions}>
        <Action label={t('passage.edit')} disabled={running && last} onClick={edit}>
          <IconPencil size={16} aria-hidden />
        </Action>
        <Action label={t(clipboard.copied ? 'passage.copied' : 'passage.copy')} onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        </Action>
        {message.versions > 0 && (
          <Action label={t('versions.title')} disabled={running && last} onClick={() => setVersionsOpen(true)}>
            <IconHistory size={16} aria-hidden />
          </Action>
        )}
        {!(running && last) && <MakeMenu message={message} text={text} />}
        {message.chapterEnd === undefined && (
          <Action label={t('chapter.end')} disabled={running && last} onClick={endChapter}>
            <IconSection size={16} aria-hidden />
          </Action>
        )}
        {isStory && (
          <Action
            label={t(last ? 'passage.retry' : 'passage.retryHere')}
            disabled={running}
            onClick={() => (last ? retry() : retryAt(message.id))}
          >
            <IconRefresh size={16} aria-hidden />
          </Action>
        )}
        {!last && (
          <Action label={t('passage.branch')} disabled={running} onClick={() => branchAt(message.id)}>
            <IconGitBranch size={16} aria-hidden />
          </Action>
        )}
        <Action label={t('passage.delete')} disabled={running} onClick={() => void remove(message)}>
          <IconTrash size={16} aria-hidden />
        </Action>
        <Alternatives message={message} disabled={running} />
      </div>
      {versionsOpen && <VersionsDialog message={message} onClose={() => setVersionsOpen(false)} />}
    </div>
  )
}

import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MemoryMark } from '@contract/entities/memory'
import type { MessageId, TurnId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { useTargetStore } from '@renderer/stores/writing-target'
import { useWriting } from './writing-context'
import classes from './PassageNotes.module.css'

/** What was recalled for a passage: each piece can be opened, pinned for every turn, or banned from all of them. */
export function RecalledList({ turnId, onOpen }: { turnId: TurnId; onOpen: () => void }) {
  const { t } = useTranslation('writing')
  const { storyId } = useWriting()
  const { data: pieces } = useRoute('turns.recalled', { turnId })
  const { data: marks } = useRoute('memory.marks', { storyId })
  const mark = useCommand('memory.mark', { onError: notifyError })
  if (!pieces) return <LoadingRows rows={3} height={40} />
  const markOf = (id: MessageId) => marks?.find(({ messageId }) => messageId === id)?.mark ?? null
  const toggle = (messageId: MessageId, wanted: MemoryMark) =>
    mark.mutate({ storyId, messageId, mark: markOf(messageId) === wanted ? null : wanted })
  return pieces.map(({ messageId, start, foundBy, text }) => (
    <div key={`${messageId}-${start}`} className={classes.found}>
      <p>{text ?? <span className={classes.missing}>{t('recalled.gone')}</span>}</p>
      <span className={classes.label}>{t(`recalled.by.${foundBy}`)}</span>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        disabled={text === null}
        onClick={() => {
          onOpen()
          useTargetStore.getState().show(storyId, messageId)
        }}
      >
        {t('recalled.open')}
      </Button>
      {(['pin', 'ban'] as const).map((wanted) => (
        <Button
          key={wanted}
          variant={markOf(messageId) === wanted ? 'light' : 'subtle'}
          {...(markOf(messageId) === wanted ? {} : { color: 'gray' })}
          size="compact-xs"
          aria-pressed={markOf(messageId) === wanted}
          onClick={() => toggle(messageId, wanted)}
        >
          {t(`recalled.${wanted}`)}
        </Button>
      ))}
    </div>
  ))
}

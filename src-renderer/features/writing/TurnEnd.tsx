import { Button } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { TurnAttempts } from '@renderer/components/turn-attempts/TurnAttempts'
import { useWriting } from './writing-context'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { useTurnRunning } from './use-turn'
import classes from './TurnEnd.module.css'

export interface TurnEndProps {
  storyId: StoryId
  last: Message | undefined
}

/** After the last passage: how its turn ended, where that leaves something to do. */
export function TurnEnd({ storyId, last }: TurnEndProps) {
  const { t } = useTranslation('writing')
  const { retry, goOn } = useWriting()
  const running = useTurnRunning(storyId)
  const failure = useTurnStore((state) => state.failures[storyId])
  if (running) return null
  const failedHere = failure && (failure.messageId === null || failure.messageId === last?.id)
  if (failedHere) {
    return (
      <div className={classes.problem}>
        <ErrorNotice error={failure.error} onRetry={retry} />
        {failure.messageId === null && (
          <TurnAttempts turnId={failure.turnId} writer={null} className={classes.attempts} />
        )}
      </div>
    )
  }
  if (last?.author !== 'story') return null
  if (last.state === 'failed') {
    return (
      <p className={classes.end}>
        {t('end.failed')}
        <Button variant="default" size="compact-md" onClick={retry}>
          {t('passage.retry')}
        </Button>
      </p>
    )
  }
  if (last.state !== 'stopped' && last.state !== 'cut') return null
  return (
    <p className={classes.end}>
      {t(`end.${last.state}`)}
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
        onClick={goOn}
      >
        {t('composer.continue')}
      </Button>
    </p>
  )
}

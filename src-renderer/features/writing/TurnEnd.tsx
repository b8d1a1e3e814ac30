import { Button } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { TurnAttempts } from '@renderer/domain/turn-attempts/TurnAttempts'
import { DraftOffer } from './DraftOffer'
import { useWriting } from './writing-context'
import { useTurnRunning } from './use-turn'
import classes from './TurnEnd.module.css'

export interface TurnEndProps {
  storyId: StoryId
  last: Message | undefined
  /** Another turn was asked for: how the last one ended is no news any more. */
  starting: boolean
}

/** After the last passage: how its turn ended, where that leaves something to do. */
export const TurnEnd = memo(function TurnEnd({ storyId, last, starting }: TurnEndProps) {
  const { t } = useTranslation('writing')
  const { retry, goOn } = useWriting()
  const running = useTurnRunning(storyId)
  const { data: turn } = useRoute('turns.last', { storyId })
  if (running || starting) return null
  const failedHere = turn?.messageId === null || turn?.messageId === last?.id
  if (turn?.error && failedHere) {
    return (
      <div className={classes.problem}>
        <ErrorNotice error={turn.error} onRetry={retry} />
        {turn.messageId === null && <TurnAttempts turnId={turn.id} writer={null} className={classes.attempts} />}
        {turn.messageId !== null && last && <DraftOffer passage={last} />}
      </div>
    )
  }
  if (last?.author !== 'story') return null
  if (last.state === 'failed') {
    return (
      <>
        <p className={classes.end}>
          {t('end.failed')}
          <Button variant="default" size="xs" onClick={retry}>
            {t('passage.retry')}
          </Button>
        </p>
        <DraftOffer passage={last} />
      </>
    )
  }
  if (last.state !== 'stopped' && last.state !== 'cut') return null
  return (
    <>
      <p className={classes.end}>
        {t(`end.${last.state}`)}
        <Button variant="default" size="xs" leftSection={<IconPlayerTrackNext size={14} aria-hidden />} onClick={goOn}>
          {t('composer.continue')}
        </Button>
      </p>
      <DraftOffer passage={last} />
    </>
  )
})

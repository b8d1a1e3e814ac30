import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import { useFormat } from '@renderer/components/format'
import { TurnAttempts } from '@renderer/domain/turn-attempts/TurnAttempts'
import { useRoleName } from '@renderer/domain/use-role-name'
import { InspectButton } from '@renderer/domain/inspector/InspectButton'
import { PassageOrigins } from './PassageOrigins'
import classes from './PassageBar.module.css'

export interface PassageFactsProps {
  message: Message
  /** How it ended is said below it (see TurnEnd). */
  last: boolean
}

/** Who wrote a passage, what it took, and how it ended when it did not end well. */
export function PassageFacts({ message, last }: PassageFactsProps) {
  const { storyId, author, state, edited, writtenBy } = message
  const { t } = useTranslation('writing')
  const format = useFormat()
  const roleName = useRoleName()
  const tokens = writtenBy?.outputTokens ?? null
  return (
    <div className={classes.facts}>
      {author === 'story' && writtenBy && (
        <span className={classes.fact}>
          {writtenBy.model} · {roleName(writtenBy.role)}
        </span>
      )}
      {writtenBy?.turnId && <TurnAttempts turnId={writtenBy.turnId} writer={writtenBy.role} className={classes.fact} />}
      {tokens !== null && (
        <Tooltip
          disabled={writtenBy?.inputTokens === null}
          label={t('facts.read', {
            count: writtenBy?.inputTokens ?? 0,
            shown: format.number(writtenBy?.inputTokens ?? 0),
          })}
        >
          <span className={classes.fact}>{t('facts.tokens', { count: tokens, shown: format.number(tokens) })}</span>
        </Tooltip>
      )}
      {writtenBy?.cost ? <span className={classes.fact}>{format.cost(writtenBy.cost)}</span> : null}
      {writtenBy && writtenBy.dropped.length > 0 && (
        <Tooltip label={t('facts.droppedWhy')} multiline maw={280}>
          <span className={classes.fact}>{t('facts.dropped', { settings: writtenBy.dropped.join(', ') })}</span>
        </Tooltip>
      )}
      {message.unreadable && <span className={classes.fact}>{t('facts.unreadable')}</span>}
      <PassageOrigins message={message} />
      {edited && <span className={classes.fact}>{t('facts.edited')}</span>}
      {writtenBy?.turnId && <InspectButton storyId={storyId} turnId={writtenBy.turnId} className={classes.fact} />}
      {!last && (state === 'stopped' || state === 'cut' || state === 'failed') && (
        <span className={classes.fact}>{t(`facts.${state}`)}</span>
      )}
    </div>
  )
}

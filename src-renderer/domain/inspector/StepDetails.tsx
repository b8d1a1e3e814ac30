import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TurnStep } from '@contract/entities/turn'
import type { StoryId, TurnId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { AttemptList } from '@renderer/domain/turn-attempts/AttemptList'
import { StepAnswer } from './StepAnswer'
import { StepSent } from './StepSent'
import { StepSettings } from './StepSettings'
import classes from './Inspector.module.css'

export interface StepDetailsProps {
  step: TurnStep
  turnId: TurnId
  storyId: StoryId
}

/** One step: what it sent, what came, with which settings, and every attempt. */
export function StepDetails({ step, turnId, storyId }: StepDetailsProps) {
  const { t } = useTranslation('inspector')
  const calls = useRoute('usage.ofTurn', { turnId }).data?.filter(
    ({ purpose }) => purpose.kind === 'turn' && purpose.role === step.role
  )
  const sent = step.messages.length > 0
  return (
    <Tabs defaultValue={sent ? 'sent' : 'answer'} keepMounted={false} className={classes.details}>
      <Tabs.List>
        <Tabs.Tab value="sent">{t('tab.sent')}</Tabs.Tab>
        <Tabs.Tab value="answer">{t('tab.answer')}</Tabs.Tab>
        <Tabs.Tab value="settings">{t('tab.settings')}</Tabs.Tab>
        <Tabs.Tab value="attempts">{t('tab.attempts', { count: step.attempts })}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="sent">
        {sent ? (
          <StepSent step={step} turnId={turnId} storyId={storyId} />
        ) : (
          <p className={classes.empty}>{t('nothingSent')}</p>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="answer">
        <StepAnswer step={step} />
      </Tabs.Panel>
      <Tabs.Panel value="settings">
        <StepSettings step={step} />
      </Tabs.Panel>
      <Tabs.Panel value="attempts">
        {calls && calls.length > 0 ? (
          <div className={classes.attempts}>
            <AttemptList calls={calls} />
          </div>
        ) : (
          <p className={classes.empty}>{t('noAttempts')}</p>
        )}
      </Tabs.Panel>
    </Tabs>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptMessage, TurnStep } from '@contract/entities/turn'
import type { StoryId, TurnId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { useInspector } from '@renderer/stores/ui-inspector'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { PromptSent } from './PromptSent'
import classes from './Inspector.module.css'

export interface StepSentProps {
  step: TurnStep
  turnId: TurnId
  storyId: StoryId
}

/** What a step sent, and a way to change it and take the turn again from there. */
export function StepSent({ step, turnId, storyId }: StepSentProps) {
  const { t } = useTranslation('inspector')
  /** Null while nothing is being changed. */
  const [draft, setDraft] = useState<readonly PromptMessage[] | null>(null)
  const running = useTurnStore((state) => state.turns[storyId]?.phase === 'running')
  const rerun = useCommand('turns.rerun', {
    onSuccess: (started) => useInspector.getState().show({ kind: 'turn', storyId, turnId: started.turnId }),
    onError: notifyError,
  })
  return (
    <>
      <PromptSent
        parts={draft ? [] : step.parts}
        window={step.window}
        messages={draft ?? step.messages}
        onChange={draft ? setDraft : undefined}
      />
      {draft && <p className={classes.note}>{t('rerun.asAlternative')}</p>}
      <div className={classes.again}>
        {draft ? (
          <>
            {([false, true] as const).map((alone) => (
              <Button
                key={String(alone)}
                size="xs"
                variant={alone ? 'default' : 'filled'}
                disabled={running || rerun.isPending}
                loading={rerun.isPending && rerun.variables.alone === alone}
                onClick={() => rerun.mutate({ turnId, position: step.position, messages: [...draft], alone })}
              >
                {t(alone ? 'rerun.alone' : 'rerun.run')}
              </Button>
            ))}
            <Button size="xs" variant="default" onClick={() => setDraft(null)}>
              {t('rerun.cancel')}
            </Button>
          </>
        ) : (
          <Button size="xs" variant="default" disabled={running} onClick={() => setDraft(step.messages)}>
            {t('rerun.edit')}
          </Button>
        )}
      </div>
    </>
  )
}

import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlannedStep, TurnKind } from '@contract/entities/turn'
import type { StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { useRoleName } from '@renderer/domain/use-role-name'
import { InspectorHead } from './InspectorHead'
import { PromptSent } from './PromptSent'
import { useNextTurn } from './use-next-turn'
import classes from './Inspector.module.css'

const kinds = ['send', 'retry', 'continue'] as const satisfies readonly TurnKind[]

/**
 * Everything that the next turn would send, with the words that stand in the composer and the roles that are asked for
 * there; no model is asked.
 */
export function DryRun({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation('inspector')
  const composer = useTranslation('writing').t
  const [kind, setKind] = useState<TurnKind>('send')
  const [position, setPosition] = useState(0)
  const { line, roles } = useNextTurn(storyId)
  const text = kind === 'send' ? { text: line } : {}
  const plan = useRoute('turns.plan', { storyId, kind, ...text, ...roles }, { gcTime: 0 })
  const steps = plan.data ?? []
  const chosen = steps[Math.min(position, steps.length - 1)]
  return (
    <>
      <InspectorHead title={t('dryRun.title')} facts={t('dryRun.help')} />
      <SegmentedControl
        className={classes.kinds}
        size="xs"
        aria-label={t('dryRun.kind')}
        value={kind}
        onChange={setKind}
        data={kinds.map((value) => ({ value, label: composer(`composer.${value}`) }))}
      />
      {plan.isPending && <LoadingRows rows={4} height={38} />}
      {plan.error && <ErrorNotice error={plan.error} />}
      {plan.data?.length === 0 && <p className={classes.nothing}>{t('dryRun.nobody')}</p>}
      {chosen && (
        <>
          <PlannedList steps={steps} chosen={chosen} onChoose={setPosition} />
          <div className={classes.details}>
            <PromptSent parts={chosen.parts} window={chosen.window} answer={chosen.answer} messages={chosen.messages} />
          </div>
        </>
      )}
    </>
  )
}

interface PlannedListProps {
  steps: readonly PlannedStep[]
  chosen: PlannedStep
  onChoose: (position: number) => void
}

function PlannedList({ steps, chosen, onChoose }: PlannedListProps) {
  const { t } = useTranslation('inspector')
  const format = useFormat()
  const roleName = useRoleName()
  return (
    <ol className={classes.steps} aria-label={t('dryRun.list')}>
      {steps.map((step, position) => {
        const tokens = step.parts.reduce((all, part) => all + part.tokens, 0)
        return (
          <li key={position}>
            <UnstyledButton
              className={classes.step}
              aria-current={step === chosen ? 'step' : undefined}
              onClick={() => onChoose(position)}
            >
              <span className={classes.dot} data-state="planned" aria-hidden />
              <span className={classes.role}>{roleName(step.role)}</span>
              <span className={classes.summary}>
                {step.model} · {step.provider}
              </span>
              <span className={classes.figures}>{t('tokens', { count: tokens, shown: format.number(tokens) })}</span>
            </UnstyledButton>
          </li>
        )
      })}
    </ol>
  )
}

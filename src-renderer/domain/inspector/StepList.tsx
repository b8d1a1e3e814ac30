import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TurnStep } from '@contract/entities/turn'
import { useFormat } from '@renderer/components/format'
import { useRoleName } from '@renderer/domain/use-role-name'
import { tokensOf } from './turn-totals'
import classes from './Inspector.module.css'

export interface StepListProps {
  steps: readonly TurnStep[]
  chosen: number
  onChoose: (position: number) => void
}

/** The steps in their order, one line each, which reads like a sentence. */
export function StepList({ steps, chosen, onChoose }: StepListProps) {
  const { t } = useTranslation('inspector')
  const format = useFormat()
  const roleName = useRoleName()
  const summary = useStepSummary()
  return (
    <ol className={classes.steps} aria-label={t('list')}>
      {steps.map((step) => {
        const tokens = tokensOf(step)
        return (
          <li key={step.position}>
            <UnstyledButton
              className={classes.step}
              aria-current={step.position === chosen ? 'step' : undefined}
              onClick={() => onChoose(step.position)}
            >
              <span className={classes.dot} data-state={troubled(step) ? 'troubled' : step.state} aria-hidden />
              <span className={classes.role}>{roleName(step.role)}</span>
              <span className={classes.summary}>{summary(step)}</span>
              <span className={classes.figures}>
                {format.duration(step.totalMs)} · {tokens === null ? '–' : format.number(tokens)}
              </span>
            </UnstyledButton>
          </li>
        )
      })}
    </ol>
  )
}

/** It came to its end, but not at the first attempt, or with something for the writer to look at. */
const troubled = ({ state, attempts, result }: TurnStep) =>
  state === 'complete' && (attempts > 1 || (result?.kind === 'verdict' && result.contradictions.length > 0))

function useStepSummary(): (step: TurnStep) => string {
  const { t } = useTranslation('inspector')
  return ({ state, model, server, tokenName, attempts, result }) => {
    const where = server ?? (tokenName === null ? null : t('key', { name: tokenName }))
    return [
      model === '' ? null : model,
      where,
      attempts > 1 ? t('attempts', { count: attempts }) : null,
      result?.kind === 'verdict' ? t('contradictions', { count: result.contradictions.length }) : null,
      result?.kind === 'recalled' ? t('recalled', { count: result.passages.length }) : null,
      state === 'complete' ? null : t(`state.${state}`),
    ]
      .filter((part) => part !== null)
      .join(' · ')
  }
}

import { useTranslation } from 'react-i18next'
import type { MediaPlan } from '@contract/entities/media'
import type { FabulaError } from '@contract/errors'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'
import { clock } from '@renderer/components/player/clock'
import classes from './Make.module.css'

/** What it would take and cost, or what stands in the way; nothing is asked of the provider for that. */
export function PlanLine({ plan, error }: { plan: MediaPlan | undefined; error: FabulaError | null }) {
  const { t } = useTranslation('media')
  const format = useFormat()
  const errorText = useErrorText()
  if (error) {
    const { what, why, next } = errorText(error)
    return (
      <p role="alert" className={classes.trouble}>
        {[what, why, next].filter(Boolean).join(' ')}
      </p>
    )
  }
  if (!plan) return <p className={classes.plan} />
  const { characters, requests, cost, durationMs } = plan
  const facts = [
    t('plan.characters', { count: characters, shown: format.number(characters) }),
    cost === null ? t('plan.unknownCost') : cost === 0 ? t('free') : t('plan.cost', { cost: format.cost(cost) }),
    durationMs === null ? '' : t('plan.duration', { time: clock(durationMs) }),
    requests > 1 ? t('plan.requests', { count: requests, shown: format.number(requests) }) : '',
  ]
  return (
    <p role="status" className={classes.plan}>
      {facts.filter(Boolean).join(' · ')}
    </p>
  )
}

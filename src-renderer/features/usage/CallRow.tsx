import { useTranslation } from 'react-i18next'
import type { Call } from '@contract/entities/usage'
import { TwoLines } from '@renderer/components/TwoLines'
import { useFormat } from '@renderer/components/format'
import { useCallCost, useCallOutcome } from '@renderer/domain/turn-attempts/call-words'
import { usePurposeName } from '@renderer/domain/turn-attempts/use-purpose-name'
import { useProviderName } from '@renderer/domain/use-providers'
import classes from './CallRow.module.css'

/** One attempt: what for, by whom, how it ended, and what it took. */
export function CallRow({ call }: { call: Call }) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const purposeName = usePurposeName()
  const providerName = useProviderName()
  const outcome = useCallOutcome()(call)
  const costOf = useCallCost()
  const failed = call.outcome === 'failed'
  const about = (figure: string) => (call.estimated ? t('calls.about', { figure }) : figure)
  const whom = [
    call.server ?? providerName(call.provider),
    call.tokenName !== null && t('calls.key', { name: call.tokenName }),
    call.attempt > 1 && t('calls.attempt', { number: call.attempt }),
  ]
  const took = [
    call.inputTokens !== null &&
      call.outputTokens !== null &&
      about(t('calls.tokens', { input: format.number(call.inputTokens), output: format.number(call.outputTokens) })),
    call.cost !== null && costOf(call.cost, call),
  ]
  const times = [
    call.firstTokenMs !== null && t('calls.firstToken', { time: format.duration(call.firstTokenMs) }),
    format.duration(call.totalMs),
  ]
  const join = (parts: readonly (string | false)[]) => parts.filter((part) => part !== false).join(' · ')
  return (
    <div className={classes.call}>
      <TwoLines
        first={format.moment(call.startedAt)}
        second={join([purposeName.ofCall(call.purpose), call.storyTitle ?? false])}
      />
      <TwoLines first={call.model} second={join(whom)} />
      {/* What went wrong may need both lines; such a call took nothing but time. */}
      <TwoLines first={outcome} second={failed ? '' : join(times)} tone={tones[call.outcome]} />
      <span className={classes.took}>{join(failed ? [...took, ...times] : took)}</span>
    </div>
  )
}

const tones = { complete: undefined, stopped: 'quiet', failed: 'failed' } as const

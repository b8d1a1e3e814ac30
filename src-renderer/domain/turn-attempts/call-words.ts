import { useTranslation } from 'react-i18next'
import type { Call } from '@contract/entities/usage'
import type { ErrorShape } from '@contract/errors'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'

/** The error of a failed call, with the facts that the ledger keeps of it. */
function callError({ errorCode, provider, model, tokenName, status }: Call): ErrorShape {
  return {
    code: errorCode ?? 'internal',
    message: `${provider} / ${model}${status === null ? '' : `: HTTP ${status}`}`,
    details: { provider, model, name: tokenName, status },
    retryable: false,
  }
}

/** How a call ended, in words: `answered`, `stopped`, or what happened. */
export function useCallOutcome(): (call: Call) => string {
  const { t } = useTranslation('usage')
  const errorText = useErrorText()
  return (call) => {
    if (call.outcome !== 'failed') return t(`calls.${call.outcome}`)
    const { what } = errorText(callError(call))
    return call.simulated ? t('calls.simulated', { what }) : what
  }
}

/** What a call cost, marked where that is by estimated tokens; the provider's own figure never is. */
export function useCallCost(): (cost: number, call: Pick<Call, 'costSource' | 'estimated'>) => string {
  const { t } = useTranslation('usage')
  const format = useFormat()
  return (cost, { costSource, estimated }) => {
    const figure = format.cost(cost)
    return estimated && costSource === 'price' && cost > 0 ? t('calls.about', { figure }) : figure
  }
}

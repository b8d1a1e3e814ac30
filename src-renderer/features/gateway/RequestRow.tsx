import { useTranslation } from 'react-i18next'
import type { GatewayRequest } from '@contract/entities/gateway'
import { TwoLines } from '@renderer/components/TwoLines'
import { useFormat } from '@renderer/components/format'
import { useLanguage } from '@renderer/components/use-local'
import { useProviderName } from '@renderer/domain/use-providers'
import classes from './Gateway.module.css'

/** One request: when, who asked for what, who answered, what it took, and what went wrong. */
export function RequestRow({ request: one }: { request: GatewayRequest }) {
  const { t } = useTranslation('gateway')
  const format = useFormat()
  const language = useLanguage()
  const providerName = useProviderName()
  const time = new Date(one.at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const { answeredBy, error, inputTokens, outputTokens } = one
  const tokens = inputTokens !== null || outputTokens !== null
  const took = [
    tokens &&
      t('requests.tokens', { input: format.number(inputTokens ?? 0), output: format.number(outputTokens ?? 0) }),
    one.cost !== null && format.cost(one.cost),
    one.durationMs === null ? t('requests.running') : format.duration(one.durationMs),
  ]
  const answer = [
    answeredBy && providerName(answeredBy.provider),
    one.attempts > 1 && t('requests.attempts', { count: one.attempts }),
  ]
  return (
    <div className={classes.request}>
      <TwoLines first={time} second={one.status === null ? '' : String(one.status)} />
      <TwoLines first={one.model ?? `${one.method} ${one.path}`} second={one.keyName ?? t('requests.noKey')} />
      {error ? (
        <TwoLines first={error.message} second={error.code} tone="failed" />
      ) : (
        <TwoLines first={answeredBy?.model ?? ''} second={join(answer)} />
      )}
      <span className={classes.took}>{join(took)}</span>
    </div>
  )
}

const join = (parts: readonly (string | false | null)[]) =>
  parts.filter((part) => part !== false && part !== null).join(' · ')

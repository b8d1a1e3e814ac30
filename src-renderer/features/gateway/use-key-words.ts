import { useTranslation } from 'react-i18next'
import type { GatewayKey } from '@contract/entities/gateway'
import { useFormat } from '@renderer/components/format'
import { useNow } from '@renderer/components/use-now'

export interface KeyWords {
  /** Why it is refused; null while it is not. */
  expired: string | null
  may: string
  used: string
}

/** What a key may do and what went through it, in words. */
export function useKeyWords(key: GatewayKey): KeyWords {
  const { t } = useTranslation('gateway')
  const format = useFormat()
  const now = useNow(false)
  const { expiresAt, today } = key
  // Up to the last moment before it.
  const lastDay = expiresAt === null ? '' : format.day(Date.parse(expiresAt) - 1)
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now
  const may = [
    key.models === null ? t('keys.anyModel') : t('keys.models', { list: key.models.join(', ') }),
    key.manages && t('keys.manages'),
    key.requestsPerMinute !== null &&
      t('keys.perMinute', { count: key.requestsPerMinute, shown: format.number(key.requestsPerMinute) }),
    key.tokensPerDay !== null && t('keys.tokens', { count: key.tokensPerDay, shown: format.number(key.tokensPerDay) }),
    key.dollarsPerDay !== null && t('keys.dollars', { cost: format.cost(key.dollarsPerDay) }),
    expiresAt !== null && !isOver && t('keys.until', { day: lastDay }),
  ]
  const used = [
    key.lastUsedAt === null ? t('keys.neverUsed') : t('keys.used', { ago: format.ago(key.lastUsedAt, now) }),
    today.calls > 0 &&
      t('keys.today', {
        count: today.calls,
        calls: format.number(today.calls),
        tokens: format.tokens(today.tokens),
        cost: format.cost(today.dollars),
      }),
  ]
  return {
    expired: isOver ? t('keys.expired', { day: lastDay }) : null,
    may: join(may),
    used: join(used),
  }
}

const join = (parts: readonly (string | false)[]) => parts.filter((part) => part !== false).join(' · ')

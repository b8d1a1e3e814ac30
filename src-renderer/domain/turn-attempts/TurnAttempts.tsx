import { Popover, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoleId, TurnId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { AttemptList } from './AttemptList'
import { detourOf, type Detour } from './detour'
import classes from './TurnAttempts.module.css'

export interface TurnAttemptsProps {
  turnId: TurnId
  /** The role that wrote the passage; null when none came of the turn. */
  writer: RoleId | null
  /** Of the line that it stands in. */
  className?: string | undefined
}

/** Of a turn that did not come at the first attempt: who failed before, and every attempt on demand. */
export function TurnAttempts({ turnId, writer, className }: TurnAttemptsProps) {
  const { t } = useTranslation('usage')
  const { data: calls } = useRoute('usage.ofTurn', { turnId })
  const [opened, setOpened] = useState(false)
  const words = useDetourWords()
  const detour = calls && detourOf(calls, writer)
  if (!calls || !detour) return null
  return (
    <span className={className}>
      <Popover
        opened={opened}
        onChange={setOpened}
        width="min(640px, calc(100vw - 48px))"
        position="bottom-start"
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <UnstyledButton className={classes.opener} onClick={() => setOpened(!opened)}>
            {words(detour)}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={classes.panel} aria-label={t('attempts.title')} tabIndex={-1} data-autofocus>
          <AttemptList calls={calls} />
        </Popover.Dropdown>
      </Popover>
    </span>
  )
}

const reasons = [
  'provider_unreachable',
  'provider_broke_off',
  'provider_timed_out',
  'provider_unauthorized',
  'provider_payment_required',
  'provider_rate_limited',
  'provider_overloaded',
  'provider_context_exceeded',
  'provider_refused',
  'provider_empty_answer',
  'provider_server_failed',
  'provider_bad_answer',
  'provider_request_rejected',
  'model_not_found',
  'model_disabled',
] as const

function useDetourWords(): (detour: Detour) => string {
  const { t } = useTranslation('usage')
  return (detour) => {
    if (detour.kind === 'failed') return t('attempts.failed', { count: detour.count })
    const who = 'key' in detour.who ? t('attempts.key', { name: detour.who.key }) : detour.who.model
    const reason = reasons.find((code) => code === detour.code) ?? 'other'
    return t('attempts.after', { who, reason: t(`attempts.reason.${reason}`) })
  }
}

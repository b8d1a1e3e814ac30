import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ServerVerdict } from '@contract/entities/server'
import { CopyText } from '@renderer/components/CopyText'
import { errorDetails } from '@renderer/components/error-text'
import classes from './VerdictLine.module.css'

/** What a test of the connection found, in a plain sentence. */
export function VerdictLine({ verdict }: { verdict: ServerVerdict | null }) {
  const { t } = useTranslation(['servers', 'common'])
  const text = () => {
    if (!verdict) return null
    if (verdict.verdict === 'ok')
      return t('verdict.ok', { version: verdict.version, models: t('list.models', { count: verdict.models ?? 0 }) })
    const to = verdict.error?.details['redirectedTo']
    if (verdict.verdict === 'redirected') return t('verdict.redirected', { to: typeof to === 'string' ? to : '' })
    return t(`verdict.${verdict.verdict}`)
  }
  const ok = verdict?.verdict === 'ok'
  const Icon = ok ? IconCircleCheck : IconAlertTriangle
  return (
    <output className={classes.verdict} data-ok={ok || undefined} data-empty={verdict === null || undefined}>
      {verdict && (
        <>
          <Icon size={17} stroke={1.6} aria-hidden />
          <span>
            {text()}
            {verdict.error && (
              <>
                {' '}
                <CopyText text={errorDetails(verdict.error)} label={t('common:copyDetails')} flush />
              </>
            )}
          </span>
        </>
      )}
    </output>
  )
}

import { useTranslation } from 'react-i18next'
import type { Call } from '@contract/entities/usage'
import { useFormat } from '@renderer/components/format'
import { useProviderName } from '@renderer/domain/use-providers'
import { useCallCost, useCallOutcome } from './call-words'
import classes from './TurnAttempts.module.css'
import { usePurposeName } from './use-purpose-name'

/** Every attempt of one turn, in order. */
export function AttemptList({ calls }: { calls: readonly Call[] }) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const purposeName = usePurposeName()
  const outcome = useCallOutcome()
  const costOf = useCallCost()
  const providerName = useProviderName()
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{t('attempts.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('attempts.purpose')}</th>
          <th scope="col">{t('attempts.model')}</th>
          <th scope="col">{t('attempts.outcome')}</th>
          <th scope="col" className={classes.figure}>
            {t('attempts.time')}
          </th>
          <th scope="col" className={classes.figure}>
            {t('attempts.cost')}
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id}>
            <td>{purposeName.ofCall(call.purpose)}</td>
            <td className={classes.model}>
              {call.model}
              <span className={classes.soft}>
                {[
                  call.server ?? providerName(call.provider),
                  call.tokenName === null ? null : t('calls.key', { name: call.tokenName }),
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
            </td>
            <td data-outcome={call.outcome}>{outcome(call)}</td>
            <td className={classes.figure}>{format.duration(call.totalMs)}</td>
            <td className={classes.figure}>{call.cost === null ? '–' : costOf(call.cost, call)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { useTranslation } from 'react-i18next'
import { useFormat } from '@renderer/components/format'
import type { Totals } from './totals'
import classes from './UsageScreen.module.css'

/** The period in five figures, and what the cost leaves out. */
export function TotalsLine({ totals }: { totals: Totals }) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const { calls, failed, inputTokens, outputTokens, cost, unpriced } = totals
  const figures = [
    // Nothing that is known is not nothing.
    { name: t('totals.cost'), value: cost === 0 && unpriced > 0 ? t('table.unknown') : format.cost(cost) },
    {
      name: t('totals.calls'),
      value: format.number(calls),
      note: failed > 0 && t('totals.failed', { count: failed, shown: format.number(failed) }),
    },
    { name: t('totals.input'), value: format.number(inputTokens) },
    { name: t('totals.output'), value: format.number(outputTokens) },
  ]
  return (
    <>
      <dl className={classes.totals} aria-label={t('totals.label')}>
        {figures.map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {note && <span className={classes.note}>{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {unpriced > 0 && (
        <p className={classes.unpriced}>{t('unpriced', { count: unpriced, shown: format.number(unpriced) })}</p>
      )}
    </>
  )
}

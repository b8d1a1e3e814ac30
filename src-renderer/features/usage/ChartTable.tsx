import { useTranslation } from 'react-i18next'
import { useFormat } from '@renderer/components/format'
import type { Bar } from './chart-bars'

export interface ChartTableProps {
  bars: readonly Bar[]
  /** A bar's day or month in words. */
  name: (bar: Bar) => string
  caption: string
}

/** What the chart shows, for those who do not see it. Days without calls are left out. */
export function ChartTable({ bars, name, caption }: ChartTableProps) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('chart.when')}</th>
          <th scope="col">{t('chart.cost')}</th>
          <th scope="col">{t('chart.tokens')}</th>
          <th scope="col">{t('chart.calls')}</th>
          <th scope="col">{t('chart.failed')}</th>
        </tr>
      </thead>
      <tbody>
        {bars
          .filter(({ calls }) => calls > 0)
          .map((bar) => (
            <tr key={bar.key}>
              <th scope="row">{name(bar)}</th>
              <td>{format.cost(bar.cost)}</td>
              <td>{format.number(bar.tokens)}</td>
              <td>{format.number(bar.calls)}</td>
              <td>{format.number(bar.failed)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

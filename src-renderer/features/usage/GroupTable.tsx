import { Anchor, Tooltip } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { UsageGroup, UsageRow } from '@contract/entities/usage'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { usePurposeName } from '@renderer/domain/turn-attempts/use-purpose-name'
import { useProviderName } from '@renderer/domain/use-providers'
import type { Period } from './period'
import classes from './UsageScreen.module.css'

export interface GroupTableProps {
  period: Period
  by: Exclude<UsageGroup, 'day'>
}

/** Calls added up by story, purpose, model or key, the dearest first. */
export function GroupTable({ period, by }: GroupTableProps) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const rows = useRoute('usage.summary', { ...period, by }, { placeholderData: keepPreviousData })
  if (rows.isPending) return <LoadingRows rows={4} height={36} />
  if (rows.error) return <ErrorNotice error={rows.error} onRetry={() => void rows.refetch()} />
  return (
    <div className={classes.wide}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t(`table.${by}`)}</th>
            <th scope="col">{t('table.calls')}</th>
            <th scope="col">{t('table.failed')}</th>
            <th scope="col">{t('table.input')}</th>
            <th scope="col">{t('table.output')}</th>
            <th scope="col">{t('table.cost')}</th>
            <th scope="col" title={t('table.firstTokenHelp')}>
              {t('table.firstToken')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.data.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <GroupName row={row} by={by} />
              </th>
              <td>{format.number(row.calls)}</td>
              <td data-failed={row.failed > 0 || undefined}>{row.failed > 0 ? format.number(row.failed) : '–'}</td>
              <td>{format.number(row.inputTokens)}</td>
              <td>{format.number(row.outputTokens)}</td>
              <td>
                <Cost row={row} />
              </td>
              <td>{row.firstTokenMs === null ? '–' : format.duration(row.firstTokenMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GroupName({ row: { key, label }, by }: { row: UsageRow; by: GroupTableProps['by'] }) {
  const { t } = useTranslation('usage')
  const providerName = useProviderName()
  const purposeName = usePurposeName()
  if (by === 'purpose') return <>{purposeName.ofGroup(key)}</>
  if (by === 'token') return <>{key.endsWith('/') ? t('table.noKey', { provider: providerName(label) }) : label}</>
  if (by === 'model') return <>{label}</>
  if (key === '' || label === '') return <>{t('table.noStory')}</>
  return (
    <Anchor component={Link} href={`/stories/${key}`} underline="hover">
      {label}
    </Anchor>
  )
}

/** Dollars, or that nobody knows them. */
function Cost({ row: { cost, unpriced } }: { row: UsageRow }) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  if (unpriced === 0) return <>{format.cost(cost)}</>
  if (cost === 0) return <span className={classes.soft}>{t('table.unknown')}</span>
  const words = t('table.partly', { count: unpriced, shown: format.number(unpriced) })
  return (
    <Tooltip label={words}>
      <span aria-label={`${format.cost(cost)}. ${words}`} role="note">
        {format.cost(cost)}&thinsp;+
      </span>
    </Tooltip>
  )
}

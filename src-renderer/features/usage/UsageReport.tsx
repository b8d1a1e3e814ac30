import { Button, Tabs } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { IconChartBar } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { UsageGroup } from '@contract/entities/usage'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { CallList } from './CallList'
import { chartBars } from './chart-bars'
import { GroupTable } from './GroupTable'
import type { Period } from './period'
import { TotalsLine } from './TotalsLine'
import { totalsOf } from './totals'
import { UsageChart } from './UsageChart'
import classes from './UsageScreen.module.css'

const groups = ['story', 'purpose', 'model', 'token'] as const satisfies readonly UsageGroup[]
const views = [...groups, 'calls'] as const
type View = (typeof views)[number]

/** The calls of a period: added up, by day, by what they were for, and one by one. */
export function UsageReport({ period, everything }: { period: Period; everything: boolean }) {
  const { t } = useTranslation('usage')
  const [view, setView] = useState<View>('story')
  const days = useRoute('usage.summary', { ...period, by: 'day' }, { placeholderData: keepPreviousData })
  if (days.isPending) return <LoadingRows rows={5} />
  if (days.error) return <ErrorNotice error={days.error} onRetry={() => void days.refetch()} />
  if (days.data.length === 0) {
    return (
      <EmptyState
        icon={<IconChartBar size={28} stroke={1.5} />}
        text={t(everything ? 'empty' : 'emptyPeriod')}
        action={
          everything && (
            <Button variant="default" component={Link} href="/stories">
              {t('toStories')}
            </Button>
          )
        }
      />
    )
  }
  const bars = chartBars(days.data, period)
  return (
    <>
      <TotalsLine totals={totalsOf(days.data)} />
      {bars.bars.length > 1 && <UsageChart {...bars} />}
      <Tabs
        value={view}
        onChange={(name) => setView(views.find((each) => each === name) ?? 'story')}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('by.label')}>
          {views.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`by.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {groups.map((by) => (
          <Tabs.Panel key={by} value={by} className={classes.panel}>
            <GroupTable period={period} by={by} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="calls" className={classes.panel}>
          <CallList period={period} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

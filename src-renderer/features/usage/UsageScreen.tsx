import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { PageHeader } from '@renderer/components/PageHeader'
import { ScrollPage } from '@renderer/components/ScrollPage'
import { downloadText } from '@renderer/components/text-files'
import { useNow } from '@renderer/components/use-now'
import { localDay, periodOf, type PeriodName } from './period'
import { PeriodPicker } from './PeriodPicker'
import { UsageReport } from './UsageReport'

/** What was asked of models: how much, by whom and for what, and what it cost. */
export function UsageScreen() {
  const { t } = useTranslation('usage')
  const now = new Date(useNow(false))
  const [name, setName] = useState<PeriodName>('month')
  const [own, setOwn] = useState({ from: localDay(now), to: localDay(now) })
  const period = periodOf(name, own, now)
  const save = useCommand('usage.export', {
    onSuccess: ({ fileName, text }) => downloadText(fileName, text, 'text/csv'),
    onError: notifyError,
  })
  return (
    <>
      <PageHeader title={t('title')}>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={save.isPending}
          disabled={period === null}
          onClick={() => period && save.mutate(period)}
        >
          {t('export')}
        </Button>
      </PageHeader>
      <ScrollPage>
        <PeriodPicker name={name} own={own} wrong={period === null} onName={setName} onOwn={setOwn} />
        {period && <UsageReport period={period} everything={name === 'all'} />}
      </ScrollPage>
    </>
  )
}

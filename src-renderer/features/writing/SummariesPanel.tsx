import { Menu } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StorySummaries } from '@contract/entities/summary'
import type { StoryId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError } from '@renderer/components/notify'
import { SidePanel, SidePanelHead } from '@renderer/components/SidePanel'
import { useConfirm } from '@renderer/components/use-confirm'
import { useInspector } from '@renderer/stores/ui-inspector'
import { SummariesWork } from './SummariesWork'
import { SummaryList } from './SummaryList'
import classes from './SummariesPanel.module.css'

/** The id of its title. */
const TITLE = 'summaries-heading'

export interface SummariesPanelProps {
  storyId: StoryId
  /** It lies over the page. */
  overlay: boolean
}

/** Beside the page: what the story came to so far, from its coarsest summaries down to those of a few passages. */
export function SummariesPanel({ storyId, overlay }: SummariesPanelProps) {
  const summaries = useRoute('summaries.list', { storyId })
  return (
    <SidePanel labelledBy={TITLE} overlay={overlay}>
      <Head storyId={storyId} data={summaries.data} />
      {summaries.isPending && <LoadingRows rows={4} height={90} />}
      {summaries.error && <ErrorNotice error={summaries.error} onRetry={() => void summaries.refetch()} />}
      {summaries.data && (
        <div className={classes.body}>
          <SummariesWork storyId={storyId} data={summaries.data} />
          <SummaryList storyId={storyId} data={summaries.data} overlay={overlay} />
        </div>
      )}
    </SidePanel>
  )
}

function Head({ storyId, data }: { storyId: StoryId; data: StorySummaries | undefined }) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  const { confirm, dialog } = useConfirm()
  const close = useInspector((state) => state.close)
  const make = useCommand('summaries.make', { onError: notifyError })
  const count = data?.summaries.length ?? 0
  const makeAnew = async () => {
    const question = { title: t('summaries.anew'), text: t('summaries.anewText'), action: t('summaries.anewAction') }
    if (await confirm(question)) make.mutate({ storyId, anew: true })
  }
  return (
    <SidePanelHead
      id={TITLE}
      title={t('summaries.title')}
      facts={data && count > 0 ? t('summaries.count', { count, shown: format.number(count) }) : ''}
      closeLabel={t('summaries.close')}
      onClose={close}
    >
      {data && count > 0 && (
        <MoreMenu label={t('summaries.more')}>
          <Menu.Item
            leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
            disabled={data.job !== null}
            onClick={() => void makeAnew()}
          >
            {t('summaries.anew')}
          </Menu.Item>
        </MoreMenu>
      )}
      {dialog}
    </SidePanelHead>
  )
}

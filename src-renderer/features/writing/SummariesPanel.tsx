import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconRefresh, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StorySummaries } from '@contract/entities/summary'
import type { StoryId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError } from '@renderer/components/notify'
import { useConfirm } from '@renderer/components/use-confirm'
import { useInspector } from '@renderer/stores/ui-inspector'
import { SummariesWork } from './SummariesWork'
import { SummaryList } from './SummaryList'
import classes from './SummariesPanel.module.css'

export interface SummariesPanelProps {
  storyId: StoryId
  /** It lies over the page. */
  overlay: boolean
}

/** Beside the page: what the story came to so far, from its coarsest summaries down to those of a few passages. */
export function SummariesPanel({ storyId, overlay }: SummariesPanelProps) {
  const panel = useRef<HTMLElement>(null)
  const summaries = useRoute('summaries.list', { storyId })
  useEffect(() => {
    // Whoever opened it by a key goes on reading there.
    panel.current?.focus({ preventScroll: true })
  }, [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      data-overlay={overlay || undefined}
      aria-labelledby="summaries-heading"
    >
      <Head storyId={storyId} data={summaries.data} />
      {summaries.isPending && <LoadingRows rows={4} height={90} />}
      {summaries.error && <ErrorNotice error={summaries.error} onRetry={() => void summaries.refetch()} />}
      {summaries.data && (
        <div className={classes.body}>
          <SummariesWork storyId={storyId} data={summaries.data} />
          <SummaryList storyId={storyId} data={summaries.data} overlay={overlay} />
        </div>
      )}
    </aside>
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
    <div className={classes.head}>
      <h2 id="summaries-heading" className={classes.title}>
        {t('summaries.title')}
      </h2>
      <span className={classes.facts}>
        {data && count > 0 && t('summaries.count', { count, shown: format.number(count) })}
      </span>
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
      <Tooltip label={t('summaries.close')}>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('summaries.close')} onClick={close}>
          <IconX size={18} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {dialog}
    </div>
  )
}

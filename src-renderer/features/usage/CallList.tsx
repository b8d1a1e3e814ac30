import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CallId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageRows } from '@renderer/components/PageRows'
import { CallRow } from './CallRow'
import type { Period } from './period'

const PAGE = 200
const ROW_HEIGHT = 58

/** Every attempt one by one, the newest first; earlier ones are read as the reader comes to them. */
export function CallList({ period }: { period: Period }) {
  const { t } = useTranslation('usage')
  const pages = useInfiniteQuery({
    queryKey: ['usage.calls', period],
    queryFn: ({ pageParam }) =>
      request('usage.calls', { ...period, limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as CallId | null,
    getNextPageParam: ({ calls, hasMore }) => (hasMore ? calls.at(-1)?.id : undefined),
  })
  if (pages.isPending) return <LoadingRows rows={6} height={ROW_HEIGHT} />
  if (pages.error) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />
  const calls = pages.data.pages.flatMap((page) => page.calls)
  const readMore = () => {
    if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  return (
    <div aria-busy={pages.isFetchingNextPage}>
      <PageRows
        label={t('calls.label')}
        items={calls}
        keyOf={({ id }) => id}
        rowHeight={ROW_HEIGHT}
        onNearEnd={readMore}
      >
        {(call) => <CallRow call={call} />}
      </PageRows>
    </div>
  )
}

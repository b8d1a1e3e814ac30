import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { MediaSummary } from '@contract/entities/media'
import type { FabulaError } from '@contract/errors'
import type { MediaId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { request } from '@renderer/api/bridge'

/** Rows of a page, see `media.list`. */
const PAGE = 50

export type MediaFilter = Pick<RouteInput<'media.list'>, 'storyId' | 'stage' | 'search'>

/** What was made, the newest first, page after page. */
export const mediaPages = (filter: MediaFilter) => ({
  queryKey: ['media.list', filter] as const,
  queryFn: ({ pageParam }: { pageParam: MediaId | null }) =>
    request('media.list', { ...filter, ...(pageParam !== null && { before: pageParam }) }),
  initialPageParam: null as MediaId | null,
  getNextPageParam: (page: readonly MediaSummary[]) => (page.length < PAGE ? undefined : page.at(-1)?.id),
})

/** What was made, as far as it was read; `readMore` is null where that is all, while it is being read, and after a failure. */
export function useMediaList(filter: MediaFilter): {
  media: readonly MediaSummary[] | undefined
  error: FabulaError | null
  refetch: () => void
  readMore: (() => void) | null
  reading: boolean
} {
  const pages = useInfiniteQuery<
    readonly MediaSummary[],
    FabulaError,
    { pages: readonly (readonly MediaSummary[])[] },
    ReturnType<typeof mediaPages>['queryKey'],
    MediaId | null
  >({ ...mediaPages(filter), placeholderData: keepPreviousData })
  return {
    media: pages.data?.pages.flat(),
    error: pages.error,
    refetch: () => void pages.refetch(),
    readMore: pages.hasNextPage && !pages.isFetching && !pages.error ? () => void pages.fetchNextPage() : null,
    reading: pages.isFetchingNextPage,
  }
}

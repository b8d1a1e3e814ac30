import { useQueries, useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Message } from '@contract/entities/story'
import type { FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'

type PageOfPassages = RouteOutput<'messages.page'>

/** Places that are read at once. A passage may be as long as several windows are high. */
export const PAGE = 16
/** Milliseconds for which a page must be wanted before it is read: one that only flies past is not. */
const WANTED_MS = 40
/** Milliseconds for which a page that nobody looks at any more is kept. */
const KEPT_MS = 2000

const endKey = (storyId: StoryId) => ['messages.page', { storyId, limit: PAGE }]
const pageKey = (storyId: StoryId, page: number) => ['messages.page', { storyId, first: page * PAGE, limit: PAGE }]

function restOf(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('The page is not wanted any more', 'AbortError'))
    })
  })
}

/** The last places of a story. */
export const endQuery = (storyId: StoryId) => ({
  queryKey: endKey(storyId),
  queryFn: () => request('messages.page', { storyId, limit: PAGE }),
})

const pageQuery = (client: QueryClient, storyId: StoryId, page: number) => ({
  queryKey: pageKey(storyId, page),
  gcTime: KEPT_MS,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<PageOfPassages> => {
    if (client.getQueryData(pageKey(storyId, page)) === undefined) await restOf(WANTED_MS, signal)
    return request('messages.page', { storyId, first: page * PAGE, limit: PAGE })
  },
})

/** Asks for the end of a story before anything of it is drawn. */
export const useEndOfStory = (storyId: StoryId) => useQuery<PageOfPassages, FabulaError>(endQuery(storyId))

export interface Passages {
  /** Places from the beginning to the last passage; undefined until the end is read. */
  length: number | undefined
  /** The passage at a place; null when it was deleted there, undefined while it is not read. */
  at: (position: number) => Message | null | undefined
  /** What is read of the end. */
  end: readonly Message[] | undefined
  error: FabulaError | null
  refetch: () => void
}

const answersOf = (queries: readonly UseQueryResult<PageOfPassages>[]) => queries.map(({ data }) => data)

/** The passages of a story: its end, and the pages that are looked at. Nothing else of it is kept. */
export function usePassages(storyId: StoryId, pages: readonly number[]): Passages {
  const client = useQueryClient()
  const end = useEndOfStory(storyId)
  const { data, error, refetch } = end
  // The page that the end has just left, or is about to leave, is read before it is missed.
  const wanted = data ? pages.filter((page) => page >= 0 && page * PAGE <= data.first) : []
  const loaded = useQueries({
    queries: wanted.map((page) => pageQuery(client, storyId, page)),
    combine: answersOf,
  })

  const places = useMemo(() => {
    const found = new Map<number, Message>()
    const read = new Set<number>()
    for (const page of [...loaded, data]) {
      if (!page) continue
      for (let place = page.first; place < Math.min(page.first + PAGE, page.length); place += 1) {
        read.add(place)
        found.delete(place)
      }
      for (const message of page.messages) found.set(message.position, message)
    }
    return { found, read }
  }, [data, loaded])

  const at = useCallback(
    (position: number) => places.found.get(position) ?? (places.read.has(position) ? null : undefined),
    [places]
  )
  return useMemo(
    () => ({ length: data?.length, at, end: data?.messages, error, refetch: () => void refetch() }),
    [data, at, error, refetch]
  )
}

/** Reads the page on which a passage stands, in one request; null when it is not in the story as it is shown. */
export async function findPassage(client: QueryClient, storyId: StoryId, id: MessageId): Promise<number | null> {
  const end = client.getQueryData<PageOfPassages>(endKey(storyId))
  const near = end?.messages.find((message) => message.id === id)
  if (near) return near.position
  const page = await request('messages.page', { storyId, at: id, limit: PAGE })
  client.setQueryData(pageKey(storyId, page.first / PAGE), page)
  return page.messages.find((message) => message.id === id)?.position ?? null
}

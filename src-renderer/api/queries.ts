import {
  QueryClient,
  type QueryKey,
  useMutation,
  useQuery,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query'
import { z } from 'zod'
import type { FabulaError } from '@contract/errors'
import type { EventPayload } from '@contract/events'
import { hasRows, type Narrowing, type Topic } from '@contract/route'
import { isRouteName, routes, type RouteInput, type RouteName, type RouteOutput } from '@contract/routes'
import { bridge, request } from './bridge'

/** Everything that comes from main stands under `[route, input]`, and holds until main says that it changed. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/**
 * What a change means for an answer: it is out of date as a whole, only some rows of the list are, or it still holds.
 */
function staleness(queryKey: readonly unknown[], { topics, only }: EventPayload<'data.changed'>): 'all' | string[] {
  const [name, input] = queryKey
  if (typeof name !== 'string' || !isRouteName(name)) return []
  const { reads }: { reads: readonly Topic[] } = routes[name]
  const route = narrowingOf(name)
  const rows = new Set<string>()
  for (const topic of reads.filter((read) => topics.includes(read))) {
    const ids = hasRows(topic) ? only[topic] : undefined
    if (!ids || !hasRows(topic)) return 'all'
    const fields = [route.about?.[topic] ?? []].flat()
    const about = fields.flatMap((field) => fieldOf(input, field) ?? [])
    if (about.length > 0) {
      if (about.some((id) => ids.includes(id))) return 'all'
    } else if (route.rows?.topics.includes(topic) && ids.length <= MOST_ROWS) for (const id of ids) rows.add(id)
    else return 'all'
  }
  return [...rows]
}

/** More rows than these are not asked for one by one. */
const MOST_ROWS = 50

function fieldOf(input: unknown, field: string): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const value: unknown = Object.entries(input).find(([name]) => name === field)?.[1]
  return typeof value === 'string' ? value : undefined
}

const Row = z.looseObject({ id: z.string() })
const Rows = z.array(Row)

/**
 * A list with some of its rows read anew: what is no longer there goes, and the order is kept. Null where the order is not
 * known without the whole list: a row came or moved.
 */
function withRows(
  list: unknown,
  ids: readonly string[],
  fresh: unknown,
  order: NonNullable<Narrowing['rows']>['order']
): unknown {
  const known = Rows.parse(list)
  const changed = new Map(Rows.parse(fresh).map((row) => [row.id, row]))
  if ('newest' in order) {
    const time = (row: z.infer<typeof Row>) => String(row[order.newest])
    return [...changed.values(), ...known.filter(({ id }) => !ids.includes(id))].toSorted((a, b) =>
      time(b).localeCompare(time(a))
    )
  }
  const stays = (row: z.infer<typeof Row>) => {
    const now = changed.get(row.id)
    return !now || order.by.every((field) => now[field] === row[field])
  }
  const isNew = [...changed.keys()].some((id) => !known.some((row) => row.id === id))
  if (isNew || !known.every(stays)) return null
  return known.flatMap((row) => (ids.includes(row.id) ? (changed.get(row.id) ?? []) : row))
}

/** Asks again for what main says has changed, and for no more. Returns the function that ends it. */
export function followChanges(client: QueryClient): () => void {
  let reading = Promise.resolve()

  const readRows = async (before: Promise<void>, queryKey: QueryKey, ids: string[]) => {
    await before
    const name = queryKey[0]
    const rows = typeof name === 'string' && isRouteName(name) ? narrowingOf(name).rows : undefined
    try {
      const answer = await bridge().request(String(name), Object.assign({}, queryKey[1], { ids }))
      if (!answer.ok || !rows) throw new Error('The rows could not be read')
      const list = client.getQueryData(queryKey)
      const anew = list && withRows(list, ids, answer.data, rows.order)
      if (anew === null) throw new Error('The order changed')
      client.setQueryData(queryKey, anew)
    } catch {
      void client.invalidateQueries({ queryKey, exact: true })
    }
  }

  return bridge().subscribe((event) => {
    if (event.name === 'storage.reopened') void client.invalidateQueries()
    if (event.name !== 'data.changed') return
    for (const { queryKey, promise, state } of client.getQueryCache().findAll()) {
      const stale = staleness(queryKey, event.payload)
      if (stale.length === 0) continue
      const again = () => void client.invalidateQueries({ queryKey, exact: true })
      // An answer that is on its way may be from before the change, and would count as fresh when it comes.
      if (state.fetchStatus === 'fetching') promise?.then(again, again)
      if (stale === 'all' || state.isInvalidated || state.fetchStatus === 'fetching' || state.data === undefined)
        again()
      // One after the other, so that an older answer never comes after a newer one.
      else reading = readRows(reading, queryKey, stale)
    }
  })
}

const narrowingOf = (name: RouteName): Narrowing => routes[name]

/**
 * A query of main by its route, to be read ahead of what shows it. Only what is read this way is asked for again when it
 * changes while the answer is on its way.
 */
export function routeQuery<Name extends RouteName>(route: Name, input: RouteInput<Name>) {
  return { queryKey: [route, input] as const, queryFn: () => request(route, input) }
}

/** A query of main by its route: `useRoute('presets.get', { id })`. */
export function useRoute<Name extends RouteName>(
  route: Name,
  input: RouteInput<Name>,
  options: Omit<UseQueryOptions<RouteOutput<Name>, FabulaError>, 'queryKey' | 'queryFn'> = {}
): UseQueryResult<RouteOutput<Name>, FabulaError> {
  return useQuery({ ...options, ...routeQuery(route, input) })
}

/** A command to main by its route; what it changed comes back by `data.changed`. */
export function useCommand<Name extends RouteName>(
  route: Name,
  options: Omit<UseMutationOptions<RouteOutput<Name>, FabulaError, RouteInput<Name>>, 'mutationFn'> = {}
): UseMutationResult<RouteOutput<Name>, FabulaError, RouteInput<Name>> {
  return useMutation({ ...options, mutationFn: (input) => request(route, input) })
}

import {
  QueryClient,
  type Query,
  useMutation,
  useQuery,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { FabulaError } from '@contract/errors'
import type { Topic } from '@contract/route'
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

const reads = (route: unknown, changed: readonly Topic[]) =>
  typeof route === 'string' && isRouteName(route) && routes[route].reads.some((topic) => changed.includes(topic))

/** Asks again for what main says has changed. Returns the function that ends it. */
export function followChanges(client: QueryClient): () => void {
  return bridge().subscribe((event) => {
    if (event.name === 'storage.reopened') void client.invalidateQueries()
    if (event.name !== 'data.changed') return
    const predicate = ({ queryKey }: Query) => reads(queryKey[0], event.payload.topics)
    for (const { queryKey, promise, state } of client.getQueryCache().findAll({ predicate })) {
      // An answer that is on its way may be from before the change, and would count as fresh when it comes.
      const again = () => void client.invalidateQueries({ queryKey, exact: true })
      if (state.fetchStatus === 'fetching') promise?.then(again, again)
    }
    void client.invalidateQueries({ predicate })
  })
}

/** A query of main by its route: `useRoute('presets.get', { id })`. */
export function useRoute<Name extends RouteName>(
  route: Name,
  input: RouteInput<Name>,
  options: Omit<UseQueryOptions<RouteOutput<Name>, FabulaError>, 'queryKey' | 'queryFn'> = {}
): UseQueryResult<RouteOutput<Name>, FabulaError> {
  return useQuery({ ...options, queryKey: [route, input], queryFn: () => request(route, input) })
}

/** A command to main by its route; what it changed comes back by `data.changed`. */
export function useCommand<Name extends RouteName>(
  route: Name,
  options: Omit<UseMutationOptions<RouteOutput<Name>, FabulaError, RouteInput<Name>>, 'mutationFn'> = {}
): UseMutationResult<RouteOutput<Name>, FabulaError, RouteInput<Name>> {
  return useMutation({ ...options, mutationFn: (input) => request(route, input) })
}

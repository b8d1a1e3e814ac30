import {
  QueryClient,
  useMutation,
  useQuery,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { FabulaError } from '@contract/errors'
import type { RouteInput, RouteName, RouteOutput } from '@contract/routes'
import { request } from './bridge'

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

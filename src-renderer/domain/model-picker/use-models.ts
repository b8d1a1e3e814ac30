import { useMemo } from 'react'
import type { FabulaError } from '@contract/errors'
import type { Provider } from '@contract/entities/provider'
import { useRoute } from '@renderer/api/queries'
import { useProviders } from '@renderer/domain/use-providers'
import { choiceKey, type ModelChoice } from './model-choice'
import { indexModels, type IndexedModel } from './model-index'

export interface Models {
  index: IndexedModel[]
  providers: Provider[]
  loading: boolean
  error: FabulaError | null
  retry: () => void
  /** The catalogue's entry for a choice; any server's when the choice names none. */
  find: (choice: ModelChoice | null) => IndexedModel | undefined
}

/** The catalogue, ready for search. */
export function useModels(): Models {
  const models = useRoute('models.list', {})
  const providers = useProviders()
  const servers = useRoute('servers.list', {})
  const { index, places } = useMemo(
    () => indexedOnce(models.data ?? none, providers.data ?? none, servers.data ?? none),
    [models.data, providers.data, servers.data]
  )
  const queries = [models, providers, servers]
  return {
    index,
    providers: providers.data ?? [],
    loading: queries.some((query) => query.isPending),
    error: queries.find((query) => query.error !== null)?.error ?? null,
    retry: () => queries.forEach((query) => void query.refetch()),
    find: (choice) => {
      if (!choice) return undefined
      const { serverId, ...anywhere } = choice
      return places.get(choiceKey(choice)) ?? (serverId === undefined ? places.get(choiceKey(anywhere)) : undefined)
    },
  }
}

const none: never[] = []

interface Indexed {
  of: Parameters<typeof indexModels>
  index: IndexedModel[]
  places: Map<string, IndexedModel>
}
let last: Indexed | null = null

/** A page has a picker for each role, and all of them show the same catalogue: it is prepared for the first of them. */
function indexedOnce(...of: Parameters<typeof indexModels>): Indexed {
  if (last?.of.every((list, at) => list === of[at])) return last
  const index = indexModels(...of)
  last = { of, index, places: findable(index) }
  return last
}

/** Models by place and, for a choice without a server, by the first place that has them. */
function findable(index: readonly IndexedModel[]): Map<string, IndexedModel> {
  const places = new Map<string, IndexedModel>()
  for (const entry of index.toReversed()) {
    const { serverId: _server, ...anywhere } = entry.choice
    places.set(choiceKey(anywhere), entry)
  }
  for (const entry of index) places.set(entry.key, entry)
  return places
}

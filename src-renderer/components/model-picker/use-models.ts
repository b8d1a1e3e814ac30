import { useMemo } from 'react'
import type { FabulaError } from '@contract/errors'
import type { Provider } from '@contract/entities/provider'
import { useRoute } from '@renderer/api/queries'
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
  const providers = useRoute('providers.list', {})
  const servers = useRoute('servers.list', {})
  const index = useMemo(
    () => indexModels(models.data ?? [], providers.data ?? [], servers.data ?? []),
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
      const key = choiceKey(choice)
      const same = ({ choice: other }: IndexedModel) =>
        other.providerId === choice.providerId && other.model === choice.model
      return index.find((entry) => entry.key === key) ?? (choice.serverId === undefined ? index.find(same) : undefined)
    },
  }
}

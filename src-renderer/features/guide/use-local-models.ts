import { useEffect } from 'react'
import type { Model } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import { useCommand, useRoute } from '@renderer/api/queries'

export interface LocalModels {
  /** Ollama, as a provider. */
  provider: Provider | undefined
  /** Its models that can write. */
  models: readonly Model[]
  /** Some server answers, with or without models. */
  serverUp: boolean
  /** A search is under way; nothing waits for it. */
  looking: boolean
  /** Looks again. */
  look: () => void
}

/** What Ollama has to offer, looked for when the guide opens. */
export function useLocalModels(providers: readonly Provider[]): LocalModels {
  const provider = providers.find((one) => one.servers)
  const servers = useRoute('servers.list', {})
  const all = useRoute('models.list', provider ? { providerId: provider.id } : {}, { enabled: provider !== undefined })
  const { mutate, isPending } = useCommand('servers.discover')
  useEffect(() => mutate({}), [mutate])
  const models = all.data?.filter(({ kind, available, enabled }) => kind === 'chat' && available && enabled) ?? []
  return {
    provider,
    models,
    serverUp: servers.data?.some(({ available }) => available) ?? false,
    looking: isPending,
    look: () => mutate({}),
  }
}

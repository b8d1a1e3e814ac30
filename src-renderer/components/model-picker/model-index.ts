import type { Model } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import type { Server } from '@contract/entities/server'
import { choiceKey, type ModelChoice } from './model-choice'

/**
 * Why a model may not answer. One that is switched off is not offered; the others can be chosen, so that presets can be
 * edited offline.
 */
export type Trouble = 'disabled' | 'unlisted' | 'serverDown'

/** A model made ready for search. */
export interface IndexedModel {
  key: string
  choice: ModelChoice
  model: Model
  provider: Pick<Provider, 'id' | 'name' | 'slug' | 'local'>
  server: Pick<Server, 'id' | 'name' | 'available'> | null
  trouble: Trouble | null
  /** In lower case: what is searched, the most telling first. */
  name: string
  id: string
  place: string
  /** Its place when nothing is searched. */
  order: number
}

type ProviderFacts = Pick<Provider, 'id' | 'name' | 'slug' | 'local'>
type ServerFacts = Pick<Server, 'id' | 'name' | 'available' | 'isDefault'>

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const troubleOf = (model: Model, server: ServerFacts | null): Trouble | null => {
  if (!model.enabled) return 'disabled'
  if (server?.available === false) return 'serverDown'
  return model.available ? null : 'unlisted'
}

/**
 * Prepares models for `searchModels`, in the order they are shown: Ollama servers (the default one first), then
 * providers in their own order, models by name. Models of a provider that is gone are left out.
 */
export function indexModels(
  models: readonly Model[],
  providers: readonly ProviderFacts[],
  servers: readonly ServerFacts[]
): IndexedModel[] {
  const providerRank = new Map(providers.map((provider, rank) => [provider.id, rank]))
  const serverOrder = servers.toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault))
  const serverRank = new Map(serverOrder.map((server, rank) => [server.id, rank]))
  const indexed = models.flatMap((model): IndexedModel[] => {
    const provider = providers[providerRank.get(model.providerId) ?? -1]
    if (!provider) return []
    const server = model.serverId === null ? null : (serverOrder[serverRank.get(model.serverId) ?? -1] ?? null)
    const choice: ModelChoice = {
      providerId: model.providerId,
      model: model.model,
      ...(model.serverId === null ? {} : { serverId: model.serverId }),
    }
    return [
      {
        key: choiceKey(choice),
        choice,
        model,
        provider,
        server,
        trouble: troubleOf(model, server),
        name: model.name.toLowerCase(),
        id: model.model.toLowerCase(),
        place: `${provider.name} ${provider.slug} ${server?.name ?? ''}`.toLowerCase(),
        order: 0,
      },
    ]
  })
  const group = ({ server, provider }: IndexedModel) =>
    server ? (serverRank.get(server.id) ?? 0) : 1000 + (providerRank.get(provider.id) ?? 0)
  indexed.sort((one, other) => group(one) - group(other) || collator.compare(one.model.name, other.model.name))
  return indexed.map((entry, order) => ({ ...entry, order }))
}

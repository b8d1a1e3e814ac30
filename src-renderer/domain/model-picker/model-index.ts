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
type ServerFacts = Pick<Server, 'id' | 'name' | 'available' | 'active'>

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const isDown = ({ available, active }: ServerFacts) => available === false || !active

const troubleOf = (model: Model, server: ServerFacts | null): Trouble | null => {
  if (!model.enabled) return 'disabled'
  if (server && isDown(server)) return 'serverDown'
  return model.available ? null : 'unlisted'
}

/**
 * Prepares models for `searchModels`, in the order they are shown: Ollama servers (those that
 * answer first, then by priority, as they are given), then
 * providers in their own order, models by name. Models of a provider that is gone are left out.
 */
export function indexModels(
  models: readonly Model[],
  providers: readonly ProviderFacts[],
  servers: readonly ServerFacts[]
): IndexedModel[] {
  const providerRank = new Map(providers.map((provider, rank) => [provider.id, rank]))
  // A server that does not answer is still there, behind those that do.
  const serverOrder = servers.toSorted((one, other) => Number(isDown(one)) - Number(isDown(other)))
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
  indexed.push(...onAnyServer(indexed))
  const group = ({ server, provider, model }: IndexedModel) => {
    if (server) return serverRank.get(server.id) ?? 0
    return model.serverId === null ? 1000 + (providerRank.get(provider.id) ?? 0) : -1
  }
  indexed.sort((one, other) => group(one) - group(other) || collator.compare(one.model.name, other.model.name))
  return indexed.map((entry, order) => ({ ...entry, order }))
}

/** Models that several servers have, once more without a server: each call then goes to the best of them. */
function onAnyServer(indexed: readonly IndexedModel[]): IndexedModel[] {
  const serversWithModel = new Map<string, IndexedModel[]>()
  for (const entry of indexed) {
    if (!entry.server) continue
    const key = choiceKey({ providerId: entry.provider.id, model: entry.model.model })
    serversWithModel.set(key, [...(serversWithModel.get(key) ?? []), entry])
  }
  return [...serversWithModel].flatMap(([key, entries]): IndexedModel[] => {
    const best = entries.find(({ trouble }) => trouble === null) ?? entries[0]
    if (!best || entries.length < 2) return []
    const { serverId: _server, ...choice } = best.choice
    return [{ ...best, key, choice, server: null, place: `${best.provider.name} ${best.provider.slug}`.toLowerCase() }]
  })
}

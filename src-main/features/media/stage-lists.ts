import { FabulaError, ProviderError } from '@contract/errors'
import type { MediaModel, StageKind } from '@contract/entities/stage'
import type { Stores } from '@main/data/stores'
import { mediaAdapterFor } from '@main/providers/media/registry'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection } from '@main/providers/spec/protocol'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider } from '@main/settings/provider-directory'

/** Characters of a model's name; a longer one is none. */
const LONGEST_NAME = 300

/** What is not there by then is given up; the list that there is stays. */
const LIST_LIMIT_MS = 60_000

export interface StageList {
  models: MediaModel[]
  /** The provider answers as well without a key: nobody can say whether it takes this one. */
  unproven: boolean
}

/** Asks a provider whether it takes a key, and what can be used with it. */
export interface StageLists {
  /**
   * @param open the way to the provider, with the key where there is one
   * @throws a ProviderFailure, the vault's errors, or the reason of `signal`
   */
  ask(
    kind: StageKind,
    provider: KnownProvider,
    key: { open: () => Connection; isThere: boolean },
    signal: AbortSignal
  ): Promise<StageList>
}

export function createStageLists(ports: {
  stores: Pick<Stores, 'servers' | 'models'>
  connections: Connections
  /** Milliseconds that a provider has; a minute unless given. */
  limitMs?: number
}): StageLists {
  const { stores, connections, limitMs = LIST_LIMIT_MS } = ports

  const askChat = async (provider: KnownProvider, connection: Connection, signal: AbortSignal) => {
    const protocol = await protocolFor(provider.definition.protocol)
    const models: MediaModel[] = []
    for await (const page of protocol.listModels(connection, signal))
      for (const { model, name, kind } of page)
        if (kind === 'chat' && model.length <= LONGEST_NAME) models.push(wordsAlone(model, name))
    return models
  }

  /** What all servers of the user's have that can be reached. Throws what the first one said when none can be. */
  const askServers = async (provider: KnownProvider, signal: AbortSignal) => {
    const active = stores.servers.list().filter((server) => server.active)
    const answers = await Promise.allSettled(
      active.map((server) => askChat(provider, connections.toServer(provider, server), signal))
    )
    const lists = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    const [first] = answers
    if (lists.length === 0 && first?.status === 'rejected') throw first.reason
    return lists.flat()
  }

  /** Models that the user has added by hand, because their provider does not list them. */
  const added = (provider: KnownProvider): MediaModel[] =>
    stores.models
      .list({ providerId: provider.id })
      .flatMap(({ model, name, kind, source, enabled }) =>
        kind === 'chat' && source === 'manual' && enabled ? [wordsAlone(model, name)] : []
      )

  const listed = async (kind: StageKind, provider: KnownProvider, open: () => Connection, signal: AbortSignal) => {
    if (kind === 'chat') {
      const models = provider.definition.servers
        ? await askServers(provider, signal)
        : await askChat(provider, open(), signal)
      return onceEach([...models, ...added(provider)])
    }
    const media = provider.definition.media[kind]
    if (!media) return []
    const adapter = await mediaAdapterFor(media.adapter)
    const models: MediaModel[] = []
    for await (const page of adapter.listModels(open(), media, signal)) models.push(...page)
    return onceEach(models)
  }

  return {
    ask: async (kind, provider, key, ended) => {
      const signal = AbortSignal.any([ended, AbortSignal.timeout(limitMs)])
      try {
        const protocol = await protocolFor(provider.definition.protocol)
        const found = key.isThere ? await protocol.checkKey(key.open(), signal) : null
        const models = await listed(kind, provider, key.open, signal)
        return { models, unproven: found?.answersWithoutKey ?? false }
      } catch (error) {
        ended.throwIfAborted()
        if (error instanceof FabulaError || !signal.aborted) throw error
        const seconds = limitMs / 1000
        throw new ProviderFailure(ProviderError.TimedOut, `${provider.name} did not answer in ${seconds} s`, {
          details: { provider: provider.name, seconds },
          retryable: true,
        })
      }
    },
  }
}

const wordsAlone = (model: string, name: string): MediaModel => ({
  model,
  name,
  voices: null,
  price: null,
  longestText: null,
})

const onceEach = (models: readonly MediaModel[]): MediaModel[] =>
  [...new Map(models.toReversed().map((one) => [one.model, one])).values()].toReversed()

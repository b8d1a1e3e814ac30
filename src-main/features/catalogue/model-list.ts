import type { Model, ModelFacts } from '@contract/entities/model'
import { FabulaError, ProviderError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { SyncCount } from '@main/data/model-store'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection } from '@main/providers/spec/protocol'
import type { Connections } from '@main/routing/connections'
import { isUsable } from '@main/routing/token-states'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { needsKey, type VaultIdentity } from '@main/settings/token-rows'

/** A list that has not come by then is given up; the one that is there stays. */
const LIST_LIMIT_MS = 60_000

/** The catalogue: what each provider lists, kept for when it cannot be asked. */
export interface ModelList {
  list(): Model[]
  /** Asks a provider that is not made of servers. The last good list stays when it fails. */
  refresh(providerId: ProviderId): Promise<SyncCount>
  /** Asks one server. */
  refreshServer(provider: KnownProvider, server: ServerRow, signal: AbortSignal): Promise<SyncCount>
}

export function createModelList(ports: {
  stores: Stores
  directory: ProviderDirectory
  connections: Connections
  vault: VaultIdentity
  events: EventHub
  clock: Clock
}): ModelList {
  const { stores, directory, connections, vault, events, clock } = ports

  const sync = async (
    provider: KnownProvider,
    server: ServerRow | null,
    connection: Connection,
    signal: AbortSignal
  ): Promise<SyncCount> => {
    const protocol = await protocolFor(provider.definition.protocol)
    const listed: ModelFacts[] = []
    try {
      for await (const page of protocol.listModels(connection, signal)) listed.push(...page)
    } catch (error) {
      if (error instanceof FabulaError || !signal.aborted) throw error
      throw new ProviderFailure(ProviderError.TimedOut, `${provider.name} did not list its models in time`, {
        details: { provider: provider.name },
        retryable: true,
      })
    }
    const idPrefix = server ? `${provider.row.slug}/${server.id}` : provider.row.slug
    const source = { providerId: provider.id, serverId: server?.id ?? null, idPrefix }
    const count = stores.models.sync(source, listed, timestamp(clock))
    if (count.added + count.changed + count.vanished > 0) events.changed('models')
    return count
  }

  /** A key that may see the list; where none is needed, none. */
  const connectionOf = (provider: KnownProvider) => {
    const usable = (row: Parameters<typeof needsKey>[0]) =>
      !needsKey(row, provider, vault) && isUsable(row, clock.now())
    const token = stores.tokens.ofProvider(provider.id).find(usable)
    return token && vault.status().state === 'ready'
      ? connections.withToken(provider, token)
      : connections.withSecret(provider, null)
  }

  return {
    list: () => stores.models.list(),
    refresh: (providerId) => {
      const provider = directory.get(providerId)
      return sync(provider, null, connectionOf(provider), AbortSignal.timeout(LIST_LIMIT_MS))
    },
    refreshServer: (provider, server, signal) =>
      sync(provider, server, connections.toServer(provider, server), signal),
  }
}

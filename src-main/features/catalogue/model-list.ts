import type { z } from 'zod'
import type { Model, ModelFacts, ModelListState, ModelPatch, NewModel } from '@contract/entities/model'
import { CommonError, FabulaError, ModelError, PresetError, ProviderError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { ModelSource, SyncCount } from '@main/data/model-store'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection } from '@main/providers/spec/protocol'
import type { Connections } from '@main/routing/connections'
import { isUsable } from '@main/routing/token-states'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { isAskedAlike } from '@main/settings/server-secrets'
import { isLocal } from '@main/routing/locality'
import { needsKey, type VaultIdentity } from '@main/settings/token-rows'
import { usersOfModel } from '@main/settings/users-of'

/** A list that has not come by then is given up; the one that is there stays. */
const LIST_LIMIT_MS = 60_000

/** The catalogue: what each provider lists, kept for when it cannot be asked, and what the user says over it. */
export interface ModelList {
  list(of?: ParsedInput<'models.list'>): Model[]
  counts(): RouteOutput<'models.counts'>
  states(): ModelListState[]
  /** Asks a provider that is not made of servers. The last good list stays when it fails, and the failure is kept. */
  refresh(providerId: ProviderId): Promise<SyncCount>
  /** Asks one server. */
  refreshServer(provider: KnownProvider, server: ServerRow, signal: AbortSignal): Promise<SyncCount>
  create(input: z.output<typeof NewModel>): Model
  update(id: string, patch: ModelPatch): Model
  remove(id: string): void
}

export function createModelList(ports: {
  stores: Stores
  directory: ProviderDirectory
  connections: Connections
  vault: VaultIdentity
  events: EventHub
  clock: Clock
  logger: Logger
}): ModelList {
  const { stores, directory, connections, vault, events, clock, logger } = ports

  const sourceOf = (provider: KnownProvider, server: Pick<ServerRow, 'id'> | null): ModelSource => ({
    providerId: provider.id,
    serverId: server?.id ?? null,
    idPrefix: server ? `${provider.row.slug}/${server.id}` : provider.row.slug,
  })

  /** Says which models changed, and of which server, whose row tells how many it has and what they can do. */
  const changed = (ids: readonly string[], server: Pick<ServerRow, 'id'> | null) =>
    events.changed({ topic: 'models', ids }, { topic: 'servers', ids: server ? [server.id] : [] })

  const listed = async (
    provider: KnownProvider,
    connection: Connection,
    signal: AbortSignal
  ): Promise<ModelFacts[]> => {
    const protocol = await protocolFor(provider.definition.protocol)
    const models: ModelFacts[] = []
    try {
      for await (const page of protocol.listModels(connection, signal)) models.push(...page)
      return models
    } catch (error) {
      if (error instanceof FabulaError || !signal.aborted) throw error
      throw new ProviderFailure(ProviderError.TimedOut, `${provider.name} did not list its models in time`, {
        details: { provider: provider.name },
        retryable: true,
      })
    }
  }

  const sync = async (
    provider: KnownProvider,
    server: ServerRow | null,
    connection: Connection,
    signal: AbortSignal
  ): Promise<SyncCount> => {
    try {
      const models = await listed(provider, connection, signal)
      const { count, ids } = stores.transaction(() => {
        // What an address lists is nothing to the server that has another one by now.
        const stands = server && stores.servers.get(server.id)
        if (server && !(stands && isAskedAlike(server, stands)))
          return { count: { added: 0, changed: 0, vanished: 0 }, ids: [] }
        const now = timestamp(clock)
        const before = server ? null : stores.modelLists.get(provider.id).lastSync
        stores.modelLists.succeeded(provider.id, now)
        return stores.models.sync(sourceOf(provider, server), models, now, before)
      })
      changed(ids, ids.length > 0 ? server : null)
      events.changed({ topic: 'modelLists', ids: [provider.id] })
      return count
    } catch (error) {
      // One server that is down is the server's matter, not the list's.
      if (error instanceof FabulaError && !server) {
        stores.modelLists.failed(provider.id, error.toShape())
        events.changed({ topic: 'modelLists', ids: [provider.id] })
        logger.warn('A model list could not be read', { provider: provider.name, code: error.code })
      }
      throw error
    }
  }

  /** A key that may see the list; where none is needed, none. Throws the vault's errors where a key is needed. */
  const connectionOf = (provider: KnownProvider) => {
    const usable = (row: Parameters<typeof needsKey>[0]) =>
      !needsKey(row, provider, vault) && isUsable(row, clock.now())
    const token = stores.tokens.ofProvider(provider.id).find(usable)
    return token && (provider.keyRequired || vault.status().state === 'ready')
      ? connections.withToken(provider, token)
      : connections.withSecret(provider, null)
  }

  const get = (id: string): Model => {
    const model = stores.models.get(id)
    if (!model)
      throw new FabulaError(ModelError.NotFound, `There is no model ${id}`, { details: { model: id, path: 'id' } })
    return model
  }

  /** With what follows from its provider: only that says whether a model of the user's own server runs here. */
  const asShown = (model: Model): Model => {
    const provider = directory.find(model.providerId)
    return provider ? { ...model, local: isLocal(provider, model) } : model
  }

  return {
    list: (of) => stores.models.list(of).map(asShown),
    counts: () => stores.models.counts(),
    states: () => stores.modelLists.list(),
    refresh: async (providerId) => {
      const provider = directory.get(providerId)
      return sync(provider, null, connectionOf(provider), AbortSignal.timeout(LIST_LIMIT_MS))
    },
    refreshServer: (provider, server, signal) => sync(provider, server, connections.toServer(provider, server), signal),

    create: ({ providerId, serverId, model, name, kind, contextLength, price }) =>
      stores.transaction(() => {
        const provider = directory.get(providerId)
        const server = serverId === undefined ? null : stores.servers.get(serverId)
        if ((server === null) === provider.definition.servers)
          throw new FabulaError(CommonError.NotFound, `${provider.name} needs a server that is known`, {
            details: { path: 'serverId' },
          })
        if (stores.models.find(providerId, server?.id ?? null, model))
          throw new FabulaError(CommonError.NameTaken, `${provider.name} has the model ${model} already`, {
            details: { name: model, path: 'model' },
          })
        const created = stores.models.insert(
          sourceOf(provider, server),
          {
            model,
            name: name ?? model,
            kind,
            contextLength,
            maxOutput: null,
            supportedParameters: null,
            capabilities: ['text'],
            price,
            size: null,
            quantization: null,
            local: provider.definition.local,
          },
          timestamp(clock)
        )
        // What the user says of it holds also when the provider lists the model one day.
        const edits = {
          ...(name === undefined ? {} : { name }),
          ...(contextLength === null ? {} : { contextLength }),
          ...(price === null ? {} : { price }),
        }
        stores.models.edit(created.id, edits, true)
        changed([created.id], server)
        return get(created.id)
      }),

    update: (id, { name, contextLength, price, enabled }) =>
      stores.transaction(() => {
        const model = get(id)
        const edits = stores.models.edits(id)
        if (name === null) delete edits.name
        else if (name !== undefined) edits.name = name
        if (contextLength === null) delete edits.contextLength
        else if (contextLength !== undefined) edits.contextLength = contextLength
        if (price === null) delete edits.price
        else if (price !== undefined) edits.price = price
        stores.models.edit(id, edits, enabled ?? model.enabled)
        if (contextLength === null) {
          // What an error once told may be out of date: the server was perhaps started anew with more room.
          const { contextLength: _learnt, ...lessons } = stores.models.lessons(id)
          stores.models.learn(id, lessons)
        }
        changed([id], null)
        return get(id)
      }),

    remove: (id) =>
      stores.transaction(() => {
        const model = get(id)
        if (model.source === 'synced' && model.available)
          throw new FabulaError(
            ProviderError.BuiltIn,
            `${model.name} is listed by its provider; switch it off instead`,
            {
              details: { name: model.name, reason: 'listed' },
            }
          )
        const users = usersOfModel(stores, model.providerId, model.model)
        if (users.length > 0)
          throw new FabulaError(PresetError.InUse, `${model.name} is used by ${users.join(', ')}`, {
            details: { name: model.name, users },
          })
        stores.models.remove(id)
        changed([id], model.serverId ? { id: model.serverId } : null)
      }),
  }
}

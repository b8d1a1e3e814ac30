import type { NewServer, Server } from '@contract/entities/server'
import { CommonError, FabulaError, PresetError } from '@contract/errors'
import { ServerId } from '@contract/ids'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Logger } from '@main/platform/logger'
import { protocolFor } from '@main/providers/registry'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { usersOfServer } from '@main/settings/usage'
import type { ModelList } from './model-list'
import { LOCAL_OLLAMA, ollamaAddress } from './ollama-host'

/** A server that has not told its version by then counts as not there. */
const VERSION_LIMIT_MS = 3000
const MODELS_LIMIT_MS = 30_000

/** Facts that are kept so that things happen once: the environment was read; the user removed this computer's server. */
const HOST_IMPORTED = 'ollama.host-imported'
const LOCAL_DISMISSED = 'ollama.local-dismissed'

/** The user's Ollama servers. */
export interface Servers {
  list(): Server[]
  add(input: NewServer): Server
  update(id: ServerId, patch: Partial<NewServer>): Server
  remove(id: ServerId): void
  /** Asks a server for its version and models. Throws what stood in the way, after recording that it is not there. */
  check(id: ServerId): Promise<Server>
  /** Looks for Ollama on this computer, and checks all servers side by side. Never throws for one that is dead. */
  discover(): Promise<Server[]>
}

export function createServers(ports: {
  stores: Stores
  directory: ProviderDirectory
  connections: Connections
  models: ModelList
  events: EventHub
  clock: Clock
  logger: Logger
  /** OLLAMA_HOST; read on the first start only. */
  environmentHost: string | undefined
  /** Where Ollama listens on this computer when nothing says otherwise. */
  localAddress?: string
}): Servers {
  const { stores, directory, connections, models, events, clock, logger, environmentHost } = ports
  const localAddress = ports.localAddress ?? LOCAL_OLLAMA

  const ollama = (): KnownProvider => {
    const provider = directory.list().find(({ definition }) => definition.servers)
    if (!provider) throw new FabulaError(CommonError.Internal, 'No provider is made of servers')
    return provider
  }
  const row = (id: ServerId): ServerRow => {
    const found = stores.servers.get(id)
    if (!found) throw new FabulaError(CommonError.NotFound, `There is no server ${id}`, { details: { path: 'id' } })
    return found
  }
  const view = (found: ServerRow): Server => ({
    id: found.id,
    name: found.name,
    url: found.url,
    isDefault: found.is_default === 1,
    available: found.available === null ? null : found.available === 1,
    version: found.version,
    lastChecked: found.last_checked,
    modelCount: stores.models.count(found.id),
  })

  const refuseTaken = (input: Partial<NewServer>, except?: ServerId) => {
    for (const other of stores.servers.list().filter(({ id }) => id !== except))
      for (const [field, same] of [
        ['url', input.url !== undefined && plain(input.url) === other.url],
        ['name', input.name?.toLowerCase() === other.name.toLowerCase()],
      ] as const)
        if (same)
          throw new FabulaError(CommonError.NameTaken, `The server ${other.name} has this ${field} already`, {
            details: { name: field === 'url' ? other.url : other.name, path: field },
          })
  }

  const insert = (name: string, url: string): ServerRow => {
    const added: ServerRow = {
      id: newId(ServerId),
      name,
      url: plain(url),
      is_default: stores.servers.list().length === 0 ? 1 : 0,
      available: null,
      version: null,
      last_checked: null,
      created_at: timestamp(clock),
    }
    stores.servers.insert(added)
    events.changed('servers')
    return added
  }

  const settle = (id: ServerId, answered: { version: string } | null) => {
    const found = stores.servers.get(id)
    if (!found) return
    stores.servers.update({
      ...found,
      available: answered ? 1 : 0,
      version: answered?.version ?? found.version,
      last_checked: timestamp(clock),
    })
    events.changed('servers')
  }

  const versionOf = async (url: string): Promise<string> => {
    const provider = ollama()
    const protocol = await protocolFor(provider.definition.protocol)
    const ask = protocol.version?.(connections.toServer(provider, { url }), AbortSignal.timeout(VERSION_LIMIT_MS))
    return (await ask) ?? ''
  }

  const check = async (id: ServerId): Promise<Server> => {
    const found = row(id)
    try {
      const version = await versionOf(found.url)
      settle(id, { version })
      await models.refreshServer(ollama(), found, AbortSignal.timeout(MODELS_LIMIT_MS))
    } catch (error) {
      settle(id, null)
      throw error
    }
    return view(row(id))
  }

  /** Adds this computer's Ollama once it answers, unless it is known already or the user removed it. */
  const findLocal = async () => {
    if (stores.facts.get(LOCAL_DISMISSED) === localAddress) return
    if (stores.servers.list().some(({ url }) => isSamePlace(url, localAddress))) return
    try {
      await versionOf(localAddress)
    } catch {
      return
    }
    if (!stores.servers.list().some(({ url }) => isSamePlace(url, localAddress))) insert(new URL(localAddress).host, localAddress)
  }

  const importHost = () => {
    if (stores.facts.get(HOST_IMPORTED) !== null) return
    const address = environmentHost === undefined ? null : ollamaAddress(environmentHost)
    if (environmentHost !== undefined && !address) logger.warn('OLLAMA_HOST is not an address', { environmentHost })
    stores.transaction(() => {
      stores.facts.set(HOST_IMPORTED, timestamp(clock))
      if (address && !stores.servers.list().some(({ url }) => url === address)) insert(new URL(address).host, address)
    })
  }

  let discovering: Promise<Server[]> | null = null
  const discover = async () => {
    importHost()
    await findLocal()
    await Promise.all(
      stores.servers.list().map(({ id }) =>
        check(id).catch((error: unknown) => logger.info('A server did not answer', { id, cause: String(error) }))
      )
    )
    return stores.servers.list().map(view)
  }

  return {
    list: () => stores.servers.list().map(view),
    add: ({ name, url }) => {
      refuseTaken({ name, url })
      return view(insert(name, url))
    },
    update: (id, patch) => {
      const found = row(id)
      refuseTaken(patch, id)
      stores.servers.update({
        ...found,
        name: patch.name ?? found.name,
        ...(patch.url === undefined ? {} : { url: plain(patch.url), available: null, version: null, last_checked: null }),
      })
      events.changed('servers')
      return view(row(id))
    },
    remove: (id) =>
      stores.transaction(() => {
        const found = row(id)
        const users = usersOfServer(stores, id)
        if (users.length > 0)
          throw new FabulaError(PresetError.InUse, `${found.name} is used by ${users.join(', ')}`, {
            details: { name: found.name, users },
          })
        stores.servers.remove(id)
        if (isSamePlace(found.url, localAddress)) stores.facts.set(LOCAL_DISMISSED, localAddress)
        const [first] = stores.servers.list()
        if (found.is_default === 1 && first) stores.servers.update({ ...first, is_default: 1 })
        events.changed('servers', 'models')
      }),
    check,
    discover: () =>
      (discovering ??= discover().finally(() => {
        discovering = null
      })),
  }
}

const plain = (url: string) => url.replace(/\/+$/, '')

/** `localhost` and 127.0.0.1 are the same computer. */
const isSamePlace = (a: string, b: string) =>
  plain(a).replace('//localhost', '//127.0.0.1') === plain(b).replace('//localhost', '//127.0.0.1')

import { freeName, nameKey, takenAmong } from '@contract/names'
import type { NewServer, Server, ServerPatch } from '@contract/entities/server'
import { CommonError, FabulaError, PresetError } from '@contract/errors'
import { ServerId } from '@contract/ids'
import type { z } from 'zod'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Vault } from '@main/secrets/vault'
import { isAskedAlike, needsSecret, sealAuth } from '@main/settings/server-secrets'
import { usersOfServer } from '@main/settings/users-of'
import { isSamePlace, plainAddress } from './ollama-host'

/** What a server said when it was asked; null where the answer was that it is not there. */
export type Outcome = Pick<ServerRow, 'available' | 'problem'> & { version: string | null }

/** The user's Ollama servers, as they are kept. */
export interface ServerList {
  /** With `ids`: those alone. */
  list(ids?: readonly ServerId[]): Server[]
  view(id: ServerId): Server
  rows(): readonly ServerRow[]
  /** Throws `not_found`. */
  row(id: ServerId): ServerRow
  /** Without a name: its host, numbered when that is taken. */
  add(input: Omit<z.output<typeof NewServer>, 'name'> & { name?: string }): Server
  update(id: ServerId, patch: ServerPatch): Server
  setDefault(id: ServerId): Server
  reorder(ids: readonly ServerId[]): Server[]
  remove(id: ServerId): void
  /**
   * Keeps what a server said when it was asked as it stood in `asked`; whether that is still the server. One that was
   * edited meanwhile is another server, and one that was deleted is no error.
   */
  recordCheck(asked: ServerRow, outcome: Outcome): boolean
  has(url: string): boolean
}

export function createServerList(ports: {
  stores: Stores
  vault: Vault
  events: EventHub
  clock: Clock
  /** Told of the address of each server that is deleted. */
  onRemoved: (url: string) => void
}): ServerList {
  const { stores, vault, events, clock, onRemoved } = ports

  const row = (id: ServerId): ServerRow => {
    const found = stores.servers.get(id)
    if (!found) throw new FabulaError(CommonError.NotFound, `There is no server ${id}`, { details: { path: 'id' } })
    return found
  }
  const toServer = (found: ServerRow, abilities: ReadonlyMap<ServerId, readonly string[]>): Server => ({
    id: found.id,
    name: found.name,
    url: found.url,
    auth: found.auth,
    needsSecret: needsSecret(found, vault),
    active: found.active,
    isDefault: found.is_default,
    priority: found.priority,
    maxConcurrent: found.max_concurrent,
    available: found.available,
    problem: found.problem,
    version: found.version,
    lastChecked: found.last_checked,
    modelCount: stores.models.count(found.id),
    capabilities: [...(abilities.get(found.id) ?? [])],
    ...(found.unreadable ? { unreadable: found.unreadable } : {}),
  })
  const list = (ids?: readonly ServerId[]) => {
    const abilities = stores.models.serverAbilities()
    return stores.servers
      .list()
      .filter(({ id }) => !ids || ids.includes(id))
      .map((found) => toServer(found, abilities))
  }
  const changed = (...ids: ServerId[]) => events.changed({ topic: 'servers', ids })
  const view = (id: ServerId) => toServer(row(id), stores.models.serverAbilities())

  const refuseTaken = (input: { name?: string | undefined; url?: string | undefined }, except?: ServerId) => {
    for (const other of stores.servers.list().filter(({ id }) => id !== except))
      for (const [field, same] of [
        ['url', input.url !== undefined && plainAddress(input.url) === other.url],
        ['name', input.name !== undefined && nameKey(input.name) === nameKey(other.name)],
      ] as const)
        if (same)
          throw new FabulaError(CommonError.NameTaken, `The server ${other.name} has this ${field} already`, {
            details: { name: field === 'url' ? other.url : other.name, path: field },
          })
  }
  const nameOf = (url: string): string =>
    freeName(new URL(url).host, takenAmong(stores.servers.list().map(({ name }) => name)))

  return {
    list,
    view,
    row,
    rows: () => stores.servers.list(),
    has: (url) => stores.servers.list().some((one) => isSamePlace(one.url, url)),

    add: ({ name: given, url: typed, auth, active, maxConcurrent }) =>
      stores.transaction(() => {
        const url = plainAddress(typed)
        refuseTaken({ name: given, url })
        const id = newId(ServerId)
        const others = stores.servers.list()
        stores.servers.insert({
          id,
          name: given ?? nameOf(url),
          url,
          ...sealAuth(vault, { id, url }, auth, null),
          active,
          is_default: !others.some(({ is_default }) => is_default),
          priority: Math.max(-1, ...others.map(({ priority }) => priority)) + 1,
          max_concurrent: maxConcurrent,
          available: null,
          problem: null,
          version: null,
          last_checked: null,
          created_at: timestamp(clock),
        })
        changed(id)
        return view(id)
      }),

    update: (id, patch) =>
      stores.transaction(() => {
        const found = row(id)
        refuseTaken(patch, id)
        const url = patch.url === undefined ? found.url : plainAddress(patch.url)
        const sealed = patch.auth === undefined ? {} : sealAuth(vault, { id, url }, patch.auth, found)
        const asksAnew = url !== found.url || patch.auth !== undefined
        stores.servers.update({
          ...found,
          ...sealed,
          name: patch.name ?? found.name,
          url,
          active: patch.active ?? found.active,
          max_concurrent: patch.maxConcurrent === undefined ? found.max_concurrent : patch.maxConcurrent,
          ...(asksAnew ? { available: null, problem: null, version: null, last_checked: null } : {}),
        })
        changed(id)
        return view(id)
      }),

    setDefault: (id) => {
      row(id)
      const before = stores.servers.list().filter(({ is_default }) => is_default)
      stores.servers.setDefault(id)
      changed(id, ...before.map((one) => one.id))
      return view(id)
    },

    reorder: (ids) =>
      stores.transaction(() => {
        const named = [...new Set(ids)].map(row)
        const rest = stores.servers.list().filter((one) => !ids.includes(one.id))
        for (const [priority, one] of [...named, ...rest].entries())
          if (one.priority !== priority) {
            stores.servers.update({ ...one, priority })
            changed(one.id)
          }
        return list()
      }),

    remove: (id) =>
      stores.transaction(() => {
        const found = row(id)
        const users = usersOfServer(stores, id)
        if (users.length > 0)
          throw new FabulaError(PresetError.InUse, `${found.name} is used by ${users.join(', ')}`, {
            details: { name: found.name, users },
          })
        const models = stores.models.list({ serverId: id })
        changed(id)
        events.changed(
          { topic: 'models', ids: models.map((model) => model.id) },
          { topic: 'jobs', ids: stores.jobs.idsOfServer(id) }
        )
        stores.servers.remove(id)
        onRemoved(found.url)
        const [first] = stores.servers.list()
        if (found.is_default && first) {
          stores.servers.setDefault(first.id)
          changed(first.id)
        }
      }),

    recordCheck: (asked, { available, problem, version }) => {
      const found = stores.servers.get(asked.id)
      if (!found || !isAskedAlike(asked, found)) return false
      stores.servers.update({
        ...found,
        available,
        problem,
        version: version ?? found.version,
        last_checked: timestamp(clock),
      })
      const same =
        found.available === available &&
        found.problem?.code === problem?.code &&
        (version === null || found.version === version)
      // A server that is as it was is no news: the time of the last look is not worth asking everything again.
      if (!same || found.last_checked === null) changed(found.id)
      return true
    },
  }
}

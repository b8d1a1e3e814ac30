import { ServerId } from '@contract/ids'
import type { ServerRow } from '@main/data/server-store'
import { newId } from '@main/platform/ids'

/** What the calls at a server are counted under. */
export const serverKey = (id: ServerId): string => `server:${id}`

/** What a call says about where it wants to go. */
export interface ServerTarget {
  /** A saved server by its id. */
  serverId?: ServerId | undefined
  /** An address. */
  url?: string | undefined
  model?: string | undefined
}

export interface KnownServer {
  row: ServerRow
  /** It listed the model that is asked for when it was last asked. */
  hasModel: boolean
  /** Calls under way there. */
  load: number
}

/**
 * - `saved`: the servers that can take the call, the best one first; never empty.
 * - `temporary`: an address that no saved server has. It is used, and not saved.
 * - `inactive`: the server that was named is switched off.
 * - `none`: there is no server to use.
 */
export type ServerChoice =
  | { kind: 'saved'; servers: ServerRow[] }
  | { kind: 'temporary'; url: string }
  | { kind: 'inactive'; server: ServerRow }
  | { kind: 'none' }

/** Available ones first, then those never asked, then those that did not answer. */
const rankOf = ({ available }: ServerRow) => (available === true ? 0 : available === null ? 1 : 2)

export const isSameRank = (a: ServerRow, b: ServerRow): boolean => rankOf(a) === rankOf(b)

const fullness = ({ row, load }: KnownServer) => load / (row.max_concurrent ?? Number.MAX_SAFE_INTEGER)

/** By availability, then priority, then load: relative to what each can take, then in calls. */
export const better = (a: KnownServer, b: KnownServer): number =>
  rankOf(a.row) - rankOf(b.row) || a.row.priority - b.row.priority || fullness(a) - fullness(b) || a.load - b.load

const plain = (url: string) => url.trim().replace(/\/+$/, '').replace('//localhost', '//127.0.0.1')

/**
 * Where a call goes (O5). A server or an address that is named decides: an address that is not saved makes a temporary
 * server. With a model alone, the best server that has it. With nothing, or a model that no server has, the default
 * server, else the first active one.
 */
export function chooseServers(target: ServerTarget, known: readonly KnownServer[]): ServerChoice {
  const named = namedServer(target, known)
  if (named) return named.row.active ? { kind: 'saved', servers: [named.row] } : { kind: 'inactive', server: named.row }
  if (target.url !== undefined) return { kind: 'temporary', url: target.url.trim().replace(/\/+$/, '') }

  const active = known.filter(({ row }) => row.active)
  const serversWithModel = target.model === undefined ? [] : active.filter(({ hasModel }) => hasModel)
  if (serversWithModel.length > 0)
    return { kind: 'saved', servers: serversWithModel.toSorted(better).map(({ row }) => row) }

  const defaultServer = active.find(({ row }) => row.is_default) ?? active.toSorted(byPriority)[0]
  return defaultServer ? { kind: 'saved', servers: [defaultServer.row] } : { kind: 'none' }
}

const byPriority = (a: KnownServer, b: KnownServer) => a.row.priority - b.row.priority

/** The server that a target names. An id that is gone names none: what refers to it goes on with the best server. */
function namedServer({ serverId, url }: ServerTarget, known: readonly KnownServer[]): KnownServer | undefined {
  if (serverId !== undefined) {
    const byId = known.find(({ row }) => row.id === serverId)
    if (byId) return byId
  }
  return url === undefined ? undefined : known.find(({ row }) => plain(row.url) === plain(url))
}

/** A server for one call, at an address that is not saved. Nobody but that call ever sees it. */
export const temporaryServer = (url: string): ServerRow => ({
  id: newId(ServerId),
  name: new URL(url).host,
  url,
  auth: { type: 'none' },
  vault_id: null,
  sealed: null,
  secret_url: null,
  active: true,
  is_default: false,
  priority: 0,
  max_concurrent: null,
  available: null,
  problem: null,
  version: null,
  last_checked: null,
  created_at: new Date(0).toISOString(),
})

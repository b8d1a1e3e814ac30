import type { NewServer, NewServerAuth, Server, ServerPatch, ServerVerdict } from '@contract/entities/server'
import { isLoopback } from '@contract/addresses'
import type { FabulaError } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { z } from 'zod'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { Vault } from '@main/secrets/vault'
import { createHealth, LOCAL_PAUSE_MS, schedule as realSchedule, type Schedule } from './health'
import { isSamePlace, LOCAL_OLLAMA, ollamaAddress } from './ollama-host'
import { createServerChecks, type ServerChecks } from './server-checks'
import { createServerList, type ServerList } from './server-list'

/** Facts that are kept so that things happen once: the environment was read; the user removed this computer's server. */
const HOST_IMPORTED = 'ollama.host-imported'
const LOCAL_DISMISSED = 'ollama.local-dismissed'

/** A server that has not told its version by then, while others wait, counts as not there. */
const DISCOVER_LIMIT_MS = 3000

/** The user's Ollama servers, watched in the background: nothing ever waits for one that is dead. */
export interface Servers {
  /** Who keeps them, and who asks them. */
  rows: ServerList
  checks: ServerChecks
  /** With `ids`: those alone. */
  list(ids?: readonly ServerId[]): Server[]
  add(input: z.output<typeof NewServer>): Server
  update(id: ServerId, patch: ServerPatch): Server
  setDefault(id: ServerId): Server
  reorder(ids: readonly ServerId[]): Server[]
  remove(id: ServerId): void
  /** Asks a server for its version and models. Throws what stood in the way, after keeping it. */
  check(id: ServerId): Promise<Server>
  probe(input: { url: string; auth: NewServerAuth; id?: ServerId | undefined }): Promise<ServerVerdict>
  /** Looks for Ollama on this computer, and checks all servers side by side. Never throws for one that is dead. */
  discover(): Promise<Server[]>
  /** A call could not reach a server: the next call goes elsewhere, and it is asked whether it is still there. */
  lost(server: ServerRow, failure: FabulaError): void
  /** Asks nobody any more. */
  close(): void
}

export function createServers(
  ports: Omit<Parameters<typeof createServerChecks>[0], 'rows' | 'closing'> & {
    stores: Stores
    vault: Vault
    events: EventHub
    clock: Clock
    logger: Logger
    /** OLLAMA_HOST; read on the first start only. */
    environmentHost: string | undefined
    /** Where Ollama listens on this computer when nothing says otherwise. */
    localAddress?: string
    schedule?: Schedule
  }
): Servers {
  const { stores, vault, toUserError, clock, logger, environmentHost } = ports
  const localAddress = ports.localAddress ?? LOCAL_OLLAMA

  const rows = createServerList({
    ...ports,
    onRemoved: (url) => {
      if (isSamePlace(url, localAddress)) stores.facts.set(LOCAL_DISMISSED, localAddress)
    },
  })
  const closing = new AbortController()
  const checks = createServerChecks({ ...ports, rows, closing: closing.signal })
  const schedule = ports.schedule ?? realSchedule
  const health = createHealth({
    ask: checks.look,
    isLocal: (id) => rows.rows().some((row) => row.id === id && isLoopback(row.url)),
    schedule,
  })

  const isWatched = (row: ServerRow) => row.active && (row.auth.type === 'none' || vault.status().state === 'ready')
  const watch = () => {
    if (watching)
      health.watch(
        rows
          .rows()
          .filter(isWatched)
          .map(({ id }) => id)
      )
  }
  let watching = false
  const stopListening = vault.onChange(watch)

  const addAt = (url: string) => rows.add({ url, auth: { type: 'none' }, active: true, maxConcurrent: null })

  /** Adds this computer's Ollama once it answers, unless it is known already or the user removed it. */
  const findLocal = async () => {
    if (stores.facts.get(LOCAL_DISMISSED) === localAddress || rows.has(localAddress)) return
    if (!(await checks.answersAt(localAddress)) || rows.has(localAddress)) return
    await checkQuietly(addAt(localAddress).id)
  }

  /** Goes on looking: an Ollama that starts after Fabula is there soon, too. */
  let callOff = () => {}
  const keepLooking = () => {
    callOff = schedule(LOCAL_PAUSE_MS, () => {
      void findLocal()
        .catch((error: unknown) => logger.warn('The search for Ollama failed', { cause: String(error) }))
        .finally(() => {
          if (!closing.signal.aborted) keepLooking()
        })
    })
  }

  const importHost = () => {
    if (stores.facts.get(HOST_IMPORTED) !== null) return
    const address = environmentHost === undefined ? null : ollamaAddress(environmentHost)
    if (environmentHost !== undefined && !address) logger.warn('OLLAMA_HOST is not an address', { environmentHost })
    stores.transaction(() => {
      stores.facts.set(HOST_IMPORTED, timestamp(clock))
      if (address && !rows.has(address)) addAt(address)
    })
  }

  const checkQuietly = async (id: ServerId) => {
    try {
      await checks.check(id, DISCOVER_LIMIT_MS)
      health.heard(id, true)
    } catch (error) {
      health.heard(id, false)
      if (!closing.signal.aborted) logger.info('A server did not answer', { id, cause: String(error) })
    }
  }

  let discovering: Promise<Server[]> | null = null
  const discover = async () => {
    importHost()
    const known = rows.rows().filter(isWatched)
    await Promise.all([findLocal(), ...known.map(({ id }) => checkQuietly(id))])
    if (!watching && !closing.signal.aborted) keepLooking()
    watching = true
    watch()
    return rows.list()
  }

  /** What a change of a server means for those who watch it. */
  const followed = (server: Server) => {
    watch()
    return server
  }

  return {
    rows,
    checks,
    list: rows.list,
    add: (input) => followed(rows.add(input)),
    update: (id, patch) => {
      const server = rows.update(id, patch)
      if (patch.url !== undefined || patch.auth !== undefined || patch.active) health.lookNow(id)
      return followed(server)
    },
    setDefault: rows.setDefault,
    reorder: rows.reorder,
    remove: (id) => {
      rows.remove(id)
      watch()
    },
    check: async (id) => {
      try {
        await checks.check(id)
        health.heard(id, true)
      } catch (error) {
        health.heard(id, false)
        throw error
      }
      return rows.view(id)
    },
    probe: checks.probe,
    discover: () =>
      (discovering ??= discover().finally(() => {
        discovering = null
      })),
    lost: (server, failure) => {
      rows.recordCheck(server, { available: false, problem: toUserError(failure).toShape(), version: null })
      health.lookNow(server.id)
    },
    close: () => {
      closing.abort(new Error('The app closes'))
      stopListening()
      callOff()
      health.stop()
    },
  }
}

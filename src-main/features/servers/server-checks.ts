import type { NewServerAuth, ServerVerdict } from '@contract/entities/server'
import { CommonError, FabulaError, ProviderError } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { SyncCount } from '@main/data/model-store'
import type { ServerRow } from '@main/data/server-store'
import type { Clock } from '@main/platform/clock'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection, ModelHost } from '@main/providers/spec/protocol'
import type { Connections } from '@main/routing/connections'
import type { Vault } from '@main/secrets/vault'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { isAskedAlike, needsSecret, openAuth, revealAuth, secretOf, withoutSecret } from '@main/settings/server-secrets'
import { plainAddress } from './ollama-host'
import type { ServerList } from './server-list'
import { verdictOf } from './verdict'

/** A server that has not told its version by then counts as not there: in the background, and when the user waits. */
const LOOK_LIMIT_MS = 3000
const CHECK_LIMIT_MS = 8000
const MODELS_LIMIT_MS = 30_000

/** Asks servers what they are, and keeps what they say. */
export interface ServerChecks {
  /** The provider that is made of servers. */
  provider(): KnownProvider
  /** The calls that servers understand beside chat. */
  host(): Promise<ModelHost>
  /**
   * Asks for version and models. Throws what stood in the way, after keeping it. Two at once for one server are one, unless
   * the first of them fails: it may have begun before the server was there.
   */
  check(id: ServerId, limitMs?: number): Promise<void>
  /** Whether it is there, by its version alone; its models too when it was not there before. Never throws. */
  look(id: ServerId): Promise<boolean>
  /** Asks without keeping anything. */
  probe(input: { url: string; auth: NewServerAuth; id?: ServerId | undefined }): Promise<ServerVerdict>
  /** Whether Ollama answers at an address. */
  answersAt(url: string): Promise<boolean>
}

export function createServerChecks(ports: {
  rows: ServerList
  directory: ProviderDirectory
  connections: Connections
  vault: Vault
  redactor: Redactor
  clock: Clock
  logger: Logger
  /** Turns a failure into what may be kept and shown. */
  toUserError: (error: unknown) => FabulaError
  /** Asks a server for its models, and keeps them. */
  refreshModels: (provider: KnownProvider, server: ServerRow, signal: AbortSignal) => Promise<SyncCount>
  /** The app closes: nothing is asked, kept or logged any more. */
  closing: AbortSignal
}): ServerChecks {
  const { rows, directory, connections, vault, redactor, clock, logger, toUserError, refreshModels, closing } = ports

  const provider = (): KnownProvider => {
    const found = directory.list().find(({ definition }) => definition.servers)
    if (!found) throw new FabulaError(CommonError.Internal, 'No provider is made of servers')
    return found
  }
  const host = async (): Promise<ModelHost> => {
    const { host: found, id } = await protocolFor(provider().definition.protocol)
    if (!found) throw new FabulaError(CommonError.Internal, `The protocol ${id} knows no servers`)
    return found
  }

  /** The version, within a time of its own. */
  const versionOf = async (connection: Connection, limitMs: number): Promise<string> => {
    const time = AbortSignal.timeout(limitMs)
    try {
      return await (await host()).version(connection, AbortSignal.any([time, closing]))
    } catch (error) {
      throw time.aborted && !closing.aborted ? tooSlow(connection, limitMs) : error
    }
  }

  /**
   * Asks a server as it stands, and keeps what stood in the way before throwing it. One that was edited meanwhile is asked
   * again: what the old address said, or did not say, is nothing to the new one.
   */
  const asStands = async (id: ServerId, ask: (asked: ServerRow) => Promise<void>): Promise<void> => {
    const asked = rows.row(id)
    try {
      await ask(asked)
    } catch (error) {
      if (closing.aborted || isAskedAlike(asked, rows.row(id))) {
        // A secret that cannot be opened now says nothing about the server: what was known of it stays.
        if (error instanceof ProviderFailure && !closing.aborted)
          rows.recordCheck(asked, { available: false, problem: toUserError(error).toShape(), version: null })
        throw error
      }
    }
    if (!isAskedAlike(asked, rows.row(id))) await asStands(id, ask)
  }

  const askVersion = async (asked: ServerRow, limitMs: number) => {
    const version = await versionOf(connections.toServer(provider(), asked), limitMs)
    return rows.recordCheck(asked, { available: true, problem: null, version })
  }
  const askAll = async (asked: ServerRow, limitMs: number) => {
    if (await askVersion(asked, limitMs))
      await refreshModels(provider(), asked, AbortSignal.any([AbortSignal.timeout(MODELS_LIMIT_MS), closing]))
  }

  const running = new Map<ServerId, { asked: ServerRow; done: Promise<void> }>()
  const underWay = (asked: ServerRow) => {
    const under = running.get(asked.id)
    return under && isAskedAlike(under.asked, asked) ? under.done : null
  }
  const askOnce = (asked: ServerRow, limitMs: number): Promise<void> => {
    const under = underWay(asked)
    if (under) return under
    const started = {
      asked,
      done: askAll(asked, limitMs).finally(() => {
        if (running.get(asked.id) === started) running.delete(asked.id)
      }),
    }
    running.set(asked.id, started)
    return started.done
  }
  const askAsOfNow = async (asked: ServerRow, limitMs: number): Promise<void> => {
    const beganBefore = underWay(asked) !== null
    try {
      await askOnce(asked, limitMs)
    } catch (error) {
      if (!beganBefore || closing.aborted || !isAskedAlike(asked, rows.row(asked.id))) throw error
      await askOnce(asked, limitMs)
    }
  }

  /** The stored secret, for a probe that gives none: only where it was given for this address and kind of auth. */
  const authFor = (url: string, auth: NewServerAuth, id: ServerId | undefined) => {
    const given = secretOf(auth)
    if (given !== null) redactor.add(given)
    if (given !== null || auth.type === 'none' || id === undefined) return openAuth(withoutSecret(auth), given)
    const stored = rows.row(id)
    if (stored.url !== url || stored.auth.type !== auth.type || needsSecret(stored, vault))
      return openAuth(withoutSecret(auth), null)
    return revealAuth(vault, { ...stored, auth: withoutSecret(auth) })
  }

  return {
    provider,
    host,
    check: (id, limitMs = CHECK_LIMIT_MS) => asStands(id, (asked) => askAsOfNow(asked, limitMs)),
    look: async (id) => {
      try {
        await asStands(id, async (asked) => {
          await (asked.available === true ? askVersion : askOnce)(asked, LOOK_LIMIT_MS)
        })
        return true
      } catch (error) {
        if (!closing.aborted) logger.info('A server did not answer', { id, cause: String(error) })
        return false
      }
    },
    probe: async ({ url: typed, auth, id }) => {
      const url = plainAddress(typed)
      const started = clock.now()
      const open = authFor(url, auth, id)
      const connection = connections.toAddress(provider(), url, open)
      const base = { version: null, models: null, error: null }
      let version: string | null = null
      try {
        version = await versionOf(connection, CHECK_LIMIT_MS)
        const models = await countModels(provider(), connection)
        return { ...base, verdict: 'ok', version, models, latencyMs: clock.now() - started }
      } catch (error) {
        const shape = toUserError(error).toShape()
        const verdict = verdictOf(shape, open.secret !== null)
        return { ...base, verdict, version, error: shape, latencyMs: clock.now() - started }
      }
    },
    answersAt: async (url) => {
      try {
        await versionOf(connections.toAddress(provider(), url), LOOK_LIMIT_MS)
        return true
      } catch {
        return false
      }
    },
  }
}

/** How many models a server lists: some proxies tell the version to everyone and the models not. */
async function countModels(provider: KnownProvider, connection: Connection): Promise<number> {
  const protocol = await protocolFor(provider.definition.protocol)
  const signal = AbortSignal.timeout(MODELS_LIMIT_MS)
  let count = 0
  try {
    for await (const page of protocol.listModels(connection, signal)) count += page.length
  } catch (error) {
    throw signal.aborted ? tooSlow(connection, MODELS_LIMIT_MS) : error
  }
  return count
}

function tooSlow({ definition, baseUrl }: Connection, limitMs: number): ProviderFailure {
  const { host } = new URL(baseUrl)
  return new ProviderFailure(ProviderError.TimedOut, `${definition.name} (${host}) did not answer in ${limitMs} ms`, {
    details: { provider: definition.name, host, seconds: limitMs / 1000 },
    retryable: true,
  })
}

import type { ServerActivity, ServerModelDetails } from '@contract/entities/server'
import { ProviderError } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { SyncCount } from '@main/data/model-store'
import type { ServerRow } from '@main/data/server-store'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection, ModelHost } from '@main/providers/spec/protocol'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider } from '@main/settings/provider-directory'
import type { ServerChecks } from './server-checks'
import type { ServerList } from './server-list'

const ASK_LIMIT_MS = 8000
/** Deleting many gigabytes from a slow disk takes a while. */
const DELETE_LIMIT_MS = 60_000

/** What a server holds: asked of the server itself each time. */
export interface HostModels {
  activity(id: ServerId): Promise<ServerActivity>
  details(id: ServerId, model: string): Promise<ServerModelDetails>
  remove(id: ServerId, model: string): Promise<void>
}

interface Asked {
  host: ModelHost
  connection: Connection
  server: ServerRow
  signal: AbortSignal
}

export function createHostModels(ports: {
  rows: ServerList
  checks: ServerChecks
  connections: Connections
  refreshModels: (provider: KnownProvider, server: ServerRow, signal: AbortSignal) => Promise<SyncCount>
  /** Fabula's own calls at a server. */
  callsAt: (id: ServerId) => ServerActivity['calls']
}): HostModels {
  const { rows, checks, connections, refreshModels, callsAt } = ports

  const ask = async <Answer>(
    id: ServerId,
    limitMs: number,
    work: (asked: Asked) => Promise<Answer>
  ): Promise<Answer> => {
    const signal = AbortSignal.timeout(limitMs)
    const server = rows.row(id)
    try {
      const connection = connections.toServer(checks.provider(), server)
      return await work({ host: await checks.host(), connection, server, signal })
    } catch (error) {
      if (!signal.aborted) throw error
      throw new ProviderFailure(ProviderError.TimedOut, `${server.name} did not answer in ${limitMs / 1000} s`, {
        details: { provider: server.name, seconds: limitMs / 1000 },
        retryable: true,
      })
    }
  }

  return {
    activity: (id) =>
      ask(id, ASK_LIMIT_MS, async ({ host, connection, signal }) => ({
        models: await host.running(connection, signal),
        calls: callsAt(id),
      })),
    details: (id, model) =>
      ask(id, ASK_LIMIT_MS, ({ host, connection, signal }) => host.details(connection, model, signal)),
    remove: (id, model) =>
      ask(id, DELETE_LIMIT_MS, async ({ host, connection, server, signal }) => {
        await host.remove(connection, model, signal)
        await refreshModels(checks.provider(), server, signal)
      }),
  }
}

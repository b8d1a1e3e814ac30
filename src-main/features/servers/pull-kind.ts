import { PULL, PullInput, PullProgress } from '@contract/entities/pull'
import type { SyncCount } from '@main/data/model-store'
import { jsonColumn } from '@main/data/json-column'
import type { ServerRow } from '@main/data/server-store'
import type { JobKind } from '@main/jobs/job-kind'
import type { Logger } from '@main/platform/logger'
import type { PullLine } from '@main/providers/spec/protocol'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider } from '@main/settings/provider-directory'
import type { ServerChecks } from './server-checks'
import type { ServerList } from './server-list'

const MODELS_LIMIT_MS = 30_000

/** Models on their way to servers: one at a time on each. What has come stays on the server, also when it is stopped. */
export function createPullKind(ports: {
  rows: ServerList
  checks: ServerChecks
  connections: Connections
  logger: Logger
  refreshModels: (provider: KnownProvider, server: ServerRow, signal: AbortSignal) => Promise<SyncCount>
}): JobKind<PullInput, PullProgress> {
  const { rows, checks, connections, logger, refreshModels } = ports
  return {
    id: PULL,
    schema: PullInput,
    input: jsonColumn(PullInput),
    progress: jsonColumn(PullProgress),
    nothingYet: { status: '', layers: [] },
    place: ({ serverId, model }) => {
      rows.row(serverId)
      return { key: `server/${serverId}`, subject: `${serverId}/${model}`, serverId }
    },
    run: async ({ input: { serverId, model, insecure }, progress, report, signal }) => {
      const server = rows.row(serverId)
      const host = await checks.host()
      let now = progress
      const connection = connections.toServer(checks.provider(), server)
      for await (const line of host.pull(connection, { model, insecure }, signal)) {
        now = withLine(now, line)
        report(now)
      }
      // The model is there, whether or not the list can be had now.
      await refreshModels(
        checks.provider(),
        server,
        AbortSignal.any([AbortSignal.timeout(MODELS_LIMIT_MS), signal])
      ).catch((error: unknown) =>
        logger.info('A server did not list its models after a pull', { id: server.id, cause: String(error) })
      )
    },
  }
}

/** Progress with one more line of what the server says. Layers stay in the order in which they first came up. */
function withLine({ layers }: PullProgress, { status, layer }: PullLine): PullProgress {
  if (!layer) return { status, layers }
  const at = layers.findIndex(({ digest }) => digest === layer.digest)
  return { status, layers: at < 0 ? [...layers, layer] : layers.with(at, layer) }
}

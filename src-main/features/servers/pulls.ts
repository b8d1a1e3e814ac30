import type { Pull } from '@contract/entities/server'
import { CommonError, FabulaError } from '@contract/errors'
import { PullId, type ServerId } from '@contract/ids'
import type { SyncCount } from '@main/data/model-store'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Logger } from '@main/platform/logger'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider } from '@main/settings/provider-directory'
import { atMostEvery } from './at-most-every'
import { withProgress } from './pull-progress'
import type { ServerChecks } from './server-checks'
import type { ServerList } from './server-list'

/** Progress is told at most this often, and kept less often: what is lost with a crash, the server tells again. */
const TELL_EVERY_MS = 100
const KEEP_EVERY_MS = 1000
const MODELS_LIMIT_MS = 30_000

/** Models on their way to servers: one at a time on each, and kept, so that a restart goes on with them. */
export interface Pulls {
  list(): Pull[]
  start(serverId: ServerId, model: string): Pull
  /** What has come stays on the server. */
  stop(id: PullId): Pull
  resume(id: PullId): Pull
  remove(id: PullId): void
  /** Stops those of a server that is about to be deleted. */
  leave(serverId: ServerId): void
  /** Goes on with what ran when the app was closed. */
  resumeAll(): void
  /** Ends the connections; what ran goes on after the next start. */
  close(): Promise<void>
}

interface Running {
  id: PullId
  controller: AbortController
  done: Promise<void>
  /** As it stands: newer than what is kept. Null until the server has said something. */
  now: Pull | null
}

/** The reason of a pull that was ended on purpose. */
class Ended extends Error {}

export function createPulls(ports: {
  stores: Stores
  rows: ServerList
  checks: ServerChecks
  connections: Connections
  events: EventHub
  clock: Clock
  logger: Logger
  explain: (error: unknown) => FabulaError
  refreshModels: (provider: KnownProvider, server: ServerRow, signal: AbortSignal) => Promise<SyncCount>
}): Pulls {
  const { stores, rows, checks, connections, events, clock, logger, explain, refreshModels } = ports
  const running = new Map<ServerId, Running>()
  let closing = false

  const get = (id: PullId): Pull => {
    const pull = stores.pulls.get(id)
    if (!pull) throw new FabulaError(CommonError.NotFound, `There is no pull ${id}`, { details: { path: 'id' } })
    return pull
  }
  /** Keeps a pull and says so. One that was removed meanwhile stays removed. */
  const keep = (pull: Pull): Pull => {
    const kept = { ...pull, updatedAt: timestamp(clock) }
    if (stores.pulls.get(pull.id)) stores.pulls.update(kept)
    events.changed('pulls')
    return kept
  }

  /** A pull as it stands now, where that is newer than what is kept. */
  const fresh = (pull: Pull): Pull => {
    const current = running.get(pull.serverId)?.now
    return current?.id === pull.id && pull.state === 'pulling' ? { ...pull, ...progressOf(current) } : pull
  }

  const load = async (pull: Pull, signal: AbortSignal): Promise<void> => {
    const server = rows.row(pull.serverId)
    const host = await checks.host()
    let now: Pull = keep({ ...pull, state: 'pulling', error: null })
    const tell = atMostEvery(TELL_EVERY_MS, () => events.publish('pull.progress', now))
    let kept = clock.now()
    try {
      for await (const progress of host.pull(connections.toServer(checks.provider(), server), pull.model, signal)) {
        // A line that was on its way when the pull was ended says nothing any more.
        if (signal.aborted) continue
        now = withProgress(now, progress)
        const current = running.get(pull.serverId)
        if (current?.id === pull.id) current.now = now
        tell.soon()
        const time = clock.now()
        if (time - kept < KEEP_EVERY_MS) continue
        kept = time
        if (stores.pulls.get(now.id)) stores.pulls.update(now)
      }
    } finally {
      tell.stop()
    }
    keep({ ...now, state: 'done', status: 'success' })
    // The model is there, whether or not the list can be had now.
    await refreshModels(
      checks.provider(),
      server,
      AbortSignal.any([AbortSignal.timeout(MODELS_LIMIT_MS), signal])
    ).catch((error: unknown) =>
      logger.info('A server did not list its models after a pull', { id: server.id, cause: String(error) })
    )
  }

  const run = async (pull: Pull, signal: AbortSignal): Promise<void> => {
    try {
      await load(pull, signal)
    } catch (error) {
      // What the app's end interrupts is still running, for the next start; what the user ended was kept as they wished,
      // and may be waiting again by now.
      if (closing || signal.reason instanceof Ended) return
      const kept = stores.pulls.get(pull.id)
      if (kept)
        keep({
          ...kept,
          ...progressOf(running.get(pull.serverId)?.now ?? kept),
          state: 'failed',
          error: explain(error).toShape(),
        })
    }
  }

  /** Begins the oldest waiting pull of a server that has none under way. */
  const advance = (serverId: ServerId) => {
    if (closing || running.has(serverId)) return
    const next = stores.pulls.list().findLast((pull) => pull.serverId === serverId && pull.state === 'waiting')
    if (!next) return
    const controller = new AbortController()
    const done = run(next, controller.signal).finally(() => {
      running.delete(serverId)
      advance(serverId)
    })
    running.set(serverId, { id: next.id, controller, done, now: null })
  }

  const end = (pull: Pull): boolean => {
    const current = running.get(pull.serverId)
    if (current?.id !== pull.id) return false
    current.controller.abort(new Ended('The pull was stopped'))
    return true
  }

  const wait = (pull: Pull): Pull => {
    const waiting = keep({ ...pull, state: 'waiting', error: null })
    advance(pull.serverId)
    return stores.pulls.get(pull.id) ?? waiting
  }
  const isUnderWay = ({ state }: Pull) => state === 'waiting' || state === 'pulling'

  return {
    list: () => stores.pulls.list().map(fresh),

    start: (serverId, model) => {
      rows.row(serverId)
      const known = stores.pulls.find(serverId, model)
      if (known && isUnderWay(known)) return known
      const now = timestamp(clock)
      if (known)
        return wait({ ...known, createdAt: now, ...(known.state === 'done' ? { layers: [], status: '' } : {}) })
      const pull: Pull = {
        id: newId(PullId),
        serverId,
        model,
        state: 'waiting',
        status: '',
        layers: [],
        error: null,
        createdAt: now,
        updatedAt: now,
      }
      stores.pulls.insert(pull)
      return wait(pull)
    },

    stop: (id) => {
      const pull = get(id)
      if (!isUnderWay(pull)) return pull
      const stopped = keep({ ...fresh(pull), state: 'stopped' })
      end(pull)
      return stopped
    },

    resume: (id) => {
      const pull = get(id)
      return isUnderWay(pull) || pull.state === 'done' ? pull : wait(pull)
    },

    remove: (id) => {
      const pull = get(id)
      stores.pulls.remove(id)
      end(pull)
      events.changed('pulls')
    },

    leave: (serverId) => {
      running.get(serverId)?.controller.abort(new Ended('The server was deleted'))
    },

    resumeAll: () => {
      for (const pull of stores.pulls.list())
        if (pull.state === 'pulling' && running.get(pull.serverId)?.id !== pull.id) keep({ ...pull, state: 'waiting' })
      for (const { id } of rows.rows()) advance(id)
    },

    close: async () => {
      closing = true
      for (const { controller } of running.values()) controller.abort(new Ended('The app closes'))
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

const progressOf = ({ layers, status }: Pull): Pick<Pull, 'layers' | 'status'> => ({ layers, status })

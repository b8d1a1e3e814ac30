import type { Job } from '@contract/entities/job'
import { CommonError, FabulaError } from '@contract/errors'
import { JobId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { JobRow } from '@main/data/job-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Logger } from '@main/platform/logger'
import { atMostEvery } from './at-most-every'
import type { RegisteredKind, Reported } from './job-kind'

/** Progress is told four times a second at most, and kept less often: a job that was cut off may do a second's work again. */
const TELL_EVERY_MS = 250
const KEEP_EVERY_MS = 1000

const DAY_MS = 86_400_000
/** How long a job stays on the list after it came to its end. */
const KEEP_DONE_MS = 7 * DAY_MS
const KEEP_UNDONE_MS = 30 * DAY_MS

/** All that takes longer than a request: kept, so that a restart goes on with it, and of each key one at a time. */
export interface Jobs {
  /** Of one kind, newest first. */
  list(kind: string, ids?: readonly JobId[]): Job[]
  /** The one of a kind that is about this; see `subject` of a job's place. */
  about(kind: string, subject: string): Job | null
  /** Begins, or waits for the one before it. The same work is begun once: what was stopped or failed goes on. */
  start(kind: string, input: JsonObject): Job
  stop(id: JobId): Job
  resume(id: JobId): Job
  /** Takes it off the list; one that runs is stopped first. */
  remove(id: JobId): void
  /** Goes on with what ran when the app was closed, and forgets what ended long ago. */
  resumeAll(): void
  /** Ends what runs; it goes on after the next start. */
  close(): Promise<void>
}

interface Running {
  id: JobId
  controller: AbortController
  done: Promise<void>
  /** How far it is: newer than what is kept. Null until it said something. */
  now: Reported | null
}

/** The reason of a job that was ended on purpose. */
class Ended extends Error {}

export function createJobs(ports: {
  kinds: readonly RegisteredKind[]
  stores: Stores
  events: EventHub
  clock: Clock
  logger: Logger
  toUserError: (error: unknown) => FabulaError
}): Jobs {
  const { stores, events, clock, logger, toUserError } = ports
  const kinds = new Map(ports.kinds.map((kind) => [kind.id, kind]))
  const running = new Map<string, Running>()
  let closing = false

  const kindOf = (id: string): RegisteredKind => {
    const kind = kinds.get(id)
    if (!kind)
      throw new FabulaError(CommonError.NotFound, `There is no kind of job ${id}`, { details: { path: 'kind' } })
    return kind
  }
  const get = (id: JobId): JobRow => {
    const row = stores.jobs.get(id)
    if (!row) throw new FabulaError(CommonError.NotFound, `There is no job ${id}`, { details: { path: 'id' } })
    return row
  }
  /** Keeps a job and says so. One that was removed meanwhile stays removed. */
  const keep = (row: JobRow): JobRow => {
    const kept = { ...row, updatedAt: timestamp(clock) }
    stores.jobs.update(kept)
    events.changed({ topic: 'jobs', ids: [kept.id] })
    return kept
  }

  const runningOf = (row: JobRow): Running | null => {
    const current = running.get(row.key)
    return current?.id === row.id ? current : null
  }
  const view = (row: JobRow): Job => {
    const { id, kind, state, error, createdAt, updatedAt } = row
    const { input, progress } = kindOf(kind).read(row)
    const now = state === 'running' ? runningOf(row)?.now : null
    return { id, kind, state, input, progress: now?.told ?? progress, error, createdAt, updatedAt }
  }
  /** One that cannot be read must not hide the others. */
  const viewIfReadable = (row: JobRow): Job | null => {
    try {
      return view(row)
    } catch (error) {
      logger.warn('A job cannot be read', { id: row.id, kind: row.kind, cause: String(error) })
      return null
    }
  }
  /** A row as far as its job really is. */
  const upToDate = (row: JobRow): JobRow => {
    const now = runningOf(row)?.now
    return now ? { ...row, progress: now.kept() } : row
  }

  const run = async (row: JobRow, current: Omit<Running, 'done'>): Promise<void> => {
    const { signal } = current.controller
    const tell = atMostEvery(TELL_EVERY_MS, () => {
      const job = stores.jobs.get(row.id)
      if (job?.state === 'running') events.publish('job.progress', view(job))
    })
    const keepProgress = atMostEvery(KEEP_EVERY_MS, () => {
      try {
        const job = stores.jobs.get(row.id)
        if (job?.state === 'running') stores.jobs.update(upToDate(job))
      } catch (error) {
        logger.warn('The progress of a job could not be kept', { id: row.id, cause: String(error) })
      }
    })
    const report = (progress: Reported) => {
      // What was on its way when the job was ended says nothing any more.
      if (signal.aborted) return
      current.now = progress
      tell.soon()
      keepProgress.soon()
    }
    try {
      const begun = keep({ ...row, state: 'running', error: null })
      await kindOf(row.kind).run(begun, report, signal)
      if (!signal.aborted) keepEnd(row, { state: 'done', error: null })
    } catch (error) {
      // What the app's end interrupts is still running, for the next start; what the user ended was kept as they wished,
      // and may be waiting again by now.
      if (!(signal.reason instanceof Ended)) keepEnd(row, { state: 'failed', error: toUserError(error).toShape() })
    } finally {
      tell.stop()
      keepProgress.stop()
    }
  }
  const keepEnd = ({ id }: JobRow, end: Pick<JobRow, 'state' | 'error'>) => {
    const row = stores.jobs.get(id)
    if (row) keep({ ...upToDate(row), ...end })
  }

  const runAndGoOn = async (row: JobRow, current: Running): Promise<void> => {
    try {
      await run(row, current).finally(() => running.delete(row.key))
      forgetOld()
      advance(row.key)
    } catch (error) {
      // Where nothing can be kept, going on would be the same again without end.
      logger.error('A job could not be kept', { id: row.id, cause: String(error) })
    }
  }

  /** Begins the oldest waiting job of a key of which none runs. */
  const advance = (key: string) => {
    if (closing || running.has(key)) return
    const next = stores.jobs.nextWaiting(key)
    if (!next) return
    const current: Running = { id: next.id, controller: new AbortController(), done: Promise.resolve(), now: null }
    running.set(key, current)
    current.done = runAndGoOn(next, current)
  }

  const end = (row: JobRow) => runningOf(row)?.controller.abort(new Ended('The job was stopped'))
  const wait = (row: JobRow): Job => {
    const waiting = keep({ ...row, state: 'waiting', error: null })
    advance(row.key)
    return view(stores.jobs.get(row.id) ?? waiting)
  }
  const isUnderWay = ({ state }: JobRow) => state === 'waiting' || state === 'running'

  const forgetOld = () => {
    const before = (ms: number) => new Date(clock.now() - ms).toISOString()
    stores.jobs.removeEnded('done', before(KEEP_DONE_MS))
    stores.jobs.removeEnded('stopped', before(KEEP_UNDONE_MS))
    stores.jobs.removeEnded('failed', before(KEEP_UNDONE_MS))
  }

  // A job goes with what it is for, whoever deletes that.
  const stopListening = events.subscribe(({ name, payload }) => {
    if (name !== 'data.changed' || !payload.topics.includes('jobs')) return
    for (const { id, controller } of running.values())
      if (!stores.jobs.get(id)) controller.abort(new Ended('The job was removed'))
  })

  return {
    list: (kind, ids) => stores.jobs.ofKind(kind, ids).flatMap((row) => viewIfReadable(row) ?? []),
    about: (kind, subject) => {
      const row = stores.jobs.find(kind, subject)
      return row && viewIfReadable(row)
    },

    start: (kind, input) => {
      const accepted = kindOf(kind).accept(input)
      const now = timestamp(clock)
      const known = stores.jobs.find(kind, accepted.subject)
      if (known && isUnderWay(known)) return view(known)
      if (known) {
        // Done work is done anew; other work goes on where it was.
        const progress = known.state === 'done' ? accepted.progress : known.progress
        return wait({ ...known, input: accepted.input, progress, createdAt: now })
      }
      const row: JobRow = {
        ...accepted,
        id: newId(JobId),
        kind,
        state: 'waiting',
        error: null,
        createdAt: now,
        updatedAt: now,
      }
      stores.jobs.insert(row)
      return wait(row)
    },

    stop: (id) => {
      const row = get(id)
      if (!isUnderWay(row)) return view(row)
      const stopped = keep({ ...upToDate(row), state: 'stopped' })
      end(row)
      return view(stopped)
    },

    resume: (id) => {
      const row = get(id)
      return isUnderWay(row) || row.state === 'done' ? view(row) : wait(row)
    },

    remove: (id) => {
      const row = get(id)
      stores.jobs.remove(id)
      end(row)
      events.changed({ topic: 'jobs', ids: [id] })
    },

    resumeAll: () => {
      forgetOld()
      const rows = stores.jobs.list().filter(({ kind }) => kinds.has(kind))
      for (const row of rows) if (row.state === 'running' && !runningOf(row)) keep({ ...row, state: 'waiting' })
      for (const key of new Set(rows.map((row) => row.key))) advance(key)
    },

    close: async () => {
      closing = true
      stopListening()
      for (const { controller } of running.values()) controller.abort(new Ended('The app closes'))
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

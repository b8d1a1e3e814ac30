import { statSync } from 'node:fs'
import type { Backup, BackupList, BackupReason } from '@contract/entities/backup'
import { BackupError, CommonError, FabulaError, StorageError, type ErrorShape } from '@contract/errors'
import { listBackups, newBackupFile, removeBackup, removeUnfinished, type BackupFile } from '@main/data/backup-folder'
import { backupsIn, databaseIn } from '@main/data/data-folder'
import type { Clock } from '@main/platform/clock'
import { createDaily, type Daily } from '@main/platform/daily'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { BackupTask } from '@main/workers/backup-tasks'
import { outdatedBackups } from './rotation'

/** Copies of the database: made every day, before an update and by hand, and put back when the user says so. */
export interface Backups {
  list(): BackupList
  /** Makes one now. */
  make(): Promise<Backup>
  remove(id: string): Promise<void>
  /** Puts one into the place of the database; see `swap`. */
  restore(id: string): Promise<ErrorShape | null>
  /** Why the last one that was due could not be made. */
  problem(): FabulaError | null
  /** Makes one each day on which something changed. */
  daily: Pick<Daily<'database'>, 'start' | 'look' | 'stop'>
  /** Ends a copy that is under way. */
  close(): Promise<void>
}

/** That must stay free on the disk beside a copy, in bytes. */
const ROOM_TO_SPARE = 256_000_000
const MEGABYTE = 1_000_000
/** A new database gets its first backup after an hour and not after a day: the first evening is the longest. */
const FIRST_AFTER_MS = 3_600_000
const DAY_MS = 24 * 3_600_000

export function createBackups(ports: {
  dataDir: string
  /** The newest schema that this Fabula knows. */
  knownVersion: number
  /** When the database was made; null where there is none that could be copied. */
  madeAt: number | null
  /** Why nothing can be saved in this session. */
  storageProblem: FabulaError | null
  /** Whether damage was found: copies of a damaged database must not push out the sound ones. */
  isDamaged: () => boolean
  run: (task: BackupTask, signal: AbortSignal) => Promise<boolean>
  /** Bytes that the user may still write to the disk of a folder. */
  freeBytes: (folder: string) => number
  /** Closes this core, puts the staged copy in place, and opens another; gives what then stands in the way. */
  swap: (reason: BackupReason) => Promise<ErrorShape | null>
  events: EventHub
  clock: Clock
  logger: Logger
  toUserError: (error: unknown) => FabulaError
}): Backups {
  const { dataDir, knownVersion, madeAt, storageProblem, events, clock, logger } = ports
  const folder = backupsIn(dataDir)
  const closing = new AbortController()
  /** What was found damaged when it was to be restored. */
  const damaged = new Set<string>()
  /** When the database was last found to be what the newest backup has. */
  let sameAt = 0
  let problem: FabulaError | null = null
  let last: Promise<unknown> = Promise.resolve()
  let running: Promise<unknown> = Promise.resolve()

  /** One after the other: none deletes or replaces what another reads. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
  const run = (task: BackupTask): Promise<boolean> => {
    const done = ports.run(task, closing.signal)
    running = done.catch(() => undefined)
    return done
  }

  const stateOf = ({ id, version }: BackupFile): Backup['state'] => {
    if (version === null || damaged.has(id)) return 'damaged'
    return version > knownVersion ? 'newer' : 'ready'
  }
  const shown = (one: BackupFile): Backup => {
    const { id, at, reason, bytes, version } = one
    return { id, at, reason, bytes, version, state: stateOf(one) }
  }
  const find = (id: string): BackupFile => {
    const found = listBackups(folder).find((one) => one.id === id)
    if (!found) throw new FabulaError(CommonError.NotFound, `There is no backup ${id}`, { details: { path: 'id' } })
    return found
  }
  const needRoom = (bytes: number) => {
    if (ports.freeBytes(dataDir) >= bytes + ROOM_TO_SPARE) return
    throw new FabulaError(BackupError.NoRoom, 'There is no room for a copy of the database', {
      details: { megabytes: Math.ceil((bytes + ROOM_TO_SPARE) / MEGABYTE), folder: dataDir },
      retryable: true,
    })
  }
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

  /** Null when nothing has changed since `unlessLike`. */
  const copy = async (reason: BackupReason, unlessLike: string | null): Promise<BackupFile | null> => {
    if (storageProblem) throw storageProblem
    const database = databaseIn(dataDir)
    removeUnfinished(folder)
    needRoom(sizeOf(database) + sizeOf(`${database}-wal`))
    const file = newBackupFile(folder, clock.now(), reason)
    const isKept = await run({ kind: 'copy', database, file, unlessLike })
    const all = listBackups(folder)
    const outdated = new Set(outdatedBackups(all))
    for (const one of all) if (outdated.has(one.id)) removeBackup(one)
    return isKept ? (all.find((one) => one.file === file) ?? null) : null
  }

  const setProblem = (error: unknown) => {
    if (error === null && problem === null) return
    problem = error === null ? null : ports.toUserError(error)
    events.changed('storage')
  }
  /** Those of the state that is there now: what was put aside is another's. */
  const newest = () => listBackups(folder).find(({ reason }) => reason !== 'restore' && reason !== 'kept')

  const daily = createDaily<'database'>({
    all: () => {
      if (madeAt === null || storageProblem || ports.isDamaged()) return []
      const at = Math.max(sameAt, Date.parse(newest()?.at ?? '') || madeAt + FIRST_AFTER_MS - DAY_MS)
      return [{ id: 'database', last: new Date(at).toISOString() }]
    },
    ask: () =>
      inTurn(async () => {
        const made = await copy('daily', newest()?.file ?? null)
        if (made === null) sameAt = clock.now()
        else events.changed('backups')
        setProblem(null)
      }),
    onFailure: (_id, error) => {
      if (closing.signal.aborted) return
      logger.error('The backup that was due could not be made', { cause: String(error) })
      setProblem(error)
    },
    clock,
  })

  return {
    list: () => ({ folder, backups: listBackups(folder).map(shown) }),
    make: () =>
      inTurn(async () => {
        const made = await copy('hand', null)
        if (!made) throw new Error('A backup that was just made is not there')
        setProblem(null)
        events.changed('backups')
        return shown(made)
      }),
    remove: (id) =>
      inTurn(async () => {
        removeBackup(find(id))
        events.changed('backups')
      }),
    restore: (id) =>
      inTurn(async () => {
        // Whoever has the folder would find another database in it.
        if (storageProblem?.code === StorageError.DataFolderInUse) throw storageProblem
        const backup = find(id)
        needRoom(backup.bytes)
        try {
          await run({ kind: 'stage', backup: backup.file, dataDir })
        } catch (error) {
          if (error instanceof FabulaError && error.code === BackupError.Damaged) {
            damaged.add(id)
            events.changed('backups')
          }
          throw error
        }
        return ports.swap(storageProblem || ports.isDamaged() ? 'kept' : 'restore')
      }),
    problem: () => problem,
    daily,
    close: async () => {
      daily.stop()
      closing.abort(new Error('The app closes'))
      await running
    },
  }
}

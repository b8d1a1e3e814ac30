import { existsSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FabulaError, StorageError } from '@contract/errors'
import { systemClock, timestamp } from '@main/platform/clock'
import type { Logger } from '@main/platform/logger'
import { newBackupFile } from './backup-folder'
import { backupsIn, databaseIn, lockIn } from './data-folder'
import { openDatabase, openDatabaseForReading, type Db } from './database'
import { lockFolder } from './folder-lock'
import { giveUpMissing, markMade, refuseEmptied } from './made-mark'
import { migrate, refuseNewer } from './migrator'
import { copyForReading, type ReadCopy } from './read-copy'
import { finishRestore } from './restored-database'
import { storageFailure } from './storage-failure'
import { createStores, type Stores } from './stores'
import { logUnreadable } from './unreadable-log'

export interface Storage {
  stores: Stores
  /** Why nothing can be saved in this session; null when all is well. Reading works either way. */
  problem: FabulaError | null
  /** The database, for threads that read it; null where it is in memory alone, and empty. */
  file: string | null
  close(): void
}

/** Puts in place what the app needs to be there; what it writes does not count as the user's work. */
export type Prepare = (stores: Stores) => void

/**
 * Opens the data folder. When it cannot be written, or its database is newer, damaged, or in use, the app still starts:
 * with a copy of the database that can be read but not changed (with nothing, where there is nothing to read), and
 * `problem` says why. What is in the folder stays as it is.
 */
export function openStorage(folder: string, logger: Logger, prepare: Prepare): Storage {
  const endLog = logUnreadable(logger)
  const storage = openForWork(folder, logger, prepare)
  return {
    ...storage,
    close: () => {
      storage.close()
      endLog()
    },
  }
}

function openForWork(folder: string, logger: Logger, prepare: Prepare): Storage {
  try {
    return openForWriting(folder, prepare)
  } catch (error) {
    const problem = problemOf(error, folder)
    logger.error('The data folder cannot be used for writing', { code: problem.code, cause: String(error) })
    return openForReading(folder, problem, prepare)
  }
}

/** Whatever stands in the way, the app starts; what was not foreseen shows as what the system said. */
function problemOf(error: unknown, folder: string): FabulaError {
  const known = error instanceof FabulaError ? error : storageFailure(error, folder)
  if (!known)
    return new FabulaError(StorageError.Failed, 'The data folder cannot be used', {
      details: { folder, reason: error instanceof Error ? error.message : String(error) },
      cause: error,
    })
  if (known.code !== StorageError.DatabaseDamaged) return known
  const path = databaseIn(folder)
  return FabulaError.from({ ...known.toShape(), details: { ...known.details, path } }, error)
}

function openForWriting(folder: string, prepare: Prepare): Storage {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(lockIn(folder), folder)
  let db: Db | undefined
  try {
    const file = databaseIn(folder)
    finishRestore(folder)
    refuseEmptied(file, folder)
    refuseNewerFile(file)
    db = openDatabase(file)
    migrate(db, () => newBackupFile(backupsIn(folder), systemClock.now(), 'update'))
    const opened = db
    const stores = createStores(opened)
    // At once: each commit would wait for the disk.
    stores.transaction(() => prepare(stores))
    markMade(file, timestamp(systemClock))
    return {
      stores,
      problem: null,
      file,
      close: () => {
        opened.close()
        unlock()
      },
    }
  } catch (error) {
    db?.close()
    unlock()
    throw error
  }
}

/** Looks at a database without touching it: opening it for writing would already take in its write-ahead log. */
function refuseNewerFile(file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return
  const db = openDatabaseForReading(file)
  try {
    refuseNewer(db)
  } finally {
    db.close()
  }
}

/** Errors for which the database that is there can still be read. */
const readable = new Set<string>([StorageError.ReadOnly, StorageError.Full, StorageError.DataFolderInUse])

function openForReading(folder: string, problem: FabulaError, prepare: Prepare): Storage {
  let copy: ReadCopy | null = null
  let db: Db | null = null
  try {
    if (readable.has(problem.code) && existsSync(databaseIn(folder))) {
      copy = copyForReading(databaseIn(folder))
      db = openDatabase(copy.file)
      return readOnly(db, copy, problem, prepare)
    }
  } catch {
    db?.close()
    copy?.remove()
  }
  return readNothing(problem, prepare)
}

/** An empty database: a file, so that threads find it too, wherever one can be made. */
function readNothing(problem: FabulaError, prepare: Prepare): Storage {
  try {
    const empty = copyForReading(join(tmpdir(), 'fabula-no-database'))
    return readOnly(openDatabase(empty.file), empty, problem, prepare)
  } catch {
    return readOnly(openDatabase(':memory:'), null, problem, prepare)
  }
}

function readOnly(db: Db, copy: ReadCopy | null, problem: FabulaError, prepare: Prepare): Storage {
  migrate(db, () => null)
  const stores = createStores(db)
  prepare(stores)
  db.pragma('query_only = ON')
  return {
    stores,
    problem,
    file: copy?.file ?? null,
    close: () => {
      db.close()
      copy?.remove()
    },
  }
}

/** Lets the next opening of a folder begin with an empty database, where the one that was there is missing. */
export const startWithEmptyDatabase = (folder: string) =>
  giveUpMissing(databaseIn(folder), backupsIn(folder), timestamp(systemClock))

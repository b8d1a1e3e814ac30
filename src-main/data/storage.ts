import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FabulaError, StorageError } from '@contract/errors'
import type { Logger } from '@main/platform/logger'
import { openDatabase, type Db } from './database'
import { lockFolder } from './folder-lock'
import { migrate } from './migrator'
import { storageFailure } from './storage-failure'

export interface Storage {
  db: Db
  /** Why nothing can be saved in this session; null when all is well. Reading works either way. */
  problem: FabulaError | null
  /** From here on nothing can be written; called when there is a problem, once what the app needs is in place. */
  forbidWriting(): void
  close(): void
}

const DATABASE = 'fabula.sqlite'

/**
 * Opens the data folder. When it cannot be written, or its database is newer, damaged, or in use, the app still starts:
 * with a copy of the database that can be read but not changed (with nothing, where there is nothing to read), and
 * `problem` says why. What is in the folder stays as it is.
 */
export function openStorage(folder: string, logger: Logger): Storage {
  try {
    return openForWriting(folder)
  } catch (error) {
    const problem = error instanceof FabulaError ? error : storageFailure(error, folder)
    if (!problem) throw error
    logger.error('The data folder cannot be used for writing', { code: problem.code, cause: String(error) })
    return openForReading(folder, problem)
  }
}

function openForWriting(folder: string): Storage {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(join(folder, 'in-use.lock'), folder)
  let db: Db | undefined
  try {
    db = openDatabase(join(folder, DATABASE))
    migrate(db, (version) => {
      const backups = join(folder, 'backups')
      mkdirSync(backups, { recursive: true, mode: 0o700 })
      const copy = join(backups, `before-migration-from-${version}.sqlite`)
      rmSync(copy, { force: true })
      return copy
    })
    const opened = db
    return {
      db: opened,
      problem: null,
      forbidWriting: () => void opened.pragma('query_only = ON'),
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

/** Errors for which the database that is there can still be read. */
const readable = new Set<string>([StorageError.ReadOnly, StorageError.Full, StorageError.DataFolderInUse])

function openForReading(folder: string, problem: FabulaError): Storage {
  let copies: string | null = null
  let db: Db | null = null
  try {
    if (readable.has(problem.code) && existsSync(join(folder, DATABASE))) {
      copies = mkdtempSync(join(tmpdir(), 'fabula-read-'))
      for (const end of ['', '-wal']) {
        const file = join(folder, DATABASE + end)
        if (existsSync(file)) copyFileSync(file, join(copies, DATABASE + end))
      }
      db = openDatabase(join(copies, DATABASE))
      migrate(db, () => null)
    }
  } catch {
    db?.close()
    db = null
  }
  if (!db) {
    db = openDatabase(':memory:')
    migrate(db, () => null)
  }
  const opened = db
  return {
    db: opened,
    problem,
    forbidWriting: () => void opened.pragma('query_only = ON'),
    close: () => {
      opened.close()
      if (copies) rmSync(copies, { recursive: true, force: true })
    },
  }
}

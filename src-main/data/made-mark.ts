import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FabulaError, StorageError } from '@contract/errors'

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0
const markOf = (database: string) => `${database}.made`
const logOf = (database: string) => `${database}-wal`

/**
 * Throws `database_missing` where a database was and is no more: its file is gone or empty, but the mark that one was made
 * here is left, or its write-ahead log. To open an empty file would make a new database, and SQLite would throw the log away.
 */
export function refuseEmptied(database: string, folder: string): void {
  if (sizeOf(database) > 0) return
  if (!existsSync(markOf(database)) && sizeOf(logOf(database)) === 0) return
  throw new FabulaError(StorageError.DatabaseMissing, 'There was a database here, and now it is gone or empty', {
    details: { folder, path: database },
  })
}

/** Notes beside a database that there is one. Throws what the file system says. */
export function markMade(database: string, now: string): void {
  if (!existsSync(markOf(database))) writeFileSync(markOf(database), `${now}\n`, { mode: 0o600 })
}

/** When the database was made, in milliseconds since 1970; null where nothing says so. */
export function madeAt(database: string): number | null {
  if (!existsSync(markOf(database))) return null
  return Date.parse(readFileSync(markOf(database), 'utf8').trim()) || null
}

/**
 * Lets the next opening make a new database where one is missing. What is left of the old one goes to `backups`; a
 * database with anything in it is never touched.
 */
export function giveUpMissing(database: string, backups: string, now: string): void {
  if (sizeOf(database) > 0) return
  if (sizeOf(logOf(database)) > 0) {
    mkdirSync(backups, { recursive: true, mode: 0o700 })
    renameSync(logOf(database), join(backups, `left-over-${now.replaceAll(':', '-')}.sqlite-wal`))
  }
  rmSync(markOf(database), { force: true })
}

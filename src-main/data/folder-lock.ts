import Database from 'better-sqlite3'
import { truncateSync } from 'node:fs'
import { FabulaError, StorageError } from '@contract/errors'

const codeOf = (error: unknown) => (error instanceof Database.SqliteError ? error.code : '')

/**
 * Takes the data folder for this process, so that two windows of two shells never write the same stories. It is an
 * exclusive SQLite lock and not a file with a process id: the operating system drops it however the process ends.
 * Throws `data_folder_in_use`. Returns the function that gives the folder back.
 */
export function lockFolder(file: string, folder: string): () => void {
  try {
    return takeLock(file, folder)
  } catch (error) {
    // Nothing is kept in this file. SQLite looks for locks before it reads a file, so nobody holds one that it could read
    // and found damaged. Emptied and not removed: of two processes that do this at once, both then lock the same file.
    if (!/^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error))) throw error
    truncateSync(file)
    return takeLock(file, folder)
  }
}

function takeLock(file: string, folder: string): () => void {
  const lock = new Database(file)
  try {
    lock.pragma('busy_timeout = 0')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (codeOf(error) === 'SQLITE_BUSY')
      throw new FabulaError(StorageError.DataFolderInUse, 'Another Fabula uses this data folder', {
        details: { folder },
        retryable: true,
        cause: error,
      })
    throw error
  }
  return () => lock.close()
}

import Database from 'better-sqlite3'
import { FabulaError, StorageError } from '@contract/errors'

/**
 * Takes the data folder for this process, so that two windows of two shells never write the same stories. It is an
 * exclusive SQLite lock and not a file with a process id: the operating system drops it however the process ends.
 * Throws `data_folder_in_use`. Returns the function that gives the folder back.
 */
export function lockFolder(file: string, folder: string): () => void {
  const lock = new Database(file)
  try {
    lock.pragma('busy_timeout = 0')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY')
      throw new FabulaError(StorageError.DataFolderInUse, 'Another Fabula uses this data folder', {
        details: { folder },
        retryable: true,
        cause: error,
      })
    throw error
  }
  return () => lock.close()
}

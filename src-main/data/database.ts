import Database from 'better-sqlite3'
import { addSqlFunctions } from './sql-functions'

export type Db = Database.Database

/**
 * Opens a database file as Fabula uses it: write-ahead log, foreign keys checked, every commit on the disk, and nothing
 * left in free pages of what was deleted.
 */
export function openDatabase(file: string): Db {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 2000')
  db.pragma('secure_delete = ON')
  return addSqlFunctions(db)
}

/** Opens a database file that must be there, and changes nothing of it. */
export const openDatabaseForReading = (file: string): Db =>
  addSqlFunctions(new Database(file, { readonly: true, fileMustExist: true }))

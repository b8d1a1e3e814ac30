import Database from 'better-sqlite3'
import { openDatabaseForReading } from './database'

/**
 * What SQLite's quick check says of the first damage in a database file, or null when it finds none. It reads every page,
 * so it takes about as long as reading the file. https://www.sqlite.org/pragma.html#pragma_quick_check
 */
export function findDamage(file: string): string | null {
  const db = openDatabaseForReading(file)
  try {
    const found = String(db.pragma('quick_check(1)', { simple: true }))
    return found === 'ok' ? null : found
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return error.message
    throw error
  } finally {
    db.close()
  }
}

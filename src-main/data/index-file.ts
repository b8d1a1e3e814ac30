import Database from 'better-sqlite3'
import { rmSync } from 'node:fs'
import type { Db } from './database'

/** The files that SQLite keeps beside a database with a write-ahead log. */
const SUFFIXES = ['', '-wal', '-shm']

export const removeIndexFile = (file: string): void => {
  for (const suffix of SUFFIXES) rmSync(file + suffix, { force: true })
}

/** What SQLite says of a file that it cannot read: https://www.sqlite.org/rescode.html */
export const isDamage = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)

/**
 * Opens a file of what can be made anew from the database. One of another version, or a damaged one, is replaced by an
 * empty one. A commit may be lost with the power; nothing is left in free pages of what was deleted.
 *
 * @param version of the schema, from 1
 */
export function openIndexFile(file: string, version: number, schema: string): Db {
  try {
    return open(file, version, schema)
  } catch (error) {
    if (!isDamage(error) && !(error instanceof OtherVersion)) throw error
    removeIndexFile(file)
    return open(file, version, schema)
  }
}

class OtherVersion extends Error {}

function open(file: string, version: number, schema: string): Db {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('secure_delete = ON')
    const found = db.pragma('user_version', { simple: true })
    if (found === version) {
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      return db
    }
    const isNew = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
    if (!isNew) throw new OtherVersion(`The index has version ${String(found)}`)
    db.transaction(() => {
      db.exec(schema)
      db.pragma(`user_version = ${version}`)
    })()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

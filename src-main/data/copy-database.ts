import { createHash } from 'node:crypto'
import { chmodSync, closeSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { FabulaError, StorageError } from '@contract/errors'
import type { Db } from './database'
import { findDamage } from './database-check'
import { syncFile, syncFolder } from './durable-files'

/**
 * Writes a copy of a database: as it is at this moment, in one file, checked page by page, and under its name only when the
 * disk has all of it. Others may write to the database meanwhile. Throws `database_damaged` and what SQLite and the file system
 * say; nothing is left then.
 *
 * `VACUUM INTO` and not SQLite's own backup: that one starts again whenever somebody else writes, copies damage along, and
 * takes the empty pages too.
 *
 * @param unlessLike a copy that is there already
 * @returns false when the new one would have been the same as that, and was not kept
 */
export function copyDatabase(db: Db, file: string, unlessLike: string | null = null): boolean {
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    db.prepare('VACUUM INTO ?').run(part)
    const reason = findDamage(part)
    if (reason !== null)
      throw new FabulaError(StorageError.DatabaseDamaged, 'The copy of the database is damaged', {
        details: { reason },
      })
    if (unlessLike !== null && isSame(part, unlessLike)) return false
    chmodSync(part, 0o600)
    syncFile(part)
    renameSync(part, file)
    syncFolder(dirname(file))
    return true
  } finally {
    rmSync(part, { force: true })
  }
}

/** What SQLite writes so is the same byte by byte where the same is in it. */
const isSame = (one: string, other: string): boolean =>
  statSync(one).size === statSync(other, { throwIfNoEntry: false })?.size && digestOf(one) === digestOf(other)

function digestOf(file: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(1_000_000)
  const handle = openSync(file, 'r')
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece))
      hash.update(piece.subarray(0, read))
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

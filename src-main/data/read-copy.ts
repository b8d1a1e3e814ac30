import { copyFileSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { lockFolder } from './folder-lock'

const PREFIX = 'fabula-read-'
const LOCK = 'in-use.lock'
/** A copy that was begun so lately may be one whose process has not locked it yet. Milliseconds. */
const YOUNG_MS = 60_000

/** A copy of a database in the temporary folder, for a session that cannot write to the original. */
export interface ReadCopy {
  file: string
  remove(): void
}

/** Copies a database with its write-ahead log. The copy is locked for as long as this process lives, so that it can be told from one that a kill left. */
export function copyForReading(database: string): ReadCopy {
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  const unlock = lockFolder(join(folder, LOCK), folder)
  const remove = () => {
    unlock()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const file = join(folder, basename(database))
    for (const end of ['', '-wal']) if (existsSync(database + end)) copyFileSync(database + end, file + end)
    return { file, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/**
 * Removes copies of this user whose process is gone. Returns how many; one that cannot be removed, or that was begun within
 * the last minute, is left for the next start.
 */
export function removeLeftCopies(): number {
  const own = process.getuid?.()
  return readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX) && removeLeftCopy(join(tmpdir(), name), own))
    .length
}

function removeLeftCopy(folder: string, own: number | undefined): boolean {
  try {
    const stats = lstatSync(folder)
    if (!stats.isDirectory() || (own !== undefined && stats.uid !== own)) return false
    if (Date.now() - stats.mtimeMs < YOUNG_MS) return false
    lockFolder(join(folder, LOCK), folder)()
    rmSync(folder, { recursive: true })
    return true
  } catch {
    return false
  }
}

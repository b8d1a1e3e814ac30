import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupReason } from '@contract/entities/backup'
import type { Timestamp } from '@contract/values'

/** A copy of the database in the folder of backups, as its name and its first bytes tell it. */
export interface BackupFile {
  /** Its name in the folder. */
  id: string
  file: string
  /** When it was made, or put aside. */
  at: Timestamp
  reason: BackupReason
  /** With its log, which one that was put aside may have. */
  bytes: number
  /** Of the schema; null where it does not begin as a database does. */
  version: number | null
}

/** How names of files say why they are there. */
const reasonWords: Record<BackupReason, string> = {
  daily: 'daily',
  hand: 'by-hand',
  update: 'before-update',
  restore: 'before-restore',
  kept: 'set-aside',
}
const reasons = new Map(Object.entries(reasonWords).map(([reason, word]) => [word, reason as BackupReason]))

const STAMP = String.raw`(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z`
const NAME = new RegExp(`^fabula-${STAMP}-(${Object.values(reasonWords).join('|')})\\.sqlite$`)
/** Copies before a migration, as Fabula called them before there were others. */
const FORMER_NAME = /^before-migration-from-\d+\.sqlite$/
/** The files that SQLite keeps beside a database. */
const SUFFIXES = ['', '-wal', '-shm']

const stampOf = (at: Timestamp) => at.replaceAll(/[:.]/g, '-')

/**
 * Where a copy goes, which is a name that nothing has yet. Makes the folder, for its owner only.
 *
 * @param now milliseconds since 1970
 */
export function newBackupFile(folder: string, now: number, reason: BackupReason): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (let time = now; ; time += 1) {
    const file = join(folder, `fabula-${stampOf(new Date(time).toISOString())}-${reasonWords[reason]}.sqlite`)
    if (!SUFFIXES.some((suffix) => existsSync(file + suffix))) return file
  }
}

/** All copies that Fabula made or put aside, the newest first. Other files of the folder are the user's own. */
export function listBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => backupOf(folder, name) ?? [])
    .toSorted((one, other) => other.at.localeCompare(one.at) || other.id.localeCompare(one.id))
}

function backupOf(folder: string, id: string): BackupFile | null {
  const [isNamed, day, minutes, seconds, milliseconds, word = ''] = NAME.exec(id) ?? []
  if (!isNamed && !FORMER_NAME.test(id)) return null
  const file = join(folder, id)
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats?.isFile()) return null
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  return {
    id,
    file,
    at: isNamed ? `${day}:${minutes}:${seconds}.${milliseconds}Z` : stats.mtime.toISOString(),
    reason: reasons.get(word) ?? 'update',
    bytes: stats.size + (log?.size ?? 0),
    version: versionIn(file),
  }
}

/** `user_version` stands at the 60th byte of a database: https://www.sqlite.org/fileformat.html#the_database_header */
function versionIn(file: string): number | null {
  const header = Buffer.alloc(64)
  const handle = openSync(file, 'r')
  try {
    if (readSync(handle, header, 0, header.length, 0) < header.length) return null
  } finally {
    closeSync(handle)
  }
  return header.toString('latin1', 0, 16) === 'SQLite format 3\0' ? header.readUInt32BE(60) : null
}

export function removeBackup({ file }: BackupFile): void {
  for (const suffix of SUFFIXES) rmSync(file + suffix, { force: true })
}

/** Removes what a kill left half written. */
export function removeUnfinished(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (name.endsWith('.part') && NAME.test(name.slice(0, -'.part'.length))) rmSync(join(folder, name), { force: true })
}

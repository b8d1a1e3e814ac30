import Database from 'better-sqlite3'
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BackupReason } from '@contract/entities/backup'
import { BATCH } from '@contract/entities/batch'
import { BackupError, FabulaError } from '@contract/errors'
import { newBackupFile } from './backup-folder'
import { backupsIn, databaseIn, lockIn, searchIndexIn } from './data-folder'
import { findDamage } from './database-check'
import { moveDurably, syncFile, syncFolder } from './durable-files'
import { lockFolder } from './folder-lock'
import { isDamage, removeIndexFile } from './index-file'
import { migrations } from './migrations'

/** A copy that is on its way into the place of the database, and not whole yet. */
const stagedIn = (dataDir: string) => join(dataDir, 'restoring.part')
/** One that is whole, and was decided for: the rest of the name says where the database that is there goes. */
const DECIDED = 'restoring-'

/**
 * Writes a copy of a backup beside the database, looks through every page of it and waits until the disk has it. The backup is
 * only read. Throws `backup_damaged`, `backup_newer`, and what the file system says; nothing is left then.
 */
export function stageBackup(backup: string, dataDir: string): void {
  const staged = stagedIn(dataDir)
  removeIndexFile(staged)
  try {
    for (const end of ['', '-wal']) if (existsSync(backup + end)) copyFileSync(backup + end, staged + end)
    const damage = prepareCopy(staged) ?? findDamage(staged)
    if (damage !== null) throw damaged(backup, damage)
    syncFile(staged)
  } catch (error) {
    removeIndexFile(staged)
    throw error
  }
}

const damaged = (backup: string, reason: string) =>
  new FabulaError(BackupError.Damaged, 'The backup is damaged', { details: { name: basename(backup), reason } })

/** Makes one file of a database and its log, in which no batch runs; says what is damaged, or null. */
function prepareCopy(file: string): string | null {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = DELETE')
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > (migrations.at(-1)?.version ?? 0))
      throw new FabulaError(BackupError.Newer, `The backup has version ${version}`, {
        details: { version: String(version) },
      })
    if (version === 0) return 'it is empty'
    stopBatches(db)
    return null
  } catch (error) {
    if (isDamage(error)) return error instanceof Error ? error.message : String(error)
    throw error
  } finally {
    db.close()
  }
}

/** Rows of a batch cost money, and those that were open then may have been answered since: it goes on when the user says so. */
function stopBatches(db: Database.Database): void {
  const hasJobs = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'jobs'").get() !== undefined
  if (hasJobs)
    db.prepare("UPDATE jobs SET state = 'stopped' WHERE kind = ? AND state IN ('waiting', 'running')").run(BATCH)
}

/** Throws away what was staged. */
export const dropStaged = (dataDir: string): void => removeIndexFile(stagedIn(dataDir))

/**
 * What puts the staged copy into the place of the database, one step after the other. From the first one on, the restore is
 * decided: whatever ends the app between two of them, `finishRestore` does the rest before the database is opened again. The
 * caller has the folder to itself, and nobody has the database open.
 *
 * @param reason why the database that is there is put aside: it goes to the backups as it is
 */
export function restoreSteps(dataDir: string, now: number, reason: BackupReason): (() => void)[] {
  const aside = newBackupFile(backupsIn(dataDir), now, reason)
  const decided = join(dataDir, DECIDED + basename(aside))
  return [
    () => {
      renameSync(stagedIn(dataDir), decided)
      syncFolder(dataDir)
    },
    ...stepsFrom(decided),
  ]
}

/**
 * Takes the folder for itself and puts the staged copy into the place of the database. Throws `data_folder_in_use`, and what
 * the file system says: what was done by then is finished before the database is opened again.
 */
export function putStagedInPlace(dataDir: string, now: number, reason: BackupReason): void {
  const unlock = lockFolder(lockIn(dataDir), dataDir)
  try {
    for (const step of restoreSteps(dataDir, now, reason)) step()
  } finally {
    unlock()
  }
}

function stepsFrom(decided: string): (() => void)[] {
  const dataDir = dirname(decided)
  const database = databaseIn(dataDir)
  const aside = join(backupsIn(dataDir), basename(decided).slice(DECIDED.length))
  const putAside = (end: string) => () => {
    if (existsSync(database + end)) moveDurably(database + end, aside + end)
  }
  return [
    // The database before its log: one without its log could be taken for the whole, and a log alone is refused.
    putAside(''),
    putAside('-wal'),
    () => {
      rmSync(`${database}-shm`, { force: true })
      // It knows the passages by numbers that the copy gives to others.
      removeIndexFile(searchIndexIn(dataDir))
    },
    () => {
      renameSync(decided, database)
      syncFolder(dataDir)
    },
  ]
}

/** Ends a restore that was decided for and cut off, and removes what is left of one that was not. */
export function finishRestore(dataDir: string): void {
  dropStaged(dataDir)
  for (const name of readdirSync(dataDir).filter((one) => one.startsWith(DECIDED)))
    for (const step of stepsFrom(join(dataDir, name))) step()
}

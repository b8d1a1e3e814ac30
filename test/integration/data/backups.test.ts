import Database from 'better-sqlite3'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StoryId } from '@contract/ids'
import { listBackups, newBackupFile, removeBackup, removeUnfinished } from '@main/data/backup-folder'
import { copyDatabase } from '@main/data/copy-database'
import { backupsIn, databaseIn } from '@main/data/data-folder'
import { openDatabase, openDatabaseForReading } from '@main/data/database'
import { findDamage } from '@main/data/database-check'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { putStagedInPlace, restoreSteps, stageBackup } from '@main/data/restored-database'
import { openStorage, startWithEmptyDatabase } from '@main/data/storage'
import { silentLogger } from '@main/platform/logger'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { addPassages, addStory } from '@test/helpers/test-stores'

const NOW = Date.UTC(2026, 10, 22, 13, 40, 5, 123)
const STAMP = '2026-11-22T13-40-05-123Z'
const NEWEST = migrations.at(-1)?.version ?? 0

const open = (folder: string) => {
  const storage = openStorage(folder, silentLogger, () => undefined)
  onTestFinished(() => storage.close())
  return storage
}
/** A data folder whose story had another draft when it was copied than it has now. */
const withBackup = () => {
  const made = temporaryFolder()
  onTestFinished(made.remove)
  const folder = made.path
  const storage = open(folder)
  const story = addStory(storage.stores)
  addPassages(storage.stores, story, 20)
  storage.stores.stories.saveDraft(story, 'then')
  const backup = newBackupFile(backupsIn(folder), NOW - 60_000, 'daily')
  const db = openDatabaseForReading(databaseIn(folder))
  copyDatabase(db, backup)
  db.close()
  storage.stores.stories.saveDraft(story, 'now')
  storage.close()
  return { folder, story, backup }
}
const draftIn = (folder: string, story: StoryId) => {
  const storage = open(folder)
  const draft = storage.problem ? storage.problem.code : storage.stores.stories.get(story)?.draft
  storage.close()
  return draft
}
const spoil = (file: string) => {
  const bytes = readFileSync(file)
  bytes.fill(0xaa, Math.floor(bytes.length / 2 / 4096) * 4096)
  writeFileSync(file, bytes)
}
const codeOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
  return 'no error'
}

describe('a copy of the database', () => {
  it('is as the database is at that moment while others write, in one sound file, for its owner only', () => {
    const { folder, story } = withBackup()
    const { stores } = open(folder)
    stores.stories.saveDraft(story, 'in the log alone')
    const db = openDatabaseForReading(databaseIn(folder))
    onTestFinished(() => void db.close())
    const file = newBackupFile(backupsIn(folder), NOW, 'hand')
    expect(copyDatabase(db, file)).toBe(true)
    expect(findDamage(file)).toBeNull()
    expect(readdirSync(backupsIn(folder)).filter((name) => name.startsWith(basename(file)))).toEqual([basename(file)])
    expect(process.platform === 'win32' ? 0 : statSync(file).mode & 0o077).toBe(0)
    const copy = new Database(file, { readonly: true })
    onTestFinished(() => void copy.close())
    expect(copy.prepare('SELECT draft FROM stories').pluck().get()).toBe('in the log alone')
    expect(copy.pragma('user_version', { simple: true })).toBe(NEWEST)
  })

  it('is not kept when it is the same as one that is there', () => {
    const { folder, story, backup } = withBackup()
    const { stores } = open(folder)
    const db = openDatabaseForReading(databaseIn(folder))
    onTestFinished(() => void db.close())
    const another = newBackupFile(backupsIn(folder), NOW, 'daily')
    stores.stories.saveDraft(story, 'then')
    expect(copyDatabase(db, another, another)).toBe(true)
    const third = newBackupFile(backupsIn(folder), NOW, 'daily')
    expect(copyDatabase(db, third, another)).toBe(false)
    stores.stories.saveDraft(story, 'than')
    expect(copyDatabase(db, third, another)).toBe(true)
    expect(statSync(third).size).toBe(statSync(another).size)
    expect(readdirSync(backupsIn(folder)).toSorted()).toEqual(
      [backup, another, third].map((file) => basename(file)).toSorted()
    )
  })

  it('of a damaged database is none, and leaves nothing', () => {
    const { folder } = withBackup()
    spoil(databaseIn(folder))
    const db = openDatabaseForReading(databaseIn(folder))
    onTestFinished(() => void db.close())
    const file = newBackupFile(backupsIn(folder), NOW, 'daily')
    expect(codeOf(() => copyDatabase(db, file))).toMatch(/CORRUPT|database_damaged/)
    expect(listBackups(backupsIn(folder))).toHaveLength(1)
    expect(existsSync(`${file}.part`)).toBe(false)
  })
})

describe('the folder of backups', () => {
  it('says of each file when and why it was made, and of which version it is, without opening it', () => {
    const { folder, backup } = withBackup()
    const backups = backupsIn(folder)
    const former = join(backups, 'before-migration-from-7.sqlite')
    copyFileSync(backup, former)
    const longAgo = new Date('2025-01-02T03:04:05.000Z')
    utimesSync(former, longAgo, longAgo)
    writeFileSync(join(backups, `fabula-${STAMP}-set-aside.sqlite`), 'no database, and shorter than one')
    writeFileSync(join(backups, `fabula-${STAMP}-set-aside.sqlite-wal`), 'log')
    for (const own of ['notes.txt', 'fabula.sqlite', 'my copy.sqlite']) writeFileSync(join(backups, own), 'mine')
    expect(listBackups(backups)).toMatchObject([
      {
        id: `fabula-${STAMP}-set-aside.sqlite`,
        at: '2026-11-22T13:40:05.123Z',
        reason: 'kept',
        version: null,
        bytes: 36,
      },
      { id: basename(backup), at: '2026-11-22T13:39:05.123Z', reason: 'daily', version: NEWEST },
      { id: 'before-migration-from-7.sqlite', at: longAgo.toISOString(), reason: 'update', version: NEWEST },
    ])
    const [aside] = listBackups(backups)
    if (aside) removeBackup(aside)
    writeFileSync(`${backup}.part`, 'a kill cut it off')
    writeFileSync(join(backups, 'film.part'), 'mine')
    removeUnfinished(backups)
    expect(readdirSync(backups).toSorted()).toEqual(
      [former, backup, 'notes.txt', 'fabula.sqlite', 'my copy.sqlite', 'film.part']
        .map((file) => basename(file))
        .toSorted()
    )
  })

  it('never gives a name twice, also within one millisecond', () => {
    const { folder } = withBackup()
    const first = newBackupFile(backupsIn(folder), NOW, 'restore')
    writeFileSync(`${first}-wal`, 'a log is left')
    const second = newBackupFile(backupsIn(folder), NOW, 'restore')
    expect(basename(second)).toBe('fabula-2026-11-22T13-40-05-124Z-before-restore.sqlite')
  })

  it('takes in the copy before a migration', () => {
    const made = temporaryFolder()
    onTestFinished(made.remove)
    const db = openDatabase(databaseIn(made.path))
    migrate(db, () => null, migrations.slice(0, -1))
    db.close()
    expect(open(made.path).problem).toBeNull()
    expect(listBackups(backupsIn(made.path))).toMatchObject([{ reason: 'update', version: NEWEST - 1 }])
  })
})

describe('a restored backup', () => {
  it('takes the place of the database, which goes to the backups as it is', () => {
    const { folder, story, backup } = withBackup()
    writeFileSync(join(folder, 'search.sqlite'), 'knows passages that are no more')
    const before = readFileSync(backup)
    stageBackup(backup, folder)
    putStagedInPlace(folder, NOW, 'restore')
    expect(existsSync(join(folder, 'search.sqlite'))).toBe(false)
    expect(draftIn(folder, story)).toBe('then')
    expect(readFileSync(backup).equals(before)).toBe(true)
    const [aside] = listBackups(backupsIn(folder))
    expect(aside).toMatchObject({ id: `fabula-${STAMP}-before-restore.sqlite`, reason: 'restore', version: NEWEST })
    // And back again.
    stageBackup(aside?.file ?? '', folder)
    putStagedInPlace(folder, NOW + 1000, 'restore')
    expect(draftIn(folder, story)).toBe('now')
    expect(readdirSync(folder).filter((name) => name.startsWith('restoring'))).toEqual([])
  })

  it.each([0, 1, 2, 3, 4, 5])('is there or is not, whole, when the app is ended after step %i', (step) => {
    const { folder, story, backup } = withBackup()
    // What was written last stands in the log alone, as after a kill.
    const copy = temporaryFolder()
    onTestFinished(copy.remove)
    const writer = open(folder)
    writer.stores.stories.saveDraft(story, 'in the log')
    for (const end of ['', '-wal']) copyFileSync(databaseIn(folder) + end, join(copy.path, `fabula.sqlite${end}`))
    writer.close()
    for (const end of ['', '-wal']) copyFileSync(join(copy.path, `fabula.sqlite${end}`), databaseIn(folder) + end)

    stageBackup(backup, folder)
    const steps = restoreSteps(folder, NOW, 'restore')
    expect(steps).toHaveLength(5)
    for (const work of steps.slice(0, step)) work()
    expect(draftIn(folder, story)).toBe(step === 0 ? 'in the log' : 'then')
    expect(readdirSync(folder).filter((name) => name.startsWith('restoring'))).toEqual([])
    if (step === 0) return
    // Nothing of what was there is lost: it can be restored with its log.
    const [aside] = listBackups(backupsIn(folder))
    stageBackup(aside?.file ?? '', folder)
    putStagedInPlace(folder, NOW + 1000, 'restore')
    expect(draftIn(folder, story)).toBe('in the log')
  })

  it('that is damaged, newer or none is refused, and nothing changes', () => {
    const { folder, story, backup } = withBackup()
    const newer = newBackupFile(backupsIn(folder), NOW, 'hand')
    copyFileSync(backup, newer)
    const db = new Database(newer)
    db.pragma('user_version = 999')
    db.close()
    expect(codeOf(() => stageBackup(newer, folder))).toBe('backup_newer')
    spoil(backup)
    expect(codeOf(() => stageBackup(backup, folder))).toBe('backup_damaged')
    truncateSync(backup, 4096)
    expect(codeOf(() => stageBackup(backup, folder))).toBe('backup_damaged')
    writeFileSync(backup, 'These are my notes. '.repeat(300))
    expect(codeOf(() => stageBackup(backup, folder))).toBe('backup_damaged')
    writeFileSync(backup, '')
    expect(codeOf(() => stageBackup(backup, folder))).toBe('backup_damaged')
    expect(readdirSync(folder).filter((name) => name.startsWith('restoring'))).toEqual([])
    expect(draftIn(folder, story)).toBe('now')
  })

  it('begins with no batch that runs: its rows may have been answered and paid for since', () => {
    const { folder, story, backup } = withBackup()
    const db = new Database(backup)
    const add = db.prepare(
      `INSERT INTO jobs (id, kind, key, subject, state, input, progress, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, '{}', '{}', '', '')`
    )
    for (const [kind, state] of [
      ['batch', 'running'],
      ['batch', 'waiting'],
      ['batch', 'done'],
      ['pull', 'running'],
    ])
      add.run(`${kind} ${state}`, kind, 'key', `${kind} ${state}`, state)
    db.close()
    stageBackup(backup, folder)
    putStagedInPlace(folder, NOW, 'restore')
    expect(draftIn(folder, story)).toBe('then')
    const restored = openDatabaseForReading(databaseIn(folder))
    onTestFinished(() => void restored.close())
    expect(restored.prepare('SELECT id, state FROM jobs ORDER BY id').raw().all()).toEqual([
      ['batch done', 'done'],
      ['batch running', 'stopped'],
      ['batch waiting', 'stopped'],
      ['pull running', 'running'],
    ])
  })

  it('does not take a folder that another Fabula has opened meanwhile', () => {
    const { folder, story, backup } = withBackup()
    const owner = open(folder)
    stageBackup(backup, folder)
    expect(codeOf(() => putStagedInPlace(folder, NOW, 'kept'))).toBe('data_folder_in_use')
    owner.close()
    expect(draftIn(folder, story)).toBe('now')
  })

  it.each([
    ['damaged', (file: string) => spoil(file)],
    ['gone', (file: string) => writeFileSync(file, '')],
    [
      'newer',
      (file: string) => {
        const db = new Database(file)
        db.pragma('user_version = 999')
        db.close()
      },
    ],
  ])('takes the place of a database that is %s', (what, change) => {
    const { folder, story, backup } = withBackup()
    change(databaseIn(folder))
    const bytes = readFileSync(databaseIn(folder))
    stageBackup(backup, folder)
    putStagedInPlace(folder, NOW, 'kept')
    expect(draftIn(folder, story)).toBe('then')
    const kept = listBackups(backupsIn(folder)).find(({ reason }) => reason === 'kept')
    expect(what === 'gone' || readFileSync(kept?.file ?? '').equals(bytes)).toBe(true)
    expect(() => startWithEmptyDatabase(folder)).not.toThrow()
    expect(draftIn(folder, story)).toBe('then')
  })
})

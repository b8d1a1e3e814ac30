import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { FabulaError, StorageError } from '@contract/errors'
import { backupsIn, databaseIn } from '@main/data/data-folder'
import { createBackups } from '@main/features/backups/backups'
import { createEventHub } from '@main/platform/event-hub'
import { silentLogger } from '@main/platform/logger'
import type { BackupTask } from '@main/workers/backup-tasks'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 10, 22, 12)
const HEADER = Buffer.alloc(200)
HEADER.write('SQLite format 3\0', 'latin1')
HEADER.writeUInt32BE(7, 60)

let dataDir: string
beforeEach(() => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  dataDir = folder.path
  writeFileSync(databaseIn(dataDir), HEADER)
})

function setUp(options: { madeAt?: number | null; isDamaged?: boolean; problem?: FabulaError } = {}) {
  const events = createEventHub()
  const state = { now: START, free: 1e12, isSame: false, fails: null as Error | null }
  const tasks: BackupTask[] = []
  const backups = createBackups({
    dataDir,
    knownVersion: 7,
    madeAt: options.madeAt === undefined ? START - 100 * DAY : options.madeAt,
    storageProblem: options.problem ?? null,
    isDamaged: () => options.isDamaged ?? false,
    run: async (task) => {
      tasks.push(task)
      if (state.fails) throw state.fails
      if (task.kind === 'copy' && !state.isSame) copyFileSync(task.database, task.file)
      return !state.isSame
    },
    freeBytes: () => state.free,
    swap: async () => null,
    events,
    clock: { now: () => state.now },
    logger: silentLogger,
    toUserError: (error) => (error instanceof FabulaError ? error : new FabulaError('internal', String(error))),
  })
  onTestFinished(() => backups.close())
  return { backups, state, tasks, reasons: () => backups.list().backups.map(({ reason }) => reason) }
}

describe('backups', () => {
  it('are made once a day, however often it is looked', async () => {
    const { backups, state, reasons } = setUp()
    for (let hour = 0; hour < 50; hour += 1) {
      await backups.daily.look()
      state.now += HOUR
    }
    expect(reasons()).toEqual(['daily', 'daily', 'daily'])
  })

  it('of a new database begin after its first hour', async () => {
    const { backups, state, reasons } = setUp({ madeAt: START })
    state.now += HOUR - 1
    await backups.daily.look()
    expect(reasons()).toEqual([])
    state.now += 1
    await backups.daily.look()
    expect(reasons()).toEqual(['daily'])
  })

  it('are not kept while nothing changes, and are tried again the next day', async () => {
    const { backups, state, tasks, reasons } = setUp()
    await backups.daily.look()
    const [first] = backups.list().backups
    state.isSame = true
    for (let hour = 0; hour < 71; hour += 1) {
      state.now += HOUR
      await backups.daily.look()
    }
    expect(reasons()).toEqual(['daily'])
    expect(tasks).toHaveLength(3)
    const last = tasks.at(-1)
    expect(last?.kind === 'copy' && basename(last.unlessLike ?? '')).toBe(first?.id)
  })

  it('are rotated, and what the user made stays', async () => {
    const { backups, state, reasons } = setUp()
    await backups.make()
    for (let day = 0; day < 60; day += 1) {
      state.now += DAY
      await backups.daily.look()
    }
    expect(reasons()).toEqual([...Array.from({ length: 11 }, () => 'daily'), 'hand'])
  })

  it('do not take the last room on the disk: it is said, tried again an hour later, and taken back when it works', async () => {
    const { backups, state, tasks, reasons } = setUp()
    state.free = 200_000_000
    await backups.daily.look()
    expect(backups.problem()).toMatchObject({ code: 'backup_no_room', details: { megabytes: 257, folder: dataDir } })
    await expect(backups.make()).rejects.toMatchObject({ code: 'backup_no_room' })
    expect([tasks, reasons()]).toEqual([[], []])
    state.free = 1e12
    state.now += HOUR
    await backups.daily.look()
    expect([backups.problem(), reasons()]).toEqual([null, ['daily']])
  })

  it('that fail leave those that are there, and nothing half made', async () => {
    const { backups, state } = setUp()
    await backups.daily.look()
    const before = readdirSync(backupsIn(dataDir))
    state.now += DAY
    state.fails = new FabulaError(StorageError.Full, 'The disk is full')
    await backups.daily.look()
    expect(backups.problem()?.code).toBe('storage_full')
    expect(readdirSync(backupsIn(dataDir))).toEqual(before)
  })

  it('are not made of a damaged database, nor where nothing can be saved', async () => {
    const problem = new FabulaError(StorageError.Full, 'The disk is full')
    for (const options of [{ isDamaged: true }, { problem, madeAt: null }, { madeAt: null }]) {
      const { backups, tasks } = setUp(options)
      await backups.daily.look()
      expect(tasks).toEqual([])
    }
    await expect(setUp({ problem }).backups.make()).rejects.toBe(problem)
  })

  it('asked for at once are made one after the other, under names of their own', async () => {
    const { backups, reasons } = setUp()
    const made = await Promise.all([backups.make(), backups.make(), backups.make()])
    expect(new Set(made.map(({ id }) => id)).size).toBe(3)
    expect(reasons()).toEqual(['hand', 'hand', 'hand'])
  })
})

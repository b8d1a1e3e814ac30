import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { copyForReading, removeLeftCopies } from '@main/data/read-copy'
import { openStorage, startWithEmptyDatabase, type Storage } from '@main/data/storage'
import { storageFailure } from '@main/data/storage-failure'
import { silentLogger } from '@main/platform/logger'
import { mountSmallDisk, smallDiskMissing } from '@test/helpers/small-disk'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { addPassages, addStory } from '@test/helpers/test-stores'

let folder: string
beforeEach(() => {
  const made = temporaryFolder()
  onTestFinished(made.remove)
  folder = made.path
})

const file = (name = 'fabula.sqlite', inside = folder) => join(inside, name)
const open = (inside = folder): Storage => {
  const storage = openStorage(inside, silentLogger, () => undefined)
  onTestFinished(() => storage.close())
  return storage
}
/** A data folder with one story of five passages. */
const withStory = (inside = folder) => {
  const storage = openStorage(inside, silentLogger, () => undefined)
  const story = addStory(storage.stores)
  addPassages(storage.stores, story, 5)
  storage.close()
  return story
}
/** Every file of the folder but the lock, and what SQLite shares between processes, each by a hash of its bytes. */
const contents = (inside = folder) =>
  Object.fromEntries(
    readdirSync(inside, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.lock$|-shm$/.test(entry.name))
      .map((entry) => [entry.name, hashOf(readFileSync(join(entry.parentPath, entry.name)))])
  )
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const codeOf = (work: () => unknown, inside = folder) => {
  try {
    work()
  } catch (error) {
    return storageFailure(error, inside)?.code
  }
  return 'no error'
}

describe('a data folder', () => {
  it('is made, for its owner only, and keeps what is written', () => {
    const inside = join(folder, 'new', 'data')
    const first = openStorage(inside, silentLogger, () => undefined)
    expect(first.problem).toBeNull()
    const story = addStory(first.stores)
    first.close()
    expect(open(inside).stores.stories.get(story)?.title).toBe('A story')
  })

  it('is prepared once for each opening, and stays as it was when that fails', () => {
    const story = withStory()
    const before = contents()
    const storage = openStorage(folder, silentLogger, (stores) => {
      stores.facts.set('prepared', 'yes')
      if (!stores.stories.get(story)) return
      throw Object.assign(new Error('no room'), { code: 'SQLITE_FULL' })
    })
    onTestFinished(() => storage.close())
    expect(storage.problem?.code).toBe('storage_full')
    expect(Object.keys(contents())).toEqual(expect.arrayContaining(Object.keys(before)))
  })

  it('is given back when it is closed', () => {
    open().close()
    expect(open().problem).toBeNull()
  })

  it('that is in use can be read, but not written', () => {
    const story = withStory()
    const owner = open()
    owner.stores.stories.saveDraft(story, 'not in the file yet, only in its log')
    const second = open()
    expect(second.problem).toMatchObject({ code: 'data_folder_in_use', details: { folder } })
    expect(second.stores.stories.get(story)?.draft).toBe('not in the file yet, only in its log')
    expect(codeOf(() => second.stores.stories.saveDraft(story, 'x'))).toBe('storage_readonly')
    owner.stores.stories.saveDraft(story, 'the owner goes on')
    expect(owner.stores.stories.get(story)?.draft).toBe('the owner goes on')
  })

  it.each([
    ['below a file', () => join(folder, 'file', 'data')],
    ['that is a file', () => join(folder, 'file')],
    ['with a name that is too long', () => join(folder, 'x'.repeat(300))],
  ])('%s is no reason not to start', (_what, path) => {
    writeFileSync(join(folder, 'file'), 'a file')
    const storage = open(path())
    expect(storage.problem).toMatchObject({ code: 'storage_readonly', details: { folder: path() } })
    expect(storage.stores.stories.summaries()).toEqual([])
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('a file')
  })
})

describe('what lies beside the database', () => {
  it('is no reason to take a sound database for a damaged one: the lock is made anew', () => {
    const story = withStory()
    writeFileSync(file('in-use.lock'), 'a lock that a failing disk has spoilt'.repeat(200))
    const storage = open()
    expect(storage.problem).toBeNull()
    expect(storage.stores.stories.get(story)?.title).toBe('A story')
    expect(open().problem?.code).toBe('data_folder_in_use')
  })

  it('keeps its lock when it is spoilt while another Fabula has it', () => {
    withStory()
    open()
    const bytes = Buffer.alloc(4096, 'spoilt')
    writeFileSync(file('in-use.lock'), bytes, { flag: 'r+' })
    expect(open().problem?.code).toBe('data_folder_in_use')
  })

  it('tells a database that is gone from one that never was', () => {
    withStory()
    truncateSync(file(), 0)
    for (const end of ['', '-wal', '-shm']) {
      const storage = open()
      expect(`${end} ${storage.problem?.code}`).toBe(`${end} database_missing`)
      expect(storage.problem?.details).toMatchObject({ path: file() })
      storage.close()
      rmSync(file(`fabula.sqlite${end}`), { force: true })
    }
    startWithEmptyDatabase(folder)
    const anew = open()
    expect(anew.problem).toBeNull()
    expect(anew.stores.stories.summaries()).toEqual([])
  })

  it('keeps the words that stand only in the log of a database that was emptied', () => {
    const origin = temporaryFolder()
    onTestFinished(origin.remove)
    withStory(origin.path)
    open(origin.path).stores.facts.set('written', 'to the log')
    copyFileSync(file('fabula.sqlite-wal', origin.path), file('fabula.sqlite-wal'))
    writeFileSync(file(), '')
    const log = readFileSync(file('fabula.sqlite-wal'))
    const storage = open()
    expect(storage.problem?.code).toBe('database_missing')
    storage.close()
    expect(readFileSync(file('fabula.sqlite-wal')).equals(log)).toBe(true)
    startWithEmptyDatabase(folder)
    expect(open().problem).toBeNull()
    const [kept] = readdirSync(join(folder, 'backups'))
    expect(readFileSync(join(folder, 'backups', kept ?? '')).equals(log)).toBe(true)
  })

  it('is never taken for nothing while the database has anything in it', () => {
    const story = withStory()
    startWithEmptyDatabase(folder)
    expect(open().stores.stories.get(story)?.title).toBe('A story')
  })

  it('is cleared of copies that a kill left, and not of those in use', () => {
    withStory()
    open()
    const inUse = copyForReading(file())
    onTestFinished(inUse.remove)
    const left = join(tmpdir(), `fabula-read-${Date.now()}`)
    mkdirSync(left)
    copyFileSync(file(), join(left, 'fabula.sqlite'))
    const anHourAgo = Date.now() / 1000 - 3600
    utimesSync(left, anHourAgo, anHourAgo)
    expect(removeLeftCopies()).toBeGreaterThanOrEqual(1)
    expect(existsSync(left)).toBe(false)
    expect(existsSync(inUse.file)).toBe(true)
  })

  it('leaves a copy alone that another start has just begun, and has not locked yet', () => {
    const begun = mkdtempSync(join(tmpdir(), 'fabula-read-'))
    onTestFinished(() => rmSync(begun, { recursive: true, force: true }))
    removeLeftCopies()
    expect(existsSync(begun)).toBe(true)
  })
})

describe('a database that cannot be used', () => {
  it('from a newer app is refused, and not one byte of it changes', () => {
    withStory()
    const db = new Database(file())
    db.pragma('user_version = 999')
    db.close()
    const before = contents()
    const storage = open()
    expect(storage.problem).toMatchObject({ code: 'database_newer', details: { version: '999' } })
    expect(storage.stores.stories.summaries()).toEqual([])
    storage.close()
    expect(contents()).toMatchObject(before)
  })

  it('from a newer app that was killed is refused by what stands in its log alone, and keeps the log', () => {
    const origin = temporaryFolder()
    onTestFinished(origin.remove)
    withStory(origin.path)
    const db = new Database(file('fabula.sqlite', origin.path))
    onTestFinished(() => void db.close())
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma('user_version = 999')
    for (const end of ['', '-wal']) copyFileSync(file(`fabula.sqlite${end}`, origin.path), file(`fabula.sqlite${end}`))
    const before = contents()
    const storage = open()
    expect(storage.problem?.code).toBe('database_newer')
    storage.close()
    expect(contents()).toMatchObject(before)
  })

  it.each([
    ['is not a database', () => writeFileSync(file(), 'These are my notes, not a database. '.repeat(200))],
    ['was cut short', () => truncateSync(file(), 4096)],
  ])('because it %s is left as it is, and the app starts', (_what, damage) => {
    withStory()
    damage()
    const before = readFileSync(file())
    const storage = open()
    expect(storage.problem).toMatchObject({ code: 'database_damaged', details: { path: file() } })
    storage.close()
    expect(readFileSync(file()).equals(before)).toBe(true)
  })

  it('in its middle says so when it is read there', () => {
    const story = withStory()
    const bytes = readFileSync(file())
    bytes.fill(0xaa, 4096)
    writeFileSync(file(), bytes)
    const storage = openStorage(folder, silentLogger, (stores) => void stores.stories.get(story))
    onTestFinished(() => storage.close())
    expect(storage.problem?.code).toBe('database_damaged')
    expect(readFileSync(file()).equals(bytes)).toBe(true)
  })

  it('because it has other tables is no reason not to start', () => {
    const db = new Database(file())
    db.exec('CREATE TABLE stories (x); PRAGMA user_version = 1')
    db.close()
    expect(open().problem?.code).toBe('storage_failed')
  })
})

const because = smallDiskMissing === null ? '' : ` (skipped, ${smallDiskMissing})`

describe.skipIf(smallDiskMissing !== null)(`a disk${because}`, () => {
  const disk = (kilobytes: number) => {
    const made = mountSmallDisk(kilobytes)
    onTestFinished(made.remove)
    return made
  }

  it('that is read-only shows its stories and takes nothing', () => {
    const made = disk(4000)
    const story = withStory(made.path)
    made.makeReadOnly()
    const before = contents(made.path)
    const storage = open(made.path)
    expect(storage.problem).toMatchObject({ code: 'storage_readonly', details: { folder: made.path } })
    expect(storage.stores.stories.get(story)?.title).toBe('A story')
    expect(storage.stores.stories.summaries()).toMatchObject([{ excerpt: 'Passage 4' }])
    expect(codeOf(() => storage.stores.stories.saveDraft(story, 'x'))).toBe('storage_readonly')
    storage.close()
    expect(contents(made.path)).toEqual(before)
  })

  it('that is read-only and empty is no reason not to start', () => {
    const made = disk(4000)
    made.makeReadOnly()
    const storage = open(made.path)
    expect(storage.problem?.code).toBe('storage_readonly')
    expect(storage.stores.stories.summaries()).toEqual([])
  })

  it('that fills up refuses what does not fit, keeps what is there, and works again once there is room', () => {
    const made = disk(4000)
    const story = withStory(made.path)
    const { stores } = open(made.path)
    made.fill()
    const draft = 'x'.repeat(150_000)
    expect(codeOf(() => stores.stories.saveDraft(story, draft))).toBe('storage_full')
    expect(codeOf(() => stores.transaction(() => stores.stories.saveDraft(story, draft)))).toBe('storage_full')
    expect(stores.stories.get(story)?.draft).toBe('')
    expect(stores.stories.summaries()).toMatchObject([{ excerpt: 'Passage 4' }])
    made.free()
    stores.stories.saveDraft(story, draft)
    expect(stores.stories.get(story)?.draft).toBe(draft)
  })

  it('that is full at the start shows its stories', () => {
    const made = disk(4000)
    const story = withStory(made.path)
    made.fill()
    const storage = open(made.path)
    expect(storage.problem?.code).toBe('storage_full')
    expect(storage.stores.stories.get(story)?.title).toBe('A story')
  })

  it('that is full when a copy must be made before a migration keeps the database as it is', () => {
    const made = disk(4000)
    withStory(made.path)
    const db = new Database(file('fabula.sqlite', made.path))
    db.pragma('user_version = 1')
    db.close()
    made.fill()
    const before = readFileSync(file('fabula.sqlite', made.path))
    const storage = open(made.path)
    expect(storage.problem).not.toBeNull()
    storage.close()
    expect(readFileSync(file('fabula.sqlite', made.path)).equals(before)).toBe(true)
    expect(existsSync(join(made.path, 'backups'))).toBe(false)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, type Db } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const TABLES = `
  CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE TABLE children (
    id INTEGER PRIMARY KEY,
    parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE
  ) STRICT;
  INSERT INTO parents VALUES (1, 'one'), (2, 'two');
  INSERT INTO children VALUES (10, 1), (20, 2);
`
const first = { version: 1, sql: TABLES }

let folder: string
let db: Db
beforeEach(() => {
  const made = temporaryFolder()
  onTestFinished(made.remove)
  folder = made.path
  db = openDatabase(join(folder, 'test.sqlite'))
  onTestFinished(() => void db.close())
})

const version = () => db.pragma('user_version', { simple: true })
const children = () => db.prepare('SELECT id, parent FROM children').raw().all()
const foreignKeys = () => db.pragma('foreign_keys', { simple: true })
const noCopy = () => null

describe('the migrator', () => {
  it('runs what is due in order, and nothing twice', () => {
    migrate(db, noCopy, [first])
    const second = { version: 2, sql: "INSERT INTO parents VALUES (3, 'three')" }
    migrate(db, noCopy, [first, second])
    migrate(db, noCopy, [first, second])
    expect(version()).toBe(2)
    expect(db.prepare('SELECT count(*) FROM parents').pluck().get()).toBe(3)
  })

  it('copies a database that has data before it changes it, and an empty one not', () => {
    const copies: number[] = []
    const copyTo = (from: number) => {
      copies.push(from)
      return join(folder, `copy-${from}.sqlite`)
    }
    migrate(db, copyTo, [first])
    expect(copies).toEqual([])
    migrate(db, copyTo, [first, { version: 2, sql: 'DELETE FROM children' }])
    expect(copies).toEqual([1])
    const copy = openDatabase(join(folder, 'copy-1.sqlite'))
    onTestFinished(() => void copy.close())
    expect(copy.pragma('user_version', { simple: true })).toBe(1)
    expect(copy.prepare('SELECT count(*) FROM children').pluck().get()).toBe(2)
  })

  it('makes a new database at once or not at all', () => {
    const bad = { version: 2, sql: 'INSERT INTO nowhere VALUES (1)' }
    expect(() => migrate(db, noCopy, [first, bad])).toThrow(/no such table/)
    expect(version()).toBe(0)
    expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
    migrate(db, noCopy, [first])
    expect(children()).toHaveLength(2)
  })

  it('changes nothing when the copy cannot be made', () => {
    migrate(db, noCopy, [first])
    const intoNowhere = () => join(folder, 'missing', 'copy.sqlite')
    expect(() => migrate(db, intoNowhere, [first, { version: 2, sql: 'DELETE FROM children' }])).toThrow(
      /unable to open/
    )
    expect(version()).toBe(1)
    expect(children()).toHaveLength(2)
  })

  it('takes back a migration that leaves a reference to nothing, and keeps those before it', () => {
    migrate(db, noCopy, [first])
    const good = { version: 2, sql: "UPDATE parents SET name = 'renamed'" }
    const bad = { version: 3, sql: 'DELETE FROM parents WHERE id = 1' }
    expect(() => migrate(db, noCopy, [first, good, bad])).toThrow(expect.objectContaining({ code: 'database_damaged' }))
    expect(version()).toBe(2)
    expect(db.prepare('SELECT name FROM parents').pluck().all()).toEqual(['renamed', 'renamed'])
    expect(children()).toHaveLength(2)
    expect(foreignKeys()).toBe(1)
  })

  it('takes back a migration that fails in the middle', () => {
    migrate(db, noCopy, [first])
    const bad = { version: 2, sql: 'CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);' }
    expect(() => migrate(db, noCopy, [first, bad])).toThrow(/no such table/)
    expect(version()).toBe(1)
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0)
    expect(foreignKeys()).toBe(1)
  })

  it('rebuilds a table without deleting the rows that refer to it', () => {
    migrate(db, noCopy, [first])
    const rebuild = `
      CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT) STRICT;
      INSERT INTO parents_new SELECT id, name, NULL FROM parents;
      DROP TABLE parents;
      ALTER TABLE parents_new RENAME TO parents;
    `
    migrate(db, noCopy, [first, { version: 2, sql: rebuild }])
    expect(children()).toEqual([
      [10, 1],
      [20, 2],
    ])
    expect(foreignKeys()).toBe(1)
    db.exec('DELETE FROM parents WHERE id = 1')
    expect(children()).toEqual([[20, 2]])
  })

  it('refuses a newer database', () => {
    migrate(db, noCopy, [first])
    db.pragma('user_version = 7')
    expect(() => migrate(db, () => join(folder, 'copy.sqlite'), [first])).toThrow(
      expect.objectContaining({ code: 'database_newer', details: { version: '7' } })
    )
    expect(version()).toBe(7)
    expect(existsSync(join(folder, 'copy.sqlite'))).toBe(false)
  })
})

it('has its migrations in order, without a gap, each in a file that is named after its number', () => {
  const source = readFileSync('src-main/data/migrations/index.ts', 'utf8')
  migrations.forEach(({ version: number }, index) => {
    expect(number).toBe(index + 1)
    expect(source).toMatch(new RegExp(`from './${String(number).padStart(3, '0')}-`))
  })
})

import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openDatabase, type Db } from '@main/data/database'
import { migrate } from '@main/data/migrator'
import { rememberReads, type Remember } from '@main/data/remembered-reads'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const NOW = '2026-01-02T03:04:05.000Z'

let db: Db
let remember: Remember
beforeEach(() => {
  db = openDatabase(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, () => null)
  remember = rememberReads(db)
})

const addProvider = (id: string, to = db) =>
  to
    .prepare(
      `INSERT INTO providers (id, slug, built_in, name, headers, extra_body, created_at, updated_at, limits)
       VALUES (@id, @id, 0, @id, '{}', '{}', @now, @now, '{}')`
    )
    .run({ id, now: NOW })
const addList = (id: string, providerId: string) =>
  db.prepare('INSERT INTO model_lists (provider_id, last_sync) VALUES (?, ?)').run(providerId, id)

/** A read that counts how often the database is asked. */
function counted() {
  const names = db.prepare<[], { id: string }>('SELECT id FROM providers ORDER BY id')
  const asked = vi.fn<() => string[]>(() => names.all().map(({ id }) => id))
  return { asked, read: remember('providers', asked) }
}

describe('remembered reads', () => {
  it('are asked of the database once, until their table is written to', () => {
    const { asked, read } = counted()
    expect(read()).toEqual([])
    read()
    expect(asked).toHaveBeenCalledTimes(1)
    addProvider('a')
    expect(read()).toEqual(['a'])
    db.exec("UPDATE providers SET id = 'b' WHERE id = 'a'")
    expect(read()).toEqual(['b'])
    db.exec('DELETE FROM providers')
    expect(read()).toEqual([])
    expect(asked).toHaveBeenCalledTimes(4)
  })

  it('are not disturbed by what happens to other tables', () => {
    addProvider('a')
    const { asked, read } = counted()
    read()
    addList('2026', 'a')
    read()
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('notice what goes along with a row of another table', () => {
    addProvider('a')
    addList('2026', 'a')
    const rows = db.prepare('SELECT * FROM model_lists')
    const read = remember('model_lists', () => rows.all().length)
    expect(read()).toBe(1)
    db.exec('DELETE FROM providers')
    expect(read()).toBe(0)
  })

  it('keep nothing of a transaction that is undone', () => {
    const { read } = counted()
    expect(read()).toEqual([])
    const undone = db.transaction(() => {
      addProvider('a')
      expect(read()).toEqual(['a'])
      throw new Error('undone')
    })
    expect(undone).toThrow('undone')
    expect(read()).toEqual([])
  })

  it('tell questions apart, and remember that there was nothing', () => {
    addProvider('a')
    const find = db.prepare<[string | null], { id: string }>('SELECT id FROM providers WHERE id IS ?')
    const asked = vi.fn<(id: string | null) => string | null>((id) => find.get(id)?.id ?? null)
    const read = remember('providers', asked)
    expect([read('a'), read('b'), read(null), read('null'), read('a'), read('b'), read(null)]).toEqual([
      'a',
      null,
      null,
      null,
      'a',
      null,
      null,
    ])
    expect(asked).toHaveBeenCalledTimes(4)
  })

  it('notice within a second what another connection wrote', () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const [own, other] = [openDatabase(join(folder.path, 'a.sqlite')), openDatabase(join(folder.path, 'a.sqlite'))]
    onTestFinished(() => {
      other.close()
      own.close()
    })
    migrate(own, () => null)
    const names = own.prepare<[], { id: string }>('SELECT id FROM providers')
    let now = 0
    const read = rememberReads(own, () => now)('providers', () => names.all().length)
    expect(read()).toBe(0)
    addProvider('a', other)
    now = 999
    expect(read()).toBe(0)
    now = 1000
    expect(read()).toBe(1)
  })

  it('forget when there are too many', () => {
    const asked = vi.fn<(name: string | null) => string | null>((name) => name)
    const read = remember('providers', asked)
    for (let index = 0; index < 1001; index += 1) read(String(index))
    read('0')
    expect(asked).toHaveBeenCalledTimes(1002)
  })
})

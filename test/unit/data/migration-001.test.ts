import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, type Db } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'

let db: Db
beforeEach(() => {
  db = openDatabase(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, () => null, migrations.slice(0, 1))
})

const names = (type: string) =>
  db.prepare('SELECT name FROM sqlite_schema WHERE type = ? ORDER BY name').pluck().all(type)

describe('migration 1, from an empty database', () => {
  it('makes the tables', () => {
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(names('table')).toEqual(
      expect.arrayContaining([
        'facts',
        'messages',
        'messages_text',
        'model_configs',
        'models',
        'preset_roles',
        'presets',
        'providers',
        'servers',
        'stories',
        'stories_text',
        'tokens',
        'vault',
      ])
    )
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('makes every table strict, so that a number in the place of a text is refused', () => {
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'"
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
  })

  it('finds what refers to a row without reading whole tables', () => {
    const references = db
      .prepare<[], { child: string; column: string }>(
        `SELECT m.name AS child, f."from" AS "column" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
         WHERE m.type = 'table'`
      )
      .all()
    for (const { child, column } of references) {
      const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT 1 FROM ${child} WHERE ${column} = 'x'`)
      expect(`${child}.${column}: ${plan.all()[0]?.detail}`).toContain('SEARCH')
    }
  })

  it('allows one default preset and one default server', () => {
    const preset = db.prepare("INSERT INTO presets VALUES (?, ?, '', 1, '{}', '', '')")
    preset.run('a', 'A')
    expect(() => preset.run('b', 'B')).toThrow(/UNIQUE/)
    const server = db.prepare("INSERT INTO servers VALUES (?, ?, ?, 1, NULL, NULL, NULL, '')")
    server.run('a', 'A', 'http://a')
    expect(() => server.run('b', 'B', 'http://b')).toThrow(/UNIQUE/)
  })
})

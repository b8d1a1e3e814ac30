import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'

const NOW = '2026-01-02T03:04:05.000Z'

/** A database of the version before, with a story whose passages form the tree that `parents` names. */
function before(parents: Record<string, string | null>, deleted: readonly string[] = []) {
  const db = openDatabase(':memory:')
  onTestFinished(() => void db.close())
  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 5)
  )
  db.prepare("INSERT INTO presets VALUES ('p', 'P', '', 1, '{}', '', '')").run()
  db.prepare(
    `INSERT INTO stories (id, title, language, preset_id, draft, archived, created_at, updated_at)
     VALUES ('s', 'S', 'en', 'p', '', 0, '${NOW}', '${NOW}')`
  ).run()
  const insert = db.prepare(
    `INSERT INTO messages (id, story_id, parent_id, author, text, state, edited, deleted_at, created_at)
     VALUES (?, 's', ?, ?, 'words', 'complete', 0, ?, '${NOW}')`
  )
  for (const [id, parent] of Object.entries(parents))
    insert.run(id, parent, id.startsWith('w') ? 'writer' : 'story', deleted.includes(id) ? NOW : null)
  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 6)
  )
  return db
}

it('passages of the version before get their depth and their jumps', () => {
  const line = Array.from({ length: 300 }, (_, depth) => `d${depth}`)
  const db = before(Object.fromEntries(line.map((id, depth) => [id, line[depth - 1] ?? null])))
  const rows = db
    .prepare<[], { id: string; depth: number; jump_id: string | null }>(
      'SELECT id, depth, jump_id FROM messages ORDER BY depth'
    )
    .all()
  expect(rows).toEqual(
    line.map((id, depth) => ({ id, depth, jump_id: depth === 0 ? null : (line[depth & (depth - 1)] ?? '?') }))
  )
})

it('stories of the version before get the number of their passages: places, not alternatives or lines', () => {
  const tree = { w0: null, a1: 'w0', b1: 'w0', a2: 'a1', gone3: 'a2', a4: 'gone3', w5: 'a4' }
  const db = before(tree, ['gone3'])
  expect(db.prepare('SELECT passages FROM stories').pluck().get()).toBe(3)
})

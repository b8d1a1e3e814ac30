import { z } from 'zod'
import type { Db } from './database'
import { jsonColumn } from './json-column'

/** What is kept in the bin as a whole, because others may take its name meanwhile. */
export type BinnedKind = 'preset' | 'modelConfig' | 'provider' | 'world' | 'worldEntry' | 'template'

export interface BinnedRow {
  id: string
  kind: BinnedKind
  name: string
  deletedAt: string
}

export interface BinStore {
  list(): BinnedRow[]
  get(id: string): BinnedRow | null
  /** Deletes a row, and keeps it in the bin with all that its deletion takes along. */
  take(kind: BinnedKind, item: { id: string; name: string }, now: string): void
  /** What is in the bin under an id, by table; to be looked at before it is put back. */
  contents(id: string): readonly BinnedTable[]
  /** Puts rows back where they were, and takes them out of the bin. Columns that are not given get their default. */
  putBack(id: string, contents: readonly BinnedTable[]): void
  remove(id: string): void
  /** Removes for good what was deleted before a time. */
  removeBefore(time: string): void
}

const Cell = z.union([z.string(), z.number(), z.null(), z.strictObject({ base64: z.string() })])
const BinnedTable = z.strictObject({ table: z.string(), columns: z.record(z.string(), Cell) })
/** One deleted row with the name of its table. A sealed key stays sealed in it. */
export type BinnedTable = z.infer<typeof BinnedTable>

const tables: Record<BinnedKind, string> = {
  preset: 'presets',
  modelConfig: 'model_configs',
  provider: 'providers',
  world: 'worlds',
  worldEntry: 'world_entries',
  template: 'templates',
}
const rowsColumn = jsonColumn(z.array(BinnedTable))

const toCell = (value: unknown): z.infer<typeof Cell> =>
  Buffer.isBuffer(value) ? { base64: value.toString('base64') } : Cell.parse(value)
const fromCell = (cell: z.infer<typeof Cell>) =>
  typeof cell === 'object' && cell !== null ? Buffer.from(cell.base64, 'base64') : cell

export function createBinStore(db: Db): BinStore {
  const list = db.prepare<[], BinnedRow>('SELECT id, kind, name, deleted_at AS deletedAt FROM bin')
  const get = db.prepare<[string], BinnedRow & { rows: string }>(
    'SELECT id, kind, name, rows, deleted_at AS deletedAt FROM bin WHERE id = ?'
  )
  const insert = db.prepare<[{ id: string; kind: BinnedKind; name: string; rows: string; now: string }]>(
    'INSERT OR REPLACE INTO bin (id, kind, name, rows, deleted_at) VALUES (@id, @kind, @name, @rows, @now)'
  )
  const remove = db.prepare<[string]>('DELETE FROM bin WHERE id = ?')
  const removeBefore = db.prepare<[string]>('DELETE FROM bin WHERE deleted_at < ?')
  // Asked of the database itself: a table that comes later is taken along without a word here.
  const takenAlong = db.prepare<[string], { child: string; column: string }>(
    `SELECT m.name AS child, f."from" AS "column" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
     WHERE m.type = 'table' AND f."table" = ? AND f.on_delete = 'CASCADE'`
  )
  const columnsOf = db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')

  const collect = (table: string, column: string, value: unknown): BinnedTable[] =>
    db
      .prepare<[unknown], Record<string, unknown>>(`SELECT * FROM "${table}" WHERE "${column}" = ?`)
      .all(value)
      .flatMap((row) => {
        const columns = Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, toCell(cell)]))
        const along = takenAlong.all(table).flatMap((child) => collect(child.child, child.column, row['id']))
        return [{ table, columns }, ...along]
      })

  return {
    list: () => list.all(),
    get: (id) => {
      const row = get.get(id)
      return row ? { id: row.id, kind: row.kind, name: row.name, deletedAt: row.deletedAt } : null
    },
    take: (kind, { id, name }, now) => {
      const table = tables[kind]
      insert.run({ id, kind, name, rows: rowsColumn.encode(collect(table, 'id', id)), now })
      db.prepare<[string]>(`DELETE FROM "${table}" WHERE id = ?`).run(id)
    },
    contents: (id) => {
      const row = get.get(id)
      return row ? rowsColumn.decode(row.rows) : []
    },
    putBack: (id, contents) => {
      for (const { table, columns } of contents) {
        const known = columnsOf.all(table).flatMap(({ name }) => (name in columns ? [name] : []))
        const names = known.map((name) => `"${name}"`).join(', ')
        db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${known.map(() => '?').join(', ')})`).run(
          known.map((name) => fromCell(columns[name] ?? null))
        )
      }
      remove.run(id)
    },
    remove: (id) => void remove.run(id),
    removeBefore: (time) => void removeBefore.run(time),
  }
}

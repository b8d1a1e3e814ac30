import { LastImport } from '@contract/routes/files'
import { jsonColumn } from '@main/data/json-column'
import type { FactStore } from '@main/data/fact-store'
import { WrittenImport } from './write-import'

/** The names of the two facts: what every screen may ask for, and the rows, which may be many. */
const IMPORT = 'last-import'
const ROWS = 'last-import-rows'

const importColumn = jsonColumn(LastImport, { otherwise: null })
const rowsColumn = jsonColumn(WrittenImport, { otherwise: null })

/** The import that can be undone: one at most, and the same after a restart. */
export interface LastImports {
  get(): LastImport | null
  /** All that came in with it, and what it replaced. */
  rows(): WrittenImport | null
  remember(last: LastImport, rows: WrittenImport): void
  forget(): void
}

export function createLastImports(facts: FactStore): LastImports {
  return {
    get: () => {
      const text = facts.get(IMPORT)
      return text === null ? null : importColumn.decode(text)
    },
    rows: () => {
      const text = facts.get(ROWS)
      return text === null ? null : rowsColumn.decode(text)
    },
    remember: (last, rows) => {
      facts.set(IMPORT, importColumn.encode(last))
      facts.set(ROWS, rowsColumn.encode(rows))
    },
    forget: () => {
      facts.remove(IMPORT)
      facts.remove(ROWS)
    },
  }
}

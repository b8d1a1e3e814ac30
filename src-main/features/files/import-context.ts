import type { ImportPlan } from '@contract/routes/files'
import type { Stores } from '@main/data/stores'
import type { RoleRegistry } from '@main/settings/role-registry'
import { createAllNotes, createItemNotes, type AllNotes, type ItemNotes } from './import-notes'
import type { ParsedChoices } from './import-settings'
import type { LocalIndex } from './local-index'

type Item = ImportPlan['items'][number]

/** What becomes of an item: `none` for one that is here already and alike. */
export type Decision = ParsedChoices['conflicts'][string] | 'none'

/** An item as a part of the import finds it; what is not said of it is empty. */
export type FoundItem = Pick<Item, 'kind' | 'name' | 'conflict' | 'replaceable'> & Partial<Omit<Item, 'key'>>

/** One row to write; `before` is the row that it replaces. Times are set when it is written. */
export interface Write<Row> {
  row: Row
  before: Row | null
}

/** What the parts of an import share. */
export interface ImportContext {
  stores: Stores
  roles: RoleRegistry
  computer: LocalIndex
  choices: ParsedChoices
  /** Records an item, takes over what was noted about it if it comes in, and says what to do with it. */
  decide(item: FoundItem, notes?: ItemNotes): Decision
  items: Item[]
  notes: AllNotes
  skipped: () => number
}

export function createImportContext(
  parts: Pick<ImportContext, 'stores' | 'roles' | 'computer' | 'choices'>
): ImportContext {
  const items: Item[] = []
  const all = createAllNotes()
  let skipped = 0
  return {
    ...parts,
    items,
    notes: all,
    skipped: () => skipped,
    decide: (found, notes = createItemNotes()) => {
      const { kind, name, conflict } = found
      const key = `${kind}:${name}`
      items.push({ key, address: null, headers: {}, body: {}, models: [], ...found })
      if (conflict === 'same') return 'none'
      const choice = parts.choices.conflicts[key] ?? 'keep_both'
      if (choice === 'skip') skipped += 1
      else all.add(name, notes)
      return choice
    },
  }
}

/** How an item stands to what is here under its name. */
export const conflictOf = (here: object | null, same: boolean): Item['conflict'] =>
  here === null ? null : same ? 'same' : 'different'

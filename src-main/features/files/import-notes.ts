import type { ImportPlan, ImportReport } from '@contract/routes/files'

type Missing = ImportPlan['missing'][number]
type Dropped = ImportReport['dropped'][number]
type Change = ImportReport['changes'][number]
type ChangeOfItem = Change extends infer One ? (One extends Change ? Omit<One, 'item'> : never) : never

/** What an import has to say about the items that it takes in: what they miss here, what they lose, and what becomes otherwise. */
export interface ImportNotes {
  missing(need: Omit<Missing, 'usedBy'>): void
  dropped(kind: Dropped['kind'], name: string): void
  changed(change: ChangeOfItem): void
}

/** The notes of one item, kept apart until it is known whether the item is taken in at all. */
export interface ItemNotes extends ImportNotes {
  readonly needs: Omit<Missing, 'usedBy'>[]
  readonly losses: Omit<Dropped, 'item'>[]
  readonly changes: ChangeOfItem[]
}

export function createItemNotes(): ItemNotes {
  const needs: ItemNotes['needs'] = []
  const losses: ItemNotes['losses'] = []
  const changes: ItemNotes['changes'] = []
  return {
    needs,
    losses,
    changes,
    missing: (need) => void needs.push(need),
    dropped: (kind, name) => void losses.push({ kind, name }),
    changed: (change) => void changes.push(change),
  }
}

export interface AllNotes {
  /** Takes over what was noted about an item. */
  add(item: string, notes: ItemNotes): void
  missing(): Missing[]
  dropped(): Dropped[]
  changes(): Change[]
}

export function createAllNotes(): AllNotes {
  const missing = new Map<string, { need: Omit<Missing, 'usedBy'>; usedBy: Set<string> }>()
  const dropped = new Map<string, Dropped>()
  const changed = new Map<string, Change>()
  return {
    add: (item, { needs, losses, changes }) => {
      for (const need of needs) {
        const known = missing.get(need.key) ?? { need, usedBy: new Set() }
        known.usedBy.add(item)
        missing.set(need.key, known)
      }
      for (const { kind, name } of losses) dropped.set(`${kind}/${item}/${name}`, { item, kind, name })
      for (const change of changes) changed.set(JSON.stringify([item, change]), { ...change, item })
    },
    missing: () => [...missing.values()].map(({ need, usedBy }) => ({ ...need, usedBy: [...usedBy] })),
    dropped: () => [...dropped.values()],
    changes: () => [...changed.values()],
  }
}

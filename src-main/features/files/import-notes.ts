import type { ImportPlan, ImportReport } from '@contract/routes/files'

type Missing = ImportPlan['missing'][number]
type Dropped = ImportReport['dropped'][number]

/** What an import has to say about the items that it takes in: what they miss here, and what they lose. */
export interface ImportNotes {
  missing(need: Omit<Missing, 'usedBy'>): void
  dropped(kind: Dropped['kind'], name: string): void
}

/** The notes of one item, kept apart until it is known whether the item is taken in at all. */
export interface ItemNotes extends ImportNotes {
  readonly needs: Omit<Missing, 'usedBy'>[]
  readonly losses: Omit<Dropped, 'item'>[]
}

export function createItemNotes(): ItemNotes {
  const needs: ItemNotes['needs'] = []
  const losses: ItemNotes['losses'] = []
  return {
    needs,
    losses,
    missing: (need) => void needs.push(need),
    dropped: (kind, name) => void losses.push({ kind, name }),
  }
}

export interface AllNotes {
  /** Takes over what was noted about an item. */
  add(item: string, notes: ItemNotes): void
  missing(): Missing[]
  dropped(): Dropped[]
}

export function createAllNotes(): AllNotes {
  const missing = new Map<string, { need: Omit<Missing, 'usedBy'>; usedBy: Set<string> }>()
  const dropped = new Map<string, Dropped>()
  return {
    add: (item, { needs, losses }) => {
      for (const need of needs) {
        const known = missing.get(need.key) ?? { need, usedBy: new Set() }
        known.usedBy.add(item)
        missing.set(need.key, known)
      }
      for (const { kind, name } of losses) dropped.set(`${kind}/${item}/${name}`, { item, kind, name })
    },
    missing: () => [...missing.values()].map(({ need, usedBy }) => ({ ...need, usedBy: [...usedBy] })),
    dropped: () => [...dropped.values()],
  }
}

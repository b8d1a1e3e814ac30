import type { BatchId } from '@contract/ids'
import type { BatchCounts } from '@main/data/batch-store'
import type { Stores } from '@main/data/stores'

/**
 * How far batches are. They are counted once and then by what happens: to count 100,000 rows again for each that is done
 * would take longer than the rows.
 */
export interface KnownCounts {
  of(id: BatchId): Readonly<BatchCounts>
  /** Says of a new batch how many of its rows wait, and how many are left out. */
  begin(id: BatchId, rows: Pick<BatchCounts, 'waiting' | 'skipped'>): void
  /** Notes what has just been kept of a batch; of one that was never asked for, the next count says it. */
  change(id: BatchId, change: (counts: BatchCounts) => void): void
  /** What was changed otherwise is counted anew. */
  forget(id: BatchId): void
}

/** Those of a batch of which nothing is done. */
export const noCounts: Readonly<BatchCounts> = {
  waiting: 0,
  running: 0,
  complete: 0,
  invalid: 0,
  failed: 0,
  skipped: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
}

export function createKnownCounts(stores: Pick<Stores, 'batches'>): KnownCounts {
  const known = new Map<BatchId, BatchCounts>()
  return {
    of: (id) => {
      const counted = known.get(id) ?? stores.batches.counts(id)
      known.set(id, counted)
      return counted
    },
    begin: (id, rows) => void known.set(id, { ...noCounts, ...rows }),
    change: (id, change) => {
      const counted = known.get(id)
      if (counted) change(counted)
    },
    forget: (id) => void known.delete(id),
  }
}

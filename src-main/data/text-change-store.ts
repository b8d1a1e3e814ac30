import type { Db } from './database'

/** Which passages the search has yet to take in (migration 20). */
export interface TextChangeStore {
  /** Whether anything waits. */
  any(): boolean
  /** Forgets a part of those up to here; false when none is left. */
  removePart(upTo: number): boolean
}

export function createTextChangeStore(db: Db): TextChangeStore {
  const first = db.prepare<[], { found: 1 }>('SELECT 1 AS found FROM text_changes LIMIT 1')
  const remove = db.prepare<[number]>(
    'DELETE FROM text_changes WHERE seq IN (SELECT seq FROM text_changes WHERE seq <= ? ORDER BY seq LIMIT 200)'
  )
  return {
    any: () => first.get() !== undefined,
    removePart: (upTo) => remove.run(upTo).changes > 0,
  }
}

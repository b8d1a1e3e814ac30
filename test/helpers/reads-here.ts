import type { Db } from '@main/data/database'
import { openSearchIndex } from '@main/data/search-index'
import { createReadHandlers } from '@main/workers/read-handlers'
import type { Reads } from '@main/workers/reads'

/** What the read thread answers, without a thread: on a database of a test, with an index in memory. */
export function readsHere(db: Db): Reads {
  const index = openSearchIndex(':memory:', db)
  const answer = createReadHandlers(db, index)
  return {
    ask: (name, input, signal) => answer(name, input, signal ?? new AbortController().signal),
    close: async () => index.close(),
  }
}

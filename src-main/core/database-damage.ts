import { FabulaError, StorageError } from '@contract/errors'
import { databaseIn } from '@main/data/data-folder'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { checkDatabase } from '@main/workers/database-check'

/** Looks for damage in the database. */
export interface DatabaseDamage {
  /** Null while none was found. */
  found(): FabulaError | null
  /** Reads the whole database, in a thread. Says in `data.changed` when it finds damage. */
  look(): Promise<void>
  /** Ends a look that is under way. */
  close(): Promise<void>
}

export function createDatabaseDamage(ports: { dataDir: string; events: EventHub; logger: Logger }): DatabaseDamage {
  const { dataDir, events, logger } = ports
  const closing = new AbortController()
  let damage: FabulaError | null = null
  let looking: Promise<unknown> = Promise.resolve()
  return {
    found: () => damage,
    look: async () => {
      const path = databaseIn(dataDir)
      const checked = checkDatabase(path, closing.signal).catch((error: unknown) => {
        if (!closing.signal.aborted) throw error
        return null
      })
      looking = checked.catch(() => null)
      const reason = await checked
      if (reason === null) return
      damage = new FabulaError(StorageError.DatabaseDamaged, 'The database is damaged', { details: { path, reason } })
      logger.error('The check found the database damaged', { reason })
      events.changed('storage')
    },
    close: async () => {
      closing.abort()
      await looking
    },
  }
}

import type { ErrorShape } from '@contract/errors'
import type { ModelListState } from '@contract/entities/model'
import type { ProviderId } from '@contract/ids'
import type { Db } from './database'
import { readAnew, type Remember } from './remembered-reads'
import { errorColumn } from './stored-error'

/** How fresh each provider's list of models is. */
export interface ModelListStore {
  list(): ModelListState[]
  get(providerId: ProviderId): ModelListState
  succeeded(providerId: ProviderId, now: string): void
  failed(providerId: ProviderId, problem: ErrorShape): void
}

interface Stored {
  provider_id: ProviderId
  last_sync: string | null
  problem: string | null
}

const fromStored = (row: Stored): ModelListState => ({
  providerId: row.provider_id,
  lastSync: row.last_sync,
  problem: row.problem === null ? null : errorColumn.decode(row.problem),
})

export function createModelListStore(db: Db, remember: Remember = readAnew): ModelListStore {
  const list = db.prepare<[], Stored>('SELECT * FROM model_lists')
  const get = db.prepare<[ProviderId], Stored>('SELECT * FROM model_lists WHERE provider_id = ?')
  const succeeded = db.prepare<[ProviderId, string]>(
    `INSERT INTO model_lists VALUES (?, ?, NULL)
     ON CONFLICT (provider_id) DO UPDATE SET last_sync = excluded.last_sync, problem = NULL`
  )
  const failed = db.prepare<[ProviderId, string]>(
    `INSERT INTO model_lists VALUES (?, NULL, ?) ON CONFLICT (provider_id) DO UPDATE SET problem = excluded.problem`
  )
  return {
    list: () => list.all().map(fromStored),
    get: remember('model_lists', (providerId: ProviderId) => {
      const row = get.get(providerId)
      return row ? fromStored(row) : { providerId, lastSync: null, problem: null }
    }),
    succeeded: (providerId, now) => void succeeded.run(providerId, now),
    failed: (providerId, problem) => void failed.run(providerId, errorColumn.encode(problem)),
  }
}

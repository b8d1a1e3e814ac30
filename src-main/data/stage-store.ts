import { z } from 'zod'
import type { ErrorShape } from '@contract/errors'
import { MediaModel, type StageStatus } from '@contract/entities/stage'
import type { StoredPart } from '@contract/entities/unreadable'
import type { ProviderId, StageId, TokenId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'
import { errorColumn } from './stored-error'

/** What was chosen for a stage, and what its provider said about it. */
export interface StageRow {
  id: StageId
  /** May be deleted by now, as may the key. */
  providerId: ProviderId
  tokenId: TokenId | null
  model: string | null
  settings: JsonObject
  status: StageStatus
  problem: ErrorShape | null
  /** By the last list that was had of this provider. */
  models: MediaModel[]
  listedAt: string | null
  unreadable?: StoredPart[]
}

/** Only `settings/stage-config.ts` and `features/media/stages.ts` may touch it: lint sees to that. */
export interface StageStore {
  get(id: StageId): StageRow | null
  /** Writes the row of one stage, and no other. */
  save(row: StageRow): void
  remove(id: StageId): void
}

interface Stored {
  id: StageId
  provider_id: ProviderId
  token_id: TokenId | null
  model: string | null
  settings: string
  status: StageStatus
  problem: string | null
  models: string
  listed_at: string | null
}

const settingsColumn = jsonColumn(JsonObject, { otherwise: {} })
/** What cannot be read of it is asked for again. */
const modelsColumn = jsonColumn(z.array(MediaModel), { otherwise: [] })

function fromStored(row: Stored): StageRow {
  const reader = rowReader()
  return {
    id: row.id,
    providerId: row.provider_id,
    tokenId: row.token_id,
    model: row.model,
    settings: reader.read('settings', settingsColumn, row.settings),
    status: row.status,
    problem: row.problem === null ? null : errorColumn.decode(row.problem),
    models: modelsColumn.decode(row.models),
    listedAt: row.listed_at,
    ...reader.note(),
  }
}

export function createStageStore(db: Db): StageStore {
  const get = db.prepare<[StageId], Stored>('SELECT * FROM stages WHERE id = ?')
  const save = db.prepare<[Stored]>(
    `INSERT INTO stages VALUES (@id, @provider_id, @token_id, @model, @settings, @status, @problem, @models, @listed_at)
     ON CONFLICT (id) DO UPDATE SET provider_id = excluded.provider_id, token_id = excluded.token_id,
       model = excluded.model, settings = excluded.settings, status = excluded.status, problem = excluded.problem,
       models = excluded.models, listed_at = excluded.listed_at`
  )
  const remove = db.prepare<[StageId]>('DELETE FROM stages WHERE id = ?')
  return {
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    save: (row) =>
      void save.run({
        id: row.id,
        provider_id: row.providerId,
        token_id: row.tokenId,
        model: row.model,
        settings: settingsColumn.encodeOver(row.settings, get.get(row.id)?.settings),
        status: row.status,
        problem: row.problem === null ? null : errorColumn.encode(row.problem),
        models: modelsColumn.encode(row.models),
        listed_at: row.listedAt,
      }),
    remove: (id) => void remove.run(id),
  }
}

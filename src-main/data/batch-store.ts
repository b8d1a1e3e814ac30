import { z } from 'zod'
import { RowFault, type BatchProgress, type BatchRow, type BatchRowState } from '@contract/entities/batch'
import { GenerationModel } from '@contract/entities/generation'
import { InputValues } from '@contract/entities/template'
import type { StoredPart } from '@contract/entities/unreadable'
import type { GatewayKeyRef } from '@contract/entities/gateway'
import type { BatchId, GenerationId, StoryId, TemplateId } from '@contract/ids'
import type { Language } from '@contract/values'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'
import { errorColumn } from './stored-error'
import { gatewayKeyColumns, gatewayKeyOf, type GatewayKeyColumns } from './stored-gateway-key'

/** A batch as it is kept. */
export interface KeptBatch {
  id: BatchId
  templateId: TemplateId
  templateName: string
  version: number
  language: Language
  storyId: StoryId | null
  fileName: string | null
  asked: GenerationModel | null
  /** Of all its rows, where those have none of their own. */
  inputs: InputValues | null
  gatewayKey: GatewayKeyRef | null
  concurrency: number
  rows: number
  unreadable?: StoredPart[]
  createdAt: string
}

/** A row of a new batch; without inputs, those of the batch. */
export interface NewBatchRow {
  line: number
  inputs: InputValues | null
  /** None for a row that can be used. */
  faults: readonly RowFault[]
}

export interface TakenRow {
  row: number
  inputs: InputValues
}

/** What is known of a batch by counting. */
export type BatchCounts = Omit<BatchProgress, 'leftMs'>

/** Batches and their rows. What was deleted is in no answer until it is restored. */
export interface BatchStore {
  get(id: BatchId): KeptBatch | null
  /** The newest first. */
  list(filter: { templateId?: TemplateId | undefined; ids?: readonly BatchId[] | undefined }): KeptBatch[]
  /** It is in no answer, as if it were deleted, until `begin` says that all its rows are there. */
  insert(batch: KeptBatch): void
  /** Adds rows behind those that are there. */
  addRows(id: BatchId, rows: readonly NewBatchRow[]): void
  begin(id: BatchId): void
  /** For whom its next rows count. */
  setGatewayKey(id: BatchId, key: GatewayKeyRef | null): void
  counts(id: BatchId): BatchCounts
  rows(id: BatchId, page: { states?: readonly BatchRowState[] | undefined; after: number; limit: number }): BatchRow[]
  /** The next row that waits, which is running from now on. */
  take(batch: KeptBatch): TakenRow | null
  setState(id: BatchId, row: number, state: BatchRowState): void
  /** Lets rows in these states wait again; returns how many. */
  waitAgain(id: BatchId, states: readonly BatchRowState[]): number
  remove(id: BatchId, now: string): void
  restore(id: BatchId): boolean
  /** Deletes for good a part of what was deleted before a time; false when nothing is left. */
  removePartBefore(time: string): boolean
}

interface Stored extends GatewayKeyColumns {
  id: BatchId
  template_id: TemplateId
  template_name: string
  version: number
  language: Language
  story_id: StoryId | null
  file_name: string | null
  asked: string | null
  inputs: string | null
  concurrency: number
  total: number
  created_at: string
}

interface StoredRow {
  number: number
  line: number
  state: BatchRowState
  inputs: string | null
  faults: string | null
  generation_id: GenerationId | null
  title: string | null
  error: string | null
}

const askedColumn = jsonColumn(z.strictObject({ model: GenerationModel.nullable() }), { otherwise: { model: null } })
const inputsColumn = jsonColumn(InputValues, { otherwise: {} })
const faultsColumn = jsonColumn(z.array(RowFault), { otherwise: [] })

function fromStored(row: Stored): KeptBatch {
  const reader = rowReader()
  return {
    id: row.id,
    templateId: row.template_id,
    templateName: row.template_name,
    version: row.version,
    language: row.language,
    storyId: row.story_id,
    fileName: row.file_name,
    asked: row.asked === null ? null : reader.read('settings', askedColumn, row.asked).model,
    inputs: row.inputs === null ? null : reader.read('inputs', inputsColumn, row.inputs),
    gatewayKey: gatewayKeyOf(row),
    concurrency: row.concurrency,
    rows: row.total,
    createdAt: row.created_at,
    ...reader.note(),
  }
}

/** So many are deleted for good at a time. */
const PART = 50

export function createBatchStore(db: Db): BatchStore {
  const get = db.prepare<[BatchId], Stored>('SELECT * FROM batches WHERE id = ? AND deleted_at IS NULL')
  const list = db.prepare<[{ template: string | null; ids: string | null }], Stored>(
    `SELECT * FROM batches WHERE deleted_at IS NULL AND (@template IS NULL OR template_id = @template)
       AND (@ids IS NULL OR id IN (SELECT value FROM json_each(@ids))) ORDER BY id DESC`
  )
  const insert = db.prepare<[Stored]>(
    `INSERT INTO batches (id, template_id, template_name, version, language, story_id, file_name, asked, inputs, concurrency,
       total, created_at, deleted_at, gateway_key_id, gateway_key_name)
     VALUES (@id, @template_id, @template_name, @version, @language, @story_id, @file_name, @asked, @inputs, @concurrency,
       @total, @created_at, @created_at, @gateway_key_id, @gateway_key_name)`
  )
  const setGatewayKey = db.prepare<[GatewayKeyColumns & { id: BatchId }]>(
    'UPDATE batches SET gateway_key_id = @gateway_key_id, gateway_key_name = @gateway_key_name WHERE id = @id'
  )
  const insertRow = db.prepare<[BatchId, number, number, BatchRowState, string | null, string | null]>(
    'INSERT INTO batch_rows (batch_id, number, line, state, inputs, faults) VALUES (?, ?, ?, ?, ?, ?)'
  )
  const lastRow = db.prepare<[BatchId], number | null>('SELECT max(number) FROM batch_rows WHERE batch_id = ?').pluck()
  const states = db.prepare<[BatchId], { state: BatchRowState; count: number }>(
    'SELECT state, count(*) AS count FROM batch_rows WHERE batch_id = ? GROUP BY state'
  )
  const sums = db.prepare<[BatchId], { input: number; output: number; cost: number; unpriced: number }>(
    `SELECT ifnull(sum(input_tokens), 0) AS input, ifnull(sum(output_tokens), 0) AS output, ifnull(sum(cost), 0.0) AS cost,
       ifnull(sum(cost IS NULL AND state IN ('complete', 'invalid')), 0) AS unpriced
     FROM generations WHERE batch_id = ?`
  )
  const rows = db.prepare<[{ id: BatchId; states: string | null; after: number; limit: number }], StoredRow>(
    `SELECT r.*, g.id AS generation_id, g.title, g.error FROM batch_rows r
     LEFT JOIN generations g ON g.batch_id = r.batch_id AND g.batch_row = r.number AND g.deleted_at IS NULL
     WHERE r.batch_id = @id AND r.number > @after AND (@states IS NULL OR r.state IN (SELECT value FROM json_each(@states)))
     ORDER BY r.number LIMIT @limit`
  )
  const take = db.prepare<[BatchId], { number: number; inputs: string | null }>(
    `UPDATE batch_rows SET state = 'running' WHERE rowid = (SELECT rowid FROM batch_rows WHERE batch_id = ?
       AND state = 'waiting' ORDER BY number LIMIT 1) RETURNING number, inputs`
  )
  const setState = db.prepare<[BatchRowState, BatchId, number]>(
    'UPDATE batch_rows SET state = ? WHERE batch_id = ? AND number = ?'
  )
  const waitAgain = db.prepare<[BatchId, string]>(
    "UPDATE batch_rows SET state = 'waiting' WHERE batch_id = ? AND state IN (SELECT value FROM json_each(?))"
  )
  const removedAt = db.prepare<[BatchId], { at: string | null }>('SELECT deleted_at AS at FROM batches WHERE id = ?')
  const remove = db.prepare<[string | null, BatchId]>('UPDATE batches SET deleted_at = ? WHERE id = ?')
  const removeUses = db.prepare<[string, BatchId]>(
    'UPDATE generations SET deleted_at = ? WHERE batch_id = ? AND deleted_at IS NULL'
  )
  // What was deleted by itself before stays deleted.
  const restoreUses = db.prepare<[BatchId, string]>(
    'UPDATE generations SET deleted_at = NULL WHERE batch_id = ? AND deleted_at = ?'
  )
  const old = db.prepare<[string], { id: BatchId }>('SELECT id FROM batches WHERE deleted_at < ? LIMIT 1')
  const removePart = ['generations', 'batch_rows'].map((table) =>
    db.prepare<[BatchId, number]>(
      `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE batch_id = ? LIMIT ?)`
    )
  )
  const removeWhole = db.prepare<[BatchId]>('DELETE FROM batches WHERE id = ?')

  return {
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    list: ({ templateId, ids }) =>
      list.all({ template: templateId ?? null, ids: ids ? JSON.stringify(ids) : null }).map(fromStored),
    insert: (batch) =>
      void insert.run({
        id: batch.id,
        template_id: batch.templateId,
        template_name: batch.templateName,
        version: batch.version,
        language: batch.language,
        story_id: batch.storyId,
        file_name: batch.fileName,
        asked: batch.asked && askedColumn.encode({ model: batch.asked }),
        inputs: batch.inputs && inputsColumn.encode(batch.inputs),
        ...gatewayKeyColumns(batch.gatewayKey),
        concurrency: batch.concurrency,
        total: batch.rows,
        created_at: batch.createdAt,
      }),
    addRows: (id, added) => {
      const last = lastRow.get(id) ?? 0
      for (const [at, { line, inputs, faults }] of added.entries()) {
        const isFaulty = faults.length > 0
        insertRow.run(
          id,
          last + at + 1,
          line,
          isFaulty ? 'skipped' : 'waiting',
          inputs && inputsColumn.encode(inputs),
          isFaulty ? faultsColumn.encode([...faults]) : null
        )
      }
    },
    begin: (id) => void remove.run(null, id),
    setGatewayKey: (id, key) => void setGatewayKey.run({ id, ...gatewayKeyColumns(key) }),
    counts: (id) => {
      const by = new Map(states.all(id).map(({ state, count }) => [state, count]))
      const { input = 0, output = 0, cost = 0, unpriced = 0 } = sums.get(id) ?? {}
      const count = (state: BatchRowState) => by.get(state) ?? 0
      return {
        waiting: count('waiting'),
        running: count('running'),
        complete: count('complete'),
        invalid: count('invalid'),
        failed: count('failed'),
        skipped: count('skipped'),
        inputTokens: input,
        outputTokens: output,
        cost: unpriced > 0 ? null : cost,
      }
    },
    rows: (id, { states: wanted, after, limit }) => {
      const shared = get.get(id)?.inputs ?? null
      return rows.all({ id, states: wanted ? JSON.stringify(wanted) : null, after, limit }).map((row) => {
        const reader = rowReader()
        const inputs = row.inputs ?? shared
        return {
          row: row.number,
          line: row.line,
          state: row.state,
          inputs: inputs === null ? {} : reader.read('inputs', inputsColumn, inputs),
          generationId: row.generation_id,
          title: row.title ?? '',
          faults: row.faults === null ? [] : reader.read('result', faultsColumn, row.faults),
          error: row.error === null ? null : errorColumn.decode(row.error),
          ...reader.note(),
        }
      })
    },
    take: ({ id, inputs: shared }) => {
      const row = take.get(id)
      if (!row) return null
      return { row: row.number, inputs: row.inputs === null ? (shared ?? {}) : inputsColumn.decode(row.inputs) }
    },
    setState: (id, row, state) => void setState.run(state, id, row),
    waitAgain: (id, wanted) => waitAgain.run(id, JSON.stringify(wanted)).changes,
    remove: (id, now) => {
      remove.run(now, id)
      removeUses.run(now, id)
    },
    restore: (id) => {
      const at = removedAt.get(id)?.at ?? null
      if (at === null) return false
      restoreUses.run(id, at)
      remove.run(null, id)
      return true
    },
    removePartBefore: (time) => {
      const found = old.get(time)
      if (!found) return false
      for (const part of removePart) if (part.run(found.id, PART).changes === PART) return true
      removeWhole.run(found.id)
      return true
    },
  }
}

import { z } from 'zod'
import {
  Batch,
  BatchEstimate,
  BatchFilePart,
  BatchForm,
  BatchRow,
  BatchRowState,
  BatchSource,
  ColumnMapping,
  ListRow,
  LONGEST_LIST,
  MOST_AT_ONCE,
  RowFault,
} from '../entities/batch'
import { BatchId, TemplateId } from '../ids'
import { command, query } from '../route'
import { Nothing } from '../values'
import { forProgram, templateUse } from './generations'

const byBatch = z.strictObject({ id: BatchId })
const goOn = byBatch.extend(forProgram)
const Batches = z.strictObject({ ids: z.array(BatchId).min(1).max(100) })

export const batchRoutes = {
  /** What a list of inputs has. Throws `list_unreadable`. */
  'batches.read': command(
    z.strictObject({ templateId: TemplateId, text: z.string().max(LONGEST_LIST), fileName: z.string().max(300) }),
    z.strictObject({
      format: z.enum(['csv', 'json', 'jsonl']),
      columns: z.array(z.string()),
      rows: z.number().int().nonnegative(),
      /** By the names of columns and variables. */
      mapping: ColumnMapping,
      /** The first 20. */
      first: z.array(ListRow),
    })
  ),
  /** What a batch would do. Nothing is called. The first 1,000 faults come with it; `faulty` counts all such rows. */
  'batches.plan': command(
    z.strictObject({ ...templateUse, source: BatchSource }),
    z.strictObject({
      rows: z.number().int().nonnegative(),
      faulty: z.number().int().nonnegative(),
      faults: z.array(RowFault),
      estimate: BatchEstimate,
      /** Who would be asked. */
      provider: z.string(),
      model: z.string(),
    })
  ),
  /** Throws `input_invalid` for a row that cannot be used, unless those are to be skipped. */
  'batches.start': command(
    z.strictObject({
      ...templateUse,
      ...forProgram,
      source: BatchSource,
      concurrency: z.number().int().min(1).max(MOST_AT_ONCE).default(4),
      skipFaulty: z.boolean().default(false),
    }),
    Batch
  ),
  /** The newest first. */
  'batches.list': query(
    z.strictObject({ templateId: TemplateId.optional(), ids: z.array(BatchId).max(500).optional() }),
    z.array(Batch),
    ['batches'],
    { rows: { topics: ['batches'], order: { newest: 'createdAt' } } }
  ),
  'batches.get': query(byBatch, Batch, ['batches'], { about: { batches: 'id' } }),
  /** In their order; `after` is the last one of the page before. */
  'batches.rows': query(
    z.strictObject({
      id: BatchId,
      states: z.array(BatchRowState).optional(),
      after: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    z.array(BatchRow),
    ['batches'],
    { about: { batches: 'id' } }
  ),
  'batches.pause': command(byBatch, Batch),
  /** From now on it counts for whoever goes on with it: for a key, or for nobody's. */
  'batches.resume': command(goOn, Batch),
  /** Takes the rows that failed, or whose answers do not have the form, once more; counts as `batches.resume` says. */
  'batches.retry': command(goOn, Batch),
  /** With its generations. Kept for 30 days, and back with `batches.restore`, paused. */
  'batches.delete': command(Batches, Nothing),
  'batches.restore': command(Batches, Nothing),
  /** The values and the answers of all rows but those that are skipped, part by part: `after` is `next` of the one before. */
  'batches.export': command(
    byBatch.extend({ form: BatchForm, after: z.number().int().nonnegative().default(0) }),
    BatchFilePart.extend({ fileName: z.string() })
  ),
}

import { z } from 'zod'
import {
  BatchRowState,
  BatchState,
  LONGEST_LIST,
  MOST_AT_ONCE,
  MOST_ROWS,
  type Batch,
  type BatchRow,
  type BatchSource,
  type ColumnMapping,
} from '@contract/entities/batch'
import { BatchId, GenerationId, StoryId, TemplateId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import type { InputVariable } from '@contract/entities/template'
import { badField } from '@main/gateway/api-error'
import { Dollars, listOf, Moment, ofAnswer, ofRequest, Problem, problemOf } from './api-schema'
import { Inputs, templateUse } from './generation-shape'

const Source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rows'),
    rows: z.array(JsonObject).min(1).max(MOST_ROWS).describe('The inputs of each row, by the names of variables.'),
  }),
  z.strictObject({ kind: z.literal('repeat'), inputs: Inputs.default({}), count: z.int().min(1).max(MOST_ROWS) }),
  z.strictObject({
    kind: z.literal('file'),
    file_name: z.string().max(300).describe('Its ending says what it is: `.csv`, `.json` or `.jsonl`.'),
    text: z.string().max(LONGEST_LIST),
    columns: z
      .record(z.string().max(64), z.string().max(2000))
      .optional()
      .describe('By the names of variables: the column with their values. Unless said, the one that is called alike.'),
  }),
])
type Source = z.output<typeof Source>

export const NewBatch = ofRequest(
  'NewBatch',
  z.strictObject({
    ...templateUse,
    source: ofRequest('BatchSource', Source),
    concurrency: z.int().min(1).max(MOST_AT_ONCE).default(4).describe('Rows that are taken at the same time.'),
    skip_faulty: z.boolean().default(false).describe('Leaves out rows that cannot be used, and is no error for them.'),
  })
)

const count = z.int().nonnegative()

export const ApiBatch = ofAnswer(
  'Batch',
  z.strictObject({
    id: BatchId,
    template_id: TemplateId,
    template_name: z.string(),
    version: count,
    story_id: StoryId.nullable(),
    file_name: z.string().nullable(),
    key_name: z
      .string()
      .nullable()
      .describe('The key of the gateway that set it going last, whose limits it counts for; null: in the app.'),
    concurrency: z.int().min(1).max(MOST_AT_ONCE),
    rows: count,
    state: BatchState,
    error: Problem.nullable().describe('Why it was paused, where the user did not.'),
    progress: z.strictObject({
      waiting: count,
      running: count,
      complete: count,
      invalid: count,
      failed: count,
      skipped: count,
      input_tokens: count,
      output_tokens: count,
      cost: Dollars,
      left_ms: count.nullable().describe('About how long the rest takes.'),
    }),
    created_at: Moment,
  })
)
export const Batches = listOf('Batches', ApiBatch)

const ApiRow = ofAnswer(
  'BatchRow',
  z.strictObject({
    row: z.int().positive(),
    line: z.int().positive().describe('Of the list that it came from.'),
    state: BatchRowState,
    inputs: Inputs,
    generation_id: GenerationId.nullable(),
    title: z.string(),
    faults: z.array(
      z.strictObject({ variable: z.string().nullable(), kind: z.string(), limit: z.number().nullable() })
    ),
    error: Problem.nullable(),
  })
)
export const BatchRows = listOf('BatchRows', ApiRow)

/** Rows as a list, so that they are read as those of a file are. What no variable takes is refused, and not left out. */
export function sourceOf(
  source: Source,
  variables: readonly Pick<InputVariable, 'name'>[],
  guessed: ColumnMapping
): BatchSource {
  switch (source.kind) {
    case 'repeat':
      return source
    case 'file':
      return { kind: 'list', fileName: source.file_name, text: source.text, mapping: source.columns ?? guessed }
    case 'rows': {
      const known = new Set(variables.map(({ name }) => name))
      const names = new Set<string>()
      for (const [index, row] of source.rows.entries())
        for (const name of Object.keys(row)) {
          if (!known.has(name))
            throw badField(
              `source.rows[${index}].${name.slice(0, 100)}`,
              `The template has no variable \`${name.slice(0, 100)}\`.`
            )
          names.add(name)
        }
      const mapping = Object.fromEntries([...names].map((name) => [name, name]))
      return { kind: 'list', fileName: 'rows.json', text: JSON.stringify(source.rows), mapping }
    }
  }
}

export const toApiBatch = (batch: Batch): z.output<typeof ApiBatch> => ({
  id: batch.id,
  template_id: batch.templateId,
  template_name: batch.templateName,
  version: batch.version,
  story_id: batch.storyId,
  file_name: batch.fileName,
  key_name: batch.gatewayKey?.name ?? null,
  concurrency: batch.concurrency,
  rows: batch.rows,
  state: batch.state,
  error: problemOf(batch.error),
  progress: {
    waiting: batch.progress.waiting,
    running: batch.progress.running,
    complete: batch.progress.complete,
    invalid: batch.progress.invalid,
    failed: batch.progress.failed,
    skipped: batch.progress.skipped,
    input_tokens: batch.progress.inputTokens,
    output_tokens: batch.progress.outputTokens,
    cost: batch.progress.cost,
    left_ms: batch.progress.leftMs,
  },
  created_at: batch.createdAt,
})

export const toApiRow = (row: BatchRow): z.output<typeof ApiRow> => ({
  row: row.row,
  line: row.line,
  state: row.state,
  inputs: row.inputs,
  generation_id: row.generationId,
  title: row.title,
  faults: row.faults.map(({ variable, kind, limit }) => ({ variable, kind, limit })),
  error: problemOf(row.error),
})

import { z } from 'zod'
import { ErrorShape } from '../errors'
import { BatchId, GenerationId, JobId, StoryId, TemplateId } from '../ids'
import { JsonObject, Timestamp } from '../values'
import { GatewayKeyRef } from './gateway'
import { GenerationModel } from './generation'
import { InputName, InputProblem, InputValues } from './template'
import { unreadable } from './unreadable'

/** The id of its kind of job. */
export const BATCH = 'batch'
export const BatchInput = z.strictObject({ batchId: BatchId })
export type BatchInput = z.infer<typeof BatchInput>

/** Characters of a list of inputs. */
export const LONGEST_LIST = 20_000_000
/** Rows of a batch. */
export const MOST_ROWS = 100_000
/** Rows that are taken at the same time, at most. */
export const MOST_AT_ONCE = 16

/** By the names of variables: the column of the list that has their values. A variable without one has its default. */
export const ColumnMapping = z.record(InputName, z.string().max(2000))
export type ColumnMapping = z.infer<typeof ColumnMapping>

/** Where the inputs of a batch come from: a list that the user gives, or the same ones so many times. */
export const BatchSource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('list'),
    fileName: z.string().max(300),
    text: z.string().max(LONGEST_LIST),
    mapping: ColumnMapping,
  }),
  z.strictObject({
    kind: z.literal('repeat'),
    inputs: InputValues,
    count: z.number().int().min(1).max(MOST_ROWS),
  }),
])
export type BatchSource = z.infer<typeof BatchSource>

/**
 * Why a list cannot be read at all: there is no row in it (`empty`), or there are too many; its first line names no columns
 * (`header`), or one twice; a text in quotes does not end; it is no JSON, or none that is a list.
 */
export const listProblems = ['empty', 'header', 'same_column', 'quote', 'json', 'list', 'too_many'] as const

/** The values of one row of a list, by column, and the line of the list that it begins in, from 1. */
export const ListRow = z.strictObject({ line: z.number().int().positive(), values: JsonObject })
export type ListRow = z.infer<typeof ListRow>

/**
 * Why a row cannot be used. `variable`: which one its value is wrong for, as `InputProblem` says; null where the row
 * itself cannot be read: `cells` (it has `limit` cells, which is not as many as the list has columns), `json`, `object`.
 */
export const RowFault = z.strictObject({
  /** From 1. */
  row: z.number().int().positive(),
  line: z.number().int().positive(),
  variable: z.string().nullable(),
  kind: z.enum([...InputProblem.shape.kind.options, 'cells', 'json', 'object']),
  limit: z.number().nullable(),
})
export type RowFault = z.infer<typeof RowFault>

/** `skipped`: its values cannot be used. */
export const BatchRowState = z.enum(['waiting', 'running', 'complete', 'invalid', 'failed', 'skipped'])
export type BatchRowState = z.infer<typeof BatchRowState>

const count = z.number().int().nonnegative()

/** How far a batch is. Tokens and dollars are those of all tries, as far as anybody counted. */
export const BatchProgress = z.strictObject({
  waiting: count,
  running: count,
  complete: count,
  invalid: count,
  failed: count,
  skipped: count,
  inputTokens: count,
  outputTokens: count,
  /** US dollars; null where the price of a row is not known. */
  cost: z.number().nonnegative().nullable(),
  /** About how many milliseconds the rest takes; null while that is not known. */
  leftMs: count.nullable(),
})
export type BatchProgress = z.infer<typeof BatchProgress>

/** `paused`: by the user, or for the reason in `error`. */
export const BatchState = z.enum(['running', 'paused', 'done'])
export type BatchState = z.infer<typeof BatchState>

/** One template used for many inputs. */
export const Batch = z.strictObject({
  id: BatchId,
  templateId: TemplateId,
  templateName: z.string(),
  version: z.number().int().nonnegative(),
  storyId: StoryId.nullable(),
  /** Of the list; null for inputs that are repeated. */
  fileName: z.string().nullable(),
  /** The model that was asked for in the place of the template's own. */
  asked: GenerationModel.nullable(),
  /** Of the program that set it going last, through the gateway; null where the user did, in the app. */
  gatewayKey: GatewayKeyRef.nullable(),
  concurrency: z.number().int().min(1).max(MOST_AT_ONCE),
  /** All of them, with those that are skipped. */
  rows: count,
  state: BatchState,
  /** Why it was paused, where the user did not. */
  error: ErrorShape.nullable(),
  progress: BatchProgress,
  /** `job.progress` of this one tells how far it is; null where it is long over. */
  jobId: JobId.nullable(),
  unreadable,
  createdAt: Timestamp,
})
export type Batch = z.infer<typeof Batch>

export const BatchRow = z.strictObject({
  /** From 1. */
  row: z.number().int().positive(),
  line: z.number().int().positive(),
  state: BatchRowState,
  inputs: InputValues,
  generationId: GenerationId.nullable(),
  /** As a list of generations shows it; empty while there is no answer. */
  title: z.string(),
  /** Why it cannot be used; of one that is skipped. */
  faults: z.array(RowFault),
  error: ErrorShape.nullable(),
  unreadable,
})
export type BatchRow = z.infer<typeof BatchRow>

/** What a batch would take. Tokens are estimates. */
export const BatchEstimate = z.strictObject({
  inputTokens: count,
  outputTokens: count,
  /** US dollars; null where the price is not known. */
  cost: z.number().nonnegative().nullable(),
})
export type BatchEstimate = z.infer<typeof BatchEstimate>

/** The values and the answers of a batch as a file. */
export const BatchForm = z.enum(['json', 'jsonl', 'csv'])
export type BatchForm = z.infer<typeof BatchForm>

/** A part of such a file. */
export const BatchFilePart = z.strictObject({
  text: z.string(),
  /** The last row of this part, behind which the next one begins; null for the end of the file. */
  next: z.number().int().positive().nullable(),
})
export type BatchFilePart = z.infer<typeof BatchFilePart>

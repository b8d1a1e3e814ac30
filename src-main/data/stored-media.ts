import { z } from 'zod'
import {
  MediaFile,
  SpokenPart,
  SpokenSentence,
  type Media,
  type MediaState,
  type MediaSummary,
} from '@contract/entities/media'
import type { JobState } from '@contract/entities/job'
import { StageChoice } from '@contract/entities/stage'
import { CallId, type JobId, type MediaId, type MessageId, type StageId, type StoryId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import { jsonColumn, rowReader, type RowReader } from './json-column'
import { errorColumn } from './stored-error'

/**
 * A job at a provider: `submitting` as long as nobody knows whether it took the request; then what is needed to ask for it
 * again, since when it has it, and the request's row in the ledger, which learns how it ended.
 */
export const MediaTicket = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('submitting') }),
  z.strictObject({
    state: z.literal('submitted'),
    ticket: JsonObject,
    /** Milliseconds since 1970. */
    since: z.number(),
    callId: CallId,
  }),
])
export type MediaTicket = z.infer<typeof MediaTicket>

/** What the user asked for, and what came of it. */
export interface MediaRow extends Pick<
  Media,
  | 'id'
  | 'stage'
  | 'title'
  | 'state'
  | 'error'
  | 'storyId'
  | 'messageId'
  | 'sourceId'
  | 'provider'
  | 'model'
  | 'tokenName'
  | 'file'
  | 'cost'
  | 'costSource'
  | 'createdAt'
  | 'unreadable'
  | 'text'
  | 'words'
  | 'settings'
  | 'parts'
  | 'sentences'
  | 'peaks'
> {
  excerpt: string
  /** What it is found by, folded as the words that are looked for. */
  found: string
  /** What it is made with; null where that cannot be read any more. */
  asked: StageChoice | null
  ticket: MediaTicket | null
}

/** What a run makes of a row; the user's own words for it stay. */
export type MadeMedia = Pick<
  MediaRow,
  | 'id'
  | 'state'
  | 'error'
  | 'provider'
  | 'model'
  | 'tokenName'
  | 'file'
  | 'cost'
  | 'costSource'
  | 'asked'
  | 'words'
  | 'sentences'
  | 'peaks'
>

/** A row as the database has it. */
export interface Stored {
  id: MediaId
  stage: StageId
  title: string
  state: MediaState
  error: string | null
  story_id: StoryId | null
  message_id: MessageId | null
  source_id: MediaId | null
  provider: string
  model: string
  token_name: string | null
  hash: string | null
  file: string | null
  cost: number | null
  cost_source: MediaRow['costSource']
  created_at: string
  excerpt: string
  found: string
  request: string
  asked: string
  ticket: string | null
  made: string
}

/** What a list needs of a row. */
export const LISTED =
  'id, stage, title, state, error, story_id, message_id, source_id, provider, model, token_name, hash, file, cost, cost_source, created_at, excerpt'.split(
    ', '
  )
export type Listed = Omit<Stored, 'found' | 'request' | 'asked' | 'ticket' | 'made'>

/** What other tables say of a row. */
export interface Around {
  story_title: string | null
  /** Null where the passage is in the bin. */
  passage: MessageId | null
  job_id: JobId | null
  job_state: JobState | null
}

const fileColumn = jsonColumn(MediaFile, { otherwise: null })
const requestColumn = jsonColumn(
  z.strictObject({ text: z.string(), settings: JsonObject, parts: z.array(SpokenPart) }),
  { otherwise: { text: '', settings: {}, parts: [] } }
)
const askedColumn = jsonColumn(StageChoice.nullable(), { otherwise: null })
export const ticketColumn = jsonColumn(MediaTicket, { otherwise: { state: 'submitting' as const } })
const madeColumn = jsonColumn(
  z.strictObject({ words: z.string(), sentences: z.array(SpokenSentence), peaks: z.array(z.number()) }),
  { otherwise: { words: '', sentences: [], peaks: [] } }
)

const factsOf = (row: Listed, reader: RowReader) => ({
  id: row.id,
  stage: row.stage,
  title: row.title,
  state: row.state,
  error: row.error === null ? null : errorColumn.decode(row.error),
  storyId: row.story_id,
  messageId: row.message_id,
  sourceId: row.source_id,
  provider: row.provider,
  model: row.model,
  tokenName: row.token_name,
  file: row.file === null ? null : reader.read('content', fileColumn, row.file),
  cost: row.cost,
  costSource: row.cost_source,
  createdAt: row.created_at,
})

const workOf = (row: Pick<Stored, 'request' | 'made'>, reader: RowReader) => ({
  ...reader.read('inputs', requestColumn, row.request),
  ...reader.read('result', madeColumn, row.made),
})

export function fromStored(row: Stored): MediaRow {
  const reader = rowReader()
  return {
    ...factsOf(row, reader),
    ...workOf(row, reader),
    excerpt: row.excerpt,
    found: row.found,
    asked: reader.read('settings', askedColumn, row.asked),
    ticket: row.ticket === null ? null : reader.read('sent', ticketColumn, row.ticket),
    ...reader.note(),
  }
}

export const madeColumns = (row: Omit<MadeMedia, 'id'>) => ({
  state: row.state,
  error: row.error && errorColumn.encode(row.error),
  provider: row.provider,
  model: row.model,
  token_name: row.tokenName,
  hash: row.file?.hash ?? null,
  file: row.file && fileColumn.encode(row.file),
  cost: row.cost,
  cost_source: row.costSource,
  asked: askedColumn.encode(row.asked),
  made: madeColumn.encode({ words: row.words, sentences: row.sentences, peaks: row.peaks }),
})

export const toStored = (row: MediaRow): Stored => ({
  ...madeColumns(row),
  id: row.id,
  stage: row.stage,
  title: row.title,
  story_id: row.storyId,
  message_id: row.messageId,
  source_id: row.sourceId,
  created_at: row.createdAt,
  excerpt: row.excerpt,
  found: row.found,
  request: requestColumn.encode({ text: row.text, settings: row.settings, parts: row.parts }),
  ticket: row.ticket && ticketColumn.encode(row.ticket),
})

/**
 * How far it is. What has ended has ended, also in the moment in which its job does not know yet; else the job knows better, as
 * long as there is one, and what has neither a job nor an end never comes to it.
 */
const stateOf = ({ state, job_state: job }: Pick<Stored, 'state'> & Around): MediaState => {
  if (state === 'complete' || state === 'failed') return state
  return job === null || job === 'done' ? 'stopped' : job
}

const toldOf = (row: Listed & Around, reader: RowReader) => ({
  ...factsOf(row, reader),
  state: stateOf(row),
  storyTitle: row.story_title,
  messageId: row.passage,
  jobId: row.job_id,
})

export function summaryOf(row: Listed & Around): MediaSummary {
  const reader = rowReader()
  return { ...toldOf(row, reader), excerpt: row.excerpt, ...reader.note() }
}

export function viewOf(row: Stored & Around): Media {
  const reader = rowReader()
  return { ...toldOf(row, reader), ...workOf(row, reader), ...reader.note() }
}

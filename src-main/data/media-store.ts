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
import type { Db } from './database'
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

export interface MediaFilter {
  storyId?: StoryId | undefined
  messageId?: MessageId | undefined
  stage?: StageId | undefined
  /** Each of them is found in it. */
  found?: readonly string[] | undefined
  before?: MediaId | undefined
  ids?: readonly MediaId[] | undefined
  limit: number
}

/** What stages made. What was deleted is in no answer until it is restored. */
export interface MediaStore {
  get(id: MediaId): MediaRow | null
  /** As the app shows it: how far it is by its job, and what it was made for as far as that is there. */
  view(id: MediaId): Media | null
  /** The newest first. */
  list(filter: MediaFilter): MediaSummary[]
  insert(row: MediaRow): void
  keep(made: MadeMedia): void
  setState(id: MediaId, state: MediaState): void
  setTicket(id: MediaId, ticket: MediaTicket | null): void
  /** With how it is shown and found then. */
  rename(id: MediaId, named: Pick<MediaRow, 'title' | 'excerpt' | 'found'>): void
  setDeleted(id: MediaId, deletedAt: string | null): void
  deleted(): { id: MediaId; title: string; storyTitle: string | null; deletedAt: string }[]
  /** Removes for good. */
  remove(id: MediaId): void
  removeDeletedBefore(time: string): void
  /** Whether anything has a file, in the bin too. */
  hasFile(hash: string): boolean
  /** Whether something is there, in the bin too, that is not made yet. */
  isUnfinished(id: string): boolean
}

interface Stored {
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
const LISTED =
  'id, stage, title, state, error, story_id, message_id, source_id, provider, model, token_name, hash, file, cost, cost_source, created_at, excerpt'.split(
    ', '
  )
type Listed = Omit<Stored, 'found' | 'request' | 'asked' | 'ticket' | 'made'>

/** What other tables say of a row. */
interface Around {
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
const ticketColumn = jsonColumn(MediaTicket, { otherwise: { state: 'submitting' as const } })
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

function fromStored(row: Stored): MediaRow {
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

const madeColumns = (row: Omit<MadeMedia, 'id'>) => ({
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

const toStored = (row: MediaRow): Stored => ({
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

function summaryOf(row: Listed & Around): MediaSummary {
  const reader = rowReader()
  return { ...toldOf(row, reader), excerpt: row.excerpt, ...reader.note() }
}

function viewOf(row: Stored & Around): Media {
  const reader = rowReader()
  return { ...toldOf(row, reader), ...workOf(row, reader), ...reader.note() }
}

const AROUND = `s.title AS story_title, p.id AS passage, j.id AS job_id, j.state AS job_state FROM media m
  LEFT JOIN stories s ON s.id = m.story_id AND s.deleted_at IS NULL
  LEFT JOIN messages p ON p.id = m.message_id AND p.deleted_at IS NULL
  LEFT JOIN jobs j ON j.kind = 'media' AND j.subject = m.id`

export function createMediaStore(db: Db): MediaStore {
  const get = db.prepare<[MediaId], Stored>('SELECT * FROM media WHERE id = ? AND deleted_at IS NULL')
  const view = db.prepare<[MediaId], Stored & Around>(`SELECT m.*, ${AROUND} WHERE m.id = ? AND m.deleted_at IS NULL`)
  const names = [...LISTED, 'found', 'request', 'asked', 'ticket', 'made']
  const listed = LISTED.map((name) => `m.${name}`).join(', ')
  const insert = db.prepare<[Stored]>(
    `INSERT INTO media (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`
  )
  const keep = db.prepare<[ReturnType<typeof madeColumns> & { id: MediaId }]>(
    `UPDATE media SET state = @state, error = @error, provider = @provider, model = @model, token_name = @token_name,
       hash = @hash, file = @file, cost = @cost, cost_source = @cost_source, asked = @asked, made = @made WHERE id = @id`
  )
  const setState = db.prepare<[MediaState, MediaId]>('UPDATE media SET state = ?, error = NULL WHERE id = ?')
  const setTicket = db.prepare<[string | null, MediaId]>('UPDATE media SET ticket = ? WHERE id = ?')
  const rename = db.prepare<[Pick<MediaRow, 'id' | 'title' | 'excerpt' | 'found'>]>(
    'UPDATE media SET title = @title, excerpt = @excerpt, found = @found WHERE id = @id'
  )
  const setDeleted = db.prepare<[string | null, MediaId]>('UPDATE media SET deleted_at = ? WHERE id = ?')
  const deleted = db.prepare<[], { id: MediaId; title: string; storyTitle: string | null; deletedAt: string }>(
    `SELECT m.id, m.title, s.title AS storyTitle, m.deleted_at AS deletedAt FROM media m
     LEFT JOIN stories s ON s.id = m.story_id WHERE m.deleted_at IS NOT NULL`
  )
  const remove = db.prepare<[MediaId]>('DELETE FROM media WHERE id = ?')
  const removeBefore = db.prepare<[string]>('DELETE FROM media WHERE deleted_at < ?')
  const hasFile = db.prepare<[string], { id: string }>('SELECT id FROM media WHERE hash = ? LIMIT 1')

  const unfinished = db.prepare<[string], { id: string }>("SELECT id FROM media WHERE id = ? AND state <> 'complete'")

  const list = ({ limit, ...filter }: MediaFilter): MediaSummary[] => {
    const wanted: string[] = ['m.deleted_at IS NULL']
    const values: Record<string, string | number> = { limit }
    const where = (condition: string, name: string, value: string | undefined) => {
      if (value === undefined) return
      wanted.push(condition)
      values[name] = value
    }
    where('m.story_id = @storyId', 'storyId', filter.storyId)
    where('m.message_id = @messageId', 'messageId', filter.messageId)
    where('m.stage = @stage', 'stage', filter.stage)
    where('m.id < @before', 'before', filter.before)
    where('m.id IN (SELECT value FROM json_each(@ids))', 'ids', filter.ids && JSON.stringify(filter.ids))
    if (filter.found && filter.found.length > 0)
      where(
        'NOT EXISTS (SELECT 1 FROM json_each(@found) WHERE instr(m.found, value) = 0)',
        'found',
        JSON.stringify(filter.found)
      )
    return db
      .prepare<[Record<string, string | number>], Listed & Around>(
        `SELECT ${listed}, ${AROUND} WHERE ${wanted.join(' AND ')} ORDER BY m.id DESC LIMIT @limit`
      )
      .all(values)
      .map(summaryOf)
  }

  return {
    get: (id) => {
      const row = get.get(id)
      return row ? fromStored(row) : null
    },
    view: (id) => {
      const row = view.get(id)
      return row ? viewOf(row) : null
    },
    list,
    insert: (row) => void insert.run(toStored(row)),
    keep: ({ id, ...made }) => void keep.run({ id, ...madeColumns(made) }),
    setState: (id, state) => void setState.run(state, id),
    setTicket: (id, ticket) => void setTicket.run(ticket && ticketColumn.encode(ticket), id),
    rename: (id, named) => void rename.run({ id, ...named }),
    setDeleted: (id, deletedAt) => void setDeleted.run(deletedAt, id),
    deleted: () => deleted.all(),
    remove: (id) => void remove.run(id),
    removeDeletedBefore: (time) => void removeBefore.run(time),
    hasFile: (hash) => hasFile.get(hash) !== undefined,
    isUnfinished: (id) => unfinished.get(id) !== undefined,
  }
}

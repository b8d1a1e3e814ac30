import { z } from 'zod'
import {
  GenerationModel,
  Seed,
  Try,
  type Generation,
  type GenerationState,
  type GenerationSummary,
} from '@contract/entities/generation'
import { InputValues } from '@contract/entities/template'
import { PromptMessage } from '@contract/entities/turn'
import type { BatchId, GenerationId, StoryId, TemplateId } from '@contract/ids'
import { JsonObject, JsonValue, type Language } from '@contract/values'
import type { Db } from './database'
import { jsonColumn, noteUnreadable, rowReader } from './json-column'
import { pack, unpack, WORTH_PACKING } from './packed-text'
import { gatewayKeyColumns, gatewayKeyOf, type GatewayKeyColumns } from './stored-gateway-key'
import { errorColumn } from './stored-error'

/** A generation as it is kept. */
export interface GenerationRow extends Generation {
  /** Of the starter set, and of the answer where no story says it. */
  language: Language
  title: string
  excerpt: string
  /** What it is found by, folded as the words that are looked for. */
  words: string
}

/** Which generations are looked for. */
export interface GenerationFilter {
  templateId?: TemplateId | undefined
  storyId?: StoryId | undefined
  model?: string | undefined
  states?: readonly GenerationState[] | undefined
  batchId?: BatchId | undefined
  favourite?: boolean | undefined
  /** Each of them is found in its words. */
  words?: readonly string[] | undefined
  before?: GenerationId | undefined
  ids?: readonly GenerationId[] | undefined
  limit: number
}

/** What the user makes of an answer. */
export type EditedAnswer = Pick<GenerationRow, 'id' | 'text' | 'value' | 'state' | 'title' | 'excerpt' | 'words'>

/** Uses of templates. What was deleted is in no answer of it until it is restored. */
export interface GenerationStore {
  get(id: GenerationId): GenerationRow | null
  /** The newest first. */
  list(filter: GenerationFilter): GenerationSummary[]
  models(): string[]
  lastInputs(id: TemplateId): InputValues | null
  /** How often templates were used. */
  counts(): Map<TemplateId, number>
  /** How often each version of a template was used. */
  versionCounts(id: TemplateId): Map<number, number>
  ofRow(batchId: BatchId, row: number): GenerationRow | null
  insert(row: GenerationRow): void
  /** All that a run makes of it. One that is over is packed. */
  update(row: GenerationRow): void
  edit(answer: EditedAnswer): void
  setFavourite(id: GenerationId, favourite: boolean): void
  remove(ids: readonly GenerationId[], now: string): void
  /** Returns those that were brought back. */
  restore(ids: readonly GenerationId[]): GenerationId[]
  /** Ends those that ran when the app ended. */
  endInterrupted(): void
  /** Whether one is being made that a restart would cut off; rows of a batch go on after it. */
  isAnyRunning(): boolean
  /** Deletes for good some of those that were deleted before a time; false when none is left. */
  removePartBefore(time: string): boolean
}

interface Stored extends GatewayKeyColumns {
  id: GenerationId
  template_id: TemplateId
  template_name: string
  version: number
  language: Language
  story_id: StoryId | null
  batch_id: BatchId | null
  batch_row: number | null
  state: GenerationState
  format: Generation['format']
  provider: string
  model: string
  tries_made: number
  edited: 0 | 1
  favourite: 0 | 1
  input_tokens: number | null
  output_tokens: number | null
  cost: number | null
  total_ms: number
  title: string
  excerpt: string
  error: string | null
  created_at: string
  words: string
  inputs: string
  text: string
  value: string | null
  sent: string
  tries: string
  packed: Buffer | null
}

/** What a list needs of a row. */
const LISTED = `id, template_id, template_name, version, language, story_id, batch_id, batch_row,
  gateway_key_id, gateway_key_name, state, format, provider, model, tries_made, edited, favourite, input_tokens, output_tokens, cost, total_ms, title, excerpt, error, created_at`
type Listed = Omit<Stored, 'words' | 'inputs' | 'text' | 'value' | 'sent' | 'tries' | 'packed'>

const inputsColumn = jsonColumn(
  z.strictObject({
    values: InputValues,
    selection: z.string(),
    asked: GenerationModel.nullable(),
    seed: Seed.nullable(),
  }),
  { otherwise: { values: {}, selection: '', asked: null, seed: null } }
)
const sentColumn = jsonColumn(
  z.strictObject({
    messages: z.array(PromptMessage),
    parameters: JsonObject,
    schema: JsonObject.nullable(),
    native: z.boolean(),
  }),
  { otherwise: { messages: [], parameters: {}, schema: null, native: false } }
)
const triesColumn = jsonColumn(z.array(Try), { otherwise: [] })
/** Of an answer that could be read. */
export const valueColumn = jsonColumn(z.strictObject({ read: JsonValue }), { otherwise: { read: null } })

/** What is packed, as its columns would have it. */
const Packed = z.strictObject({ sent: z.string(), tries: z.string() })

function unpacked({ sent, tries, packed }: Pick<Stored, 'sent' | 'tries' | 'packed'>): z.infer<typeof Packed> {
  if (packed === null) return { sent, tries }
  try {
    const inside = Packed.parse(JSON.parse(unpack(packed)))
    return { sent: sent || inside.sent, tries: tries || inside.tries }
  } catch (cause) {
    noteUnreadable({ text: packed.toString('base64'), cause })
    return { sent, tries }
  }
}

const toldOf = (row: Listed) => ({
  id: row.id,
  templateId: row.template_id,
  templateName: row.template_name,
  version: row.version,
  storyId: row.story_id,
  batch: row.batch_id === null || row.batch_row === null ? null : { id: row.batch_id, row: row.batch_row },
  gatewayKey: gatewayKeyOf(row),
  state: row.state,
  format: row.format,
  provider: row.provider,
  model: row.model,
  edited: row.edited === 1,
  favourite: row.favourite === 1,
  inputTokens: row.input_tokens,
  outputTokens: row.output_tokens,
  cost: row.cost,
  totalMs: row.total_ms,
  createdAt: row.created_at,
  error: row.error === null ? null : errorColumn.decode(row.error),
})

const summaryOf = (row: Listed): GenerationSummary => ({
  ...toldOf(row),
  title: row.title,
  excerpt: row.excerpt,
  tries: row.tries_made,
})

function fromStored(row: Stored): GenerationRow {
  const reader = rowReader()
  const { sent, tries } = unpacked(row)
  const { values, ...asked } = reader.read('inputs', inputsColumn, row.inputs)
  return {
    ...toldOf(row),
    language: row.language,
    title: row.title,
    excerpt: row.excerpt,
    words: row.words,
    inputs: values,
    ...asked,
    ...reader.read('sent', sentColumn, sent),
    tries: reader.read('tries', triesColumn, tries),
    text: row.text,
    value: row.value === null ? null : reader.read('value', valueColumn, row.value).read,
    ...reader.note(),
  }
}

const toStored = (row: GenerationRow): Stored => ({
  id: row.id,
  template_id: row.templateId,
  template_name: row.templateName,
  version: row.version,
  language: row.language,
  story_id: row.storyId,
  batch_id: row.batch?.id ?? null,
  batch_row: row.batch?.row ?? null,
  ...gatewayKeyColumns(row.gatewayKey),
  state: row.state,
  format: row.format,
  provider: row.provider,
  model: row.model,
  tries_made: row.tries.length,
  edited: row.edited ? 1 : 0,
  favourite: row.favourite ? 1 : 0,
  input_tokens: row.inputTokens,
  output_tokens: row.outputTokens,
  cost: row.cost,
  total_ms: row.totalMs,
  title: row.title,
  excerpt: row.excerpt,
  error: row.error && errorColumn.encode(row.error),
  created_at: row.createdAt,
  words: row.words,
  inputs: inputsColumn.encode({ values: row.inputs, selection: row.selection, asked: row.asked, seed: row.seed }),
  text: row.text,
  value: row.value === null ? null : valueColumn.encode({ read: row.value }),
  ...packedIfOver(row),
})

function packedIfOver(row: GenerationRow): Pick<Stored, 'sent' | 'tries' | 'packed'> {
  const { messages, parameters, schema, native } = row
  const sent = sentColumn.encode({ messages, parameters, schema, native })
  const tries = triesColumn.encode(row.tries)
  if (row.state === 'running' || sent.length + tries.length <= WORTH_PACKING) return { sent, tries, packed: null }
  return { sent: '', tries: '', packed: pack(JSON.stringify({ sent, tries })) }
}

/** So many are deleted for good at a time. */
const PART = 20

export function createGenerationStore(db: Db): GenerationStore {
  const get = db.prepare<[GenerationId], Stored>('SELECT * FROM generations WHERE id = ? AND deleted_at IS NULL')
  const ofRow = db.prepare<[BatchId, number], Stored>('SELECT * FROM generations WHERE batch_id = ? AND batch_row = ?')
  const models = db
    .prepare<[], string>("SELECT DISTINCT model FROM generations WHERE deleted_at IS NULL AND model <> '' ORDER BY 1")
    .pluck()
  const lastInputs = db
    .prepare<[TemplateId], string>(
      `SELECT inputs FROM generations WHERE template_id = ? AND deleted_at IS NULL AND batch_id IS NULL
       ORDER BY id DESC LIMIT 1`
    )
    .pluck()
  const counts = db.prepare<[], { id: TemplateId; count: number }>(
    'SELECT template_id AS id, count(*) AS count FROM generations WHERE deleted_at IS NULL GROUP BY template_id'
  )
  const versionCounts = db.prepare<[TemplateId], { version: number; count: number }>(
    `SELECT version, count(*) AS count FROM generations WHERE template_id = ? AND deleted_at IS NULL GROUP BY version`
  )
  const names = [...LISTED.split(/,\s*/), 'words', 'inputs', 'text', 'value', 'sent', 'tries', 'packed']
  const insert = db.prepare<[Stored]>(
    `INSERT INTO generations (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`
  )
  // What the user decides about one is not for its run to say.
  const own = new Set(['id', 'favourite', 'created_at'])
  const update = db.prepare<[Stored]>(
    `UPDATE generations SET ${names.flatMap((name) => (own.has(name) ? [] : `${name} = @${name}`)).join(', ')}
     WHERE id = @id`
  )
  const edit = db.prepare<[Omit<EditedAnswer, 'value'> & { value: string | null }]>(
    `UPDATE generations SET text = @text, value = @value, state = @state, title = @title, excerpt = @excerpt,
       words = @words, edited = 1, error = iif(@state = 'complete', NULL, error) WHERE id = @id`
  )
  const setFavourite = db.prepare<[0 | 1, GenerationId]>('UPDATE generations SET favourite = ? WHERE id = ?')
  const remove = db.prepare<[string, string]>(
    `UPDATE generations SET deleted_at = ? WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))`
  )
  const restore = db
    .prepare<[string], GenerationId>(
      `UPDATE generations SET deleted_at = NULL WHERE deleted_at IS NOT NULL
         AND id IN (SELECT value FROM json_each(?)) RETURNING id`
    )
    .pluck()
  const endInterrupted = db.prepare("UPDATE generations SET state = 'stopped' WHERE state = 'running'")
  const running = db.prepare("SELECT 1 FROM generations WHERE state = 'running' AND batch_id IS NULL LIMIT 1")
  const removePart = db.prepare<[string, number]>(
    `DELETE FROM generations WHERE id IN (SELECT id FROM generations WHERE deleted_at < ? LIMIT ?)`
  )

  const list = ({ limit, ...filter }: GenerationFilter): GenerationSummary[] => {
    const wanted: string[] = ['deleted_at IS NULL']
    const values: Record<string, string | number> = { limit }
    const where = (condition: string, name: string, value: string | number | undefined) => {
      if (value === undefined) return
      wanted.push(condition)
      values[name] = value
    }
    const json = (value: readonly unknown[] | undefined) => value && JSON.stringify(value)
    where('template_id = @templateId', 'templateId', filter.templateId)
    where('story_id = @storyId', 'storyId', filter.storyId)
    where('model = @model', 'model', filter.model)
    where('batch_id = @batchId', 'batchId', filter.batchId)
    where('favourite = @favourite', 'favourite', filter.favourite === undefined ? undefined : Number(filter.favourite))
    where('state IN (SELECT value FROM json_each(@states))', 'states', json(filter.states))
    where('id IN (SELECT value FROM json_each(@ids))', 'ids', json(filter.ids))
    where('id < @before', 'before', filter.before)
    if (filter.words && filter.words.length > 0)
      where('NOT EXISTS (SELECT 1 FROM json_each(@words) WHERE instr(words, value) = 0)', 'words', json(filter.words))
    return db
      .prepare<[Record<string, string | number>], Listed>(
        `SELECT ${LISTED} FROM generations WHERE ${wanted.join(' AND ')} ORDER BY id DESC LIMIT @limit`
      )
      .all(values)
      .map(summaryOf)
  }

  const one = (row: Stored | undefined) => (row ? fromStored(row) : null)
  return {
    get: (id) => one(get.get(id)),
    list,
    models: () => models.all(),
    lastInputs: (id) => {
      const text = lastInputs.get(id)
      return text === undefined ? null : inputsColumn.decode(text).values
    },
    counts: () => new Map(counts.all().map(({ id, count }) => [id, count])),
    versionCounts: (id) => new Map(versionCounts.all(id).map(({ version, count }) => [version, count])),
    ofRow: (batchId, row) => one(ofRow.get(batchId, row)),
    insert: (row) => void insert.run(toStored(row)),
    update: (row) => void update.run(toStored(row)),
    edit: ({ value, ...answer }) =>
      void edit.run({ ...answer, value: value === null ? null : valueColumn.encode({ read: value }) }),
    setFavourite: (id, favourite) => void setFavourite.run(favourite ? 1 : 0, id),
    remove: (ids, now) => void remove.run(now, JSON.stringify(ids)),
    restore: (ids) => restore.all(JSON.stringify(ids)),
    isAnyRunning: () => running.get() !== undefined,
    endInterrupted: () => void endInterrupted.run(),
    removePartBefore: (time) => removePart.run(time, PART).changes === PART,
  }
}

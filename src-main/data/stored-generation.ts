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
import { jsonColumn, noteUnreadable, rowReader } from './json-column'
import { pack, unpack, WORTH_PACKING } from './packed-text'
import { errorColumn } from './stored-error'
import { gatewayKeyColumns, gatewayKeyOf, type GatewayKeyColumns } from './stored-gateway-key'

/** A generation as it is kept. */
export interface GenerationRow extends Generation {
  /** Of the starter set, and of the answer where no story says it. */
  language: Language
  title: string
  excerpt: string
  /** What it is found by, folded as the words that are looked for. */
  words: string
}

/** A row of the table. */
export interface StoredGeneration extends GatewayKeyColumns {
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
export const LISTED = [
  'id',
  'template_id',
  'template_name',
  'version',
  'language',
  'story_id',
  'batch_id',
  'batch_row',
  'gateway_key_id',
  'gateway_key_name',
  'state',
  'format',
  'provider',
  'model',
  'tries_made',
  'edited',
  'favourite',
  'input_tokens',
  'output_tokens',
  'cost',
  'total_ms',
  'title',
  'excerpt',
  'error',
  'created_at',
] as const satisfies readonly (keyof StoredGeneration)[]
export type ListedGeneration = Pick<StoredGeneration, (typeof LISTED)[number]>

/** Of the whole row. */
export const COLUMNS = [
  ...LISTED,
  'words',
  'inputs',
  'text',
  'value',
  'sent',
  'tries',
  'packed',
] as const satisfies readonly (keyof StoredGeneration)[]

export const inputsColumn = jsonColumn(
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

function unpacked({
  sent,
  tries,
  packed,
}: Pick<StoredGeneration, 'sent' | 'tries' | 'packed'>): z.infer<typeof Packed> {
  if (packed === null) return { sent, tries }
  try {
    const inside = Packed.parse(JSON.parse(unpack(packed)))
    return { sent: sent || inside.sent, tries: tries || inside.tries }
  } catch (cause) {
    noteUnreadable({ text: packed.toString('base64'), cause })
    return { sent, tries }
  }
}

const toldOf = (row: ListedGeneration) => ({
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

export const summaryOf = (row: ListedGeneration): GenerationSummary => ({
  ...toldOf(row),
  title: row.title,
  excerpt: row.excerpt,
  tries: row.tries_made,
})

export function fromStored(row: StoredGeneration): GenerationRow {
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

export const toStored = (row: GenerationRow): StoredGeneration => ({
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

function packedIfOver(row: GenerationRow): Pick<StoredGeneration, 'sent' | 'tries' | 'packed'> {
  const { messages, parameters, schema, native } = row
  const sent = sentColumn.encode({ messages, parameters, schema, native })
  const tries = triesColumn.encode(row.tries)
  if (row.state === 'running' || sent.length + tries.length <= WORTH_PACKING) return { sent, tries, packed: null }
  return { sent: '', tries: '', packed: pack(JSON.stringify({ sent, tries })) }
}

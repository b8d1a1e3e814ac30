import { z } from 'zod'
import { ErrorShape } from '../errors'
import { BatchId, GenerationId, ModelConfigId, ProviderId, ServerId, StoryId, TemplateId } from '../ids'
import { ValueProblem } from '../schema/value-problem'
import { JsonObject, JsonValue, Timestamp } from '../values'
import { GatewayKeyRef } from './gateway'
import { InputValues } from './template'
import { PromptMessage } from './turn'
import { unreadable } from './unreadable'

/** Characters of what is selected in a story, and of an answer that is written by hand. */
export const LONGEST_ANSWER = 1_000_000

/** Of a provider: 0 to 2^31 - 1 is what all of them take. */
export const Seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)

/**
 * `complete`: an answer has the form that was asked for; `invalid`: answers came, and none has it; `stopped`: by the user,
 * or because the app ended; `failed`: no answer came.
 */
export const GenerationState = z.enum(['running', 'complete', 'invalid', 'stopped', 'failed'])
export type GenerationState = z.infer<typeof GenerationState>

/** Another model than that of the template: one of a provider, or that of reusable settings. */
export const GenerationModel = z.union([
  z.strictObject({ providerId: ProviderId, model: z.string().min(1).max(300), serverId: ServerId.optional() }),
  z.strictObject({ modelConfigId: ModelConfigId }),
])
export type GenerationModel = z.infer<typeof GenerationModel>

/** One answer that was asked for, or the attempt at one. Names, not ids: they stay true when the settings change. */
export const Try = z.strictObject({
  /** As the model gave it. */
  answer: z.string(),
  reasoning: z.string(),
  /** In what it does not have the form that was asked for. */
  problems: z.array(ValueProblem),
  /** It ends where the model's limit of tokens was reached. */
  cut: z.boolean(),
  provider: z.string(),
  model: z.string(),
  tokenName: z.string().nullable(),
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  /** US dollars. */
  cost: z.number().nonnegative().nullable(),
  /** Milliseconds to the first text and to the end. */
  firstTokenMs: z.number().int().nonnegative().nullable(),
  totalMs: z.number().int().nonnegative(),
  error: ErrorShape.nullable(),
})
export type Try = z.infer<typeof Try>

const told = {
  id: GenerationId,
  templateId: TemplateId,
  /** As it was called then. */
  templateName: z.string(),
  /** The version of the template that was used. */
  version: z.number().int().nonnegative(),
  storyId: StoryId.nullable(),
  /** Which row of which batch it is; rows count from 1. */
  batch: z.strictObject({ id: BatchId, row: z.number().int().positive() }).nullable(),
  /** Of the program that asked for it through the gateway; null where the user did, in the app. */
  gatewayKey: GatewayKeyRef.nullable(),
  state: GenerationState,
  format: z.enum(['text', 'json', 'csv']),
  /** Of the last try; empty before the first. */
  provider: z.string(),
  model: z.string(),
  /** The user changed what the model gave. */
  edited: z.boolean(),
  favourite: z.boolean(),
  /** Of all tries; null where nobody counted. */
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  /** US dollars; null where the price of one is not known. */
  cost: z.number().nonnegative().nullable(),
  totalMs: z.number().int().nonnegative(),
  createdAt: Timestamp,
  error: ErrorShape.nullable(),
  unreadable,
}

/** A generation as a list shows it. */
export const GenerationSummary = z.strictObject({
  ...told,
  /** A name in the answer, or its first line; empty while there is none. */
  title: z.string(),
  /** The beginning of the answer, at most 200 characters. */
  excerpt: z.string(),
  tries: z.number().int().nonnegative(),
})
export type GenerationSummary = z.infer<typeof GenerationSummary>

/** One use of a template. */
export const Generation = z.strictObject({
  ...told,
  inputs: InputValues,
  selection: z.string(),
  /** The model that was asked for in the place of the template's own. */
  asked: GenerationModel.nullable(),
  /** Null where the model takes none. */
  seed: Seed.nullable(),
  /** What was first sent, with which settings; empty before. */
  messages: z.array(PromptMessage),
  parameters: JsonObject,
  /** What the answer is held against; null for none. */
  schema: JsonObject.nullable(),
  /** The provider itself held the model to the schema. */
  native: z.boolean(),
  /** In their order; raw, and never changed. */
  tries: z.array(Try),
  /** The last answer, or what the user made of it. */
  text: z.string(),
  /** What was read of it: a JSON value, or the rows of a table; null for text, and where nothing could be read. */
  value: JsonValue,
})
export type Generation = z.infer<typeof Generation>

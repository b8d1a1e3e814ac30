import { z } from 'zod'
import { ModelConfigId, PresetId, ProviderId, ServerId, StoryId, TemplateId, TokenId } from '../ids'
import { JsonObject, Name, Timestamp } from '../values'
import { ModelKind } from './model'
import { unreadable } from './unreadable'

/** How the next token of several is chosen: first healthy in order, round robin, or at random. */
export const TokenStrategy = z.enum(['failover', 'sequential', 'random'])
export type TokenStrategy = z.infer<typeof TokenStrategy>

/**
 * Milliseconds; 1 s to 1 h. `connectMs` and `firstTokenMs` are for each attempt, and have usual lengths where they are not
 * set; `totalMs` is for the whole call with its retries, and no limit where it is not set.
 */
export const Timeouts = z.strictObject({
  connectMs: z.number().int().min(1000).max(3_600_000).optional(),
  firstTokenMs: z.number().int().min(1000).max(3_600_000).optional(),
  totalMs: z.number().int().min(1000).max(3_600_000).optional(),
})
export type Timeouts = z.infer<typeof Timeouts>

/** When the step of a role is taken: at every turn, at every so many, or where the writer asks for it. */
export const Cadence = z.enum(['always', 'every', 'demand'])
export type Cadence = z.infer<typeof Cadence>

/** How a role works in a turn, whatever its model. What a role has no use for is kept and does nothing. */
export const RoleWork = z.strictObject({
  /** Not set: always for a role that takes part, and on demand for one whose work the Writer does. */
  cadence: Cadence.optional(),
  /** With the cadence `every`: at the first passage of a story and at each so many after it. */
  everyTurns: z.number().int().min(2).max(100).optional(),
  /** How often the Guard may have a draft written again. */
  rewrites: z.number().int().min(0).max(10).optional(),
  /** What all requests of the step may take in one turn: tokens, read and written. */
  maxTokens: z.number().int().min(500).max(10_000_000).optional(),
  /** US dollars. */
  maxCost: z.number().min(0).max(1000).optional(),
  /** Seconds. */
  maxSeconds: z.number().int().min(5).max(3600).optional(),
})
export type RoleWork = z.infer<typeof RoleWork>

/**
 * What can be said about one model call. Sparse: a field that is absent is not set here and comes from the layer below
 * (story over preset over model config over the provider's own default).
 */
export const ModelSettings = z.strictObject({
  providerId: ProviderId.optional(),
  /** The id the provider's API takes. */
  model: z.string().trim().min(1).max(300).optional(),
  /** Ollama only: the server to use; absent means the best one that has the model. */
  serverId: ServerId.optional(),
  /**
   * In order of preference. Absent: any key of the provider. Empty: those that were chosen are gone (deleted, or not there
   * where the settings were imported), and others must be chosen before a call can be made.
   */
  tokenIds: z.array(TokenId).max(100).optional(),
  tokenStrategy: TokenStrategy.optional(),
  /** By the provider's samplerSchema (embeddingSchema for embeddings). */
  samplers: JsonObject.optional(),
  /** Request parameters that Fabula does not know yet, sent as they are. */
  custom: JsonObject.optional(),
  /** By the provider's settingsSchema. */
  settings: JsonObject.optional(),
  timeouts: Timeouts.optional(),
  /** Further tries with the same token after a failure that may pass, 0 to 10. */
  retries: z.number().int().min(0).max(10).optional(),
  /** Of the role that makes the call. */
  work: RoleWork.optional(),
})
export type ModelSettings = z.infer<typeof ModelSettings>

/** A reusable block of model settings. One of kind `embedding` is what the user calls an embedding config. */
export const ModelConfig = z.strictObject({
  id: ModelConfigId,
  name: z.string(),
  kind: ModelKind,
  settings: ModelSettings,
  unreadable,
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type ModelConfig = z.infer<typeof ModelConfig>

/** A preset, a story or a template that works with a model config. */
export const ModelConfigUser = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('preset'), id: PresetId, name: z.string() }),
  /** `id`: null for one in the bin. */
  z.strictObject({ kind: z.literal('story'), id: StoryId.nullable(), name: z.string() }),
  /** In the version that is used, or in what is being written. */
  z.strictObject({ kind: z.literal('template'), id: TemplateId, name: z.string() }),
])
export type ModelConfigUser = z.infer<typeof ModelConfigUser>

export const NewModelConfig = z.strictObject({
  name: Name,
  kind: ModelKind,
  settings: ModelSettings.required({ providerId: true, model: true }),
})
export type NewModelConfig = z.infer<typeof NewModelConfig>

export const ModelConfigPatch = NewModelConfig.omit({ kind: true }).partial()
export type ModelConfigPatch = z.infer<typeof ModelConfigPatch>

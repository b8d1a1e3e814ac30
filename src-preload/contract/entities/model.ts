import { z } from 'zod'
import { ProviderId, ServerId } from '../ids'
import { ErrorShape } from '../errors'
import { Name, Timestamp } from '../values'
import { unreadable } from './unreadable'

export const ModelKind = z.enum(['chat', 'embedding'])
export type ModelKind = z.infer<typeof ModelKind>

/** What a server tells of a model's files; null where it does not. */
export const ModelFile = z.strictObject({
  digest: z.string().nullable(),
  /** `llama`, `qwen3`. */
  family: z.string().nullable(),
  /** `8.0B` */
  parameters: z.string().nullable(),
  /** Numbers in a vector. */
  embeddingLength: z.number().int().positive().nullable(),
})
export type ModelFile = z.infer<typeof ModelFile>

/** Facts about a model, as its provider lists them; what the provider does not tell is null. */
export const ModelFacts = z.strictObject({
  /** The id the provider's API takes. */
  model: z.string(),
  name: z.string(),
  kind: ModelKind,
  /** Tokens. */
  contextLength: z.number().int().positive().nullable(),
  /** Tokens. */
  maxOutput: z.number().int().positive().nullable(),
  /** Names of request parameters the model takes; null when the provider does not tell. */
  supportedParameters: z.array(z.string()).nullable(),
  /** Subset of: `text`, `image`, `audio`, `tools`, `thinking`, `structured`. */
  capabilities: z.array(z.string()),
  /** US dollars per million tokens. */
  price: z.strictObject({ input: z.number(), output: z.number() }).nullable(),
  /** Bytes on disk, for local models. */
  size: z.number().int().nonnegative().nullable(),
  quantization: z.string().nullable(),
  /** The model runs on the machine that lists it. */
  local: z.boolean(),
  /** What goes in and comes out (`text`, `image`, `audio` …), where the provider tells. */
  modalities: z.strictObject({ input: z.array(z.string()), output: z.array(z.string()) }).optional(),
  /** How the model thinks before it answers, where the provider tells. */
  reasoning: z
    .strictObject({
      /** Thinking cannot be switched off: asking for that would be refused. */
      mandatory: z.boolean(),
      efforts: z.array(z.string()).nullable(),
      defaultEffort: z.string().nullable(),
    })
    .optional(),
  /** For models on a server of the user's. */
  file: ModelFile.optional(),
})
export type ModelFacts = z.infer<typeof ModelFacts>

/** A row of the catalogue. */
export const Model = ModelFacts.extend({
  /** `provider/model`, or `ollama/<server>/<model>`. */
  id: z.string(),
  providerId: ProviderId,
  serverId: ServerId.nullable(),
  /** False once the provider no longer lists it. */
  available: z.boolean(),
  /** Switched off by the user: it is not offered, and calling it is refused with `model_disabled`. */
  enabled: z.boolean(),
  /** Listed by its provider, or added by the user. */
  source: z.enum(['synced', 'manual']),
  /** Facts that the user changed; a sync leaves them as they are. */
  edited: z.array(z.enum(['name', 'contextLength', 'price'])),
  /** Settings that the provider refused for it by name; not sent until the listed facts change. */
  refused: z.array(z.string()),
  firstSeen: Timestamp,
  lastSeen: Timestamp,
  unreadable,
})
export type Model = z.infer<typeof Model>

/** A price that the user says: US dollars per million tokens, read and written. */
export const OwnPrice = z.strictObject({
  input: z.number().nonnegative().max(1_000_000),
  output: z.number().nonnegative().max(1_000_000),
})
export type OwnPrice = z.infer<typeof OwnPrice>

/** A model that the user adds by hand. */
export const NewModel = z.strictObject({
  providerId: ProviderId,
  serverId: ServerId.optional(),
  model: z.string().trim().min(1).max(300),
  name: Name.optional(),
  kind: ModelKind,
  contextLength: z.number().int().min(256).max(100_000_000).nullable().default(null),
  price: OwnPrice.nullable().default(null),
})

export const ModelPatch = z.strictObject({
  /** Null: what the provider says. */
  name: Name.nullable().optional(),
  /** Null: what the provider says. */
  contextLength: z.number().int().min(256).max(100_000_000).nullable().optional(),
  /** Null: what the provider says. */
  price: OwnPrice.nullable().optional(),
  enabled: z.boolean().optional(),
})
export type ModelPatch = z.infer<typeof ModelPatch>

/** How fresh a provider's list of models is. */
export const ModelListState = z.strictObject({
  providerId: ProviderId,
  /** Null: never listed. */
  lastSync: Timestamp.nullable(),
  /** Why the last try failed; null when it did not. The list before it stays. */
  problem: ErrorShape.nullable(),
})
export type ModelListState = z.infer<typeof ModelListState>

import { z } from 'zod'
import { ProviderId, ServerId } from '../ids'
import { Timestamp } from '../values'

export const ModelKind = z.enum(['chat', 'embedding'])
export type ModelKind = z.infer<typeof ModelKind>

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
  firstSeen: Timestamp,
  lastSeen: Timestamp,
})
export type Model = z.infer<typeof Model>

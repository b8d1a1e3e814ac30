import { z } from 'zod'
import { ErrorCode } from '../errors'
import { CallId, GatewayKeyId, GenerationId, ProviderId, RoleId, StageId, StoryId, TokenId, TurnId } from '../ids'
import { Timestamp } from '../values'

/**
 * What a model is called for:
 * - `turn`: a role's step in a turn of a story;
 * - `template`: a template that is filled in, by its name, for which generation where it is known, and by the key of the
 *   gateway where a program asked for it;
 * - `gateway`: a program that asks through the gateway, by the name of its key, and by the key where it asked with one;
 * - `embedding`: vectors to search by meaning, of a story or within a turn where it is known;
 * - `media`: a poem, a voice, a song or a clip, for a story where it is known;
 * - `test`: settings that the user tries out, of a role where it is known.
 */
export const CallPurpose = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('turn'), turnId: TurnId, storyId: StoryId, role: RoleId }),
  z.strictObject({
    kind: z.literal('template'),
    name: z.string(),
    generationId: GenerationId.nullable(),
    keyName: z.string().nullable(),
    keyId: GatewayKeyId.nullable(),
  }),
  z.strictObject({ kind: z.literal('gateway'), keyName: z.string(), keyId: GatewayKeyId.nullable() }),
  z.strictObject({ kind: z.literal('embedding'), storyId: StoryId.nullable(), turnId: TurnId.nullable() }),
  z.strictObject({ kind: z.literal('media'), stage: StageId, storyId: StoryId.nullable() }),
  z.strictObject({ kind: z.literal('test'), role: RoleId.nullable() }),
])
export type CallPurpose = z.infer<typeof CallPurpose>

export const purposeKinds = CallPurpose.options.map(({ shape }) => shape.kind.value)
export type PurposeKind = CallPurpose['kind']

/** More than any call reads, writes or costs (in US dollars): what a provider counts beyond that is an error of its own. */
export const mostOfCall = { tokens: 100_000_000, dollars: 100_000 } as const

/**
 * One attempt at a model call, as the ledger keeps it. Names, not ids: they stay true when the config changes. A call that
 * needed several attempts has several rows with the same `purpose` and growing `attempt`.
 */
export const Call = z.strictObject({
  id: CallId,
  startedAt: Timestamp,
  purpose: CallPurpose,
  /** Of the story that the call was for; null also when it is gone. */
  storyTitle: z.string().nullable(),
  provider: z.string(),
  model: z.string(),
  server: z.string().nullable(),
  tokenName: z.string().nullable(),
  /** From 1. */
  attempt: z.number().int().min(1),
  outcome: z.enum(['complete', 'stopped', 'failed']),
  errorCode: ErrorCode.nullable(),
  /** The failure was one that the user asked for, to see what happens then. */
  simulated: z.boolean(),
  /** HTTP status of a failure, where there was an answer. */
  status: z.number().int().nullable(),
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  /** US dollars. */
  cost: z.number().nonnegative().nullable(),
  /** Whose figure the cost is: the provider's own, or the catalogue's price at the time of the call. */
  costSource: z.enum(['provider', 'price']).nullable(),
  /** Some of the tokens, and a cost by them, are estimated: the answer did not come to its end, or the provider does not count. */
  estimated: z.boolean(),
  /** Milliseconds to the first text, and to the end. */
  firstTokenMs: z.number().int().nonnegative().nullable(),
  totalMs: z.number().int().nonnegative(),
})
export type Call = z.infer<typeof Call>

export const UsageGroup = z.enum(['day', 'story', 'purpose', 'model', 'token'])
export type UsageGroup = z.infer<typeof UsageGroup>

/** The calls of one day, story, purpose, model or token, added up. */
export const UsageRow = z.strictObject({
  /**
   * `2026-11-20` in local time, a story's id, a name; or a purpose as its kind and, after a slash, what tells it from
   * others of its kind: `turn/main`, `gateway/My editor`, `test/`.
   */
  key: z.string(),
  label: z.string(),
  calls: z.number().int(),
  failed: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** US dollars; calls whose cost nobody knows count as nothing, and are counted by `unpriced`. */
  cost: z.number(),
  unpriced: z.number().int(),
  /** Median of the calls that gave text. */
  firstTokenMs: z.number().nullable(),
})
export type UsageRow = z.infer<typeof UsageRow>

/** A failure that the user asked for, to see what the chain does. It lasts until it is switched off or the app closes. */
export const SimulatedFailure = z.enum([
  'provider_unauthorized',
  'provider_payment_required',
  'provider_rate_limited',
  'provider_overloaded',
  'provider_timed_out',
  'provider_unreachable',
  'provider_context_exceeded',
  'provider_refused',
  'provider_empty_answer',
])
export type SimulatedFailure = z.infer<typeof SimulatedFailure>

/** What fails: a token, or a model whatever its token. */
export const SimulationTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), tokenId: TokenId }),
  z.strictObject({ kind: z.literal('model'), providerId: ProviderId, model: z.string().min(1).max(300) }),
])
export type SimulationTarget = z.infer<typeof SimulationTarget>

export const Simulation = z.strictObject({ target: SimulationTarget, failure: SimulatedFailure })
export type Simulation = z.infer<typeof Simulation>

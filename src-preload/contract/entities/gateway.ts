import { z } from 'zod'
import { ErrorCode, ErrorShape } from '../errors'
import { GatewayKeyId } from '../ids'
import { Name, Timestamp } from '../values'

/** The addresses of this computer alone. */
const loopbackAddresses = ['127.0.0.1', '::1'] as const

export const isLoopback = (address: string): boolean => loopbackAddresses.some((one) => one === address)

/** Requests of programs that are kept for the live view: the newest. */
export const MOST_REQUESTS = 1000

/** The voice that is chosen under Media, as programs name it: for speech alone. */
export const STAGE_VOICE = 'stage/voice'

/** A web page's origin: scheme, host and port, without a path. */
const Origin = z
  .string()
  .max(300)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    error: 'must be an origin, as http://localhost:3000, without a path',
  })

/** Where the gateway listens, and whom it answers. */
export const GatewaySettings = z.strictObject({
  /** 1024 to 65535. */
  port: z.number().int().min(1024).max(65_535),
  /** An IP address of this computer, or `0.0.0.0` or `::` for all of them. Any but a loopback address is open to the network. */
  address: z.union([z.ipv4(), z.ipv6()]),
  /** On a loopback address it may do without keys; on any other a key is always needed. */
  keyNeeded: z.boolean(),
  /** Web pages that may ask: their scripts are refused otherwise. */
  origins: z.array(Origin).max(50),
})
export type GatewaySettings = z.infer<typeof GatewaySettings>

/** Next to Ollama's 11434, and no program that is known listens there. */
export const defaultGatewaySettings: GatewaySettings = {
  port: 11_464,
  address: '127.0.0.1',
  keyNeeded: true,
  origins: [],
}

export const Gateway = z.strictObject({
  settings: GatewaySettings,
  /** The user switched it on: it starts with the app. */
  switchedOn: z.boolean(),
  /** The base address of the API, as `http://127.0.0.1:11464/v1`; null while it does not listen. */
  url: z.string().nullable(),
  /** Why it is switched on and does not listen. */
  problem: ErrorShape.nullable(),
})
export type Gateway = z.infer<typeof Gateway>

/** A model as programs call it, or with `*` at the end, all whose name begins so: `preset/*`, `ollama/*`. */
export const ModelPattern = z.string().trim().min(1).max(300)

/** What a key may do. Null: as much as it likes, and as long. */
const keyLimits = {
  /** It may do more than ask models: change servers, models and templates, and read what was used (`/api`). */
  manages: z.boolean(),
  models: z.array(ModelPattern).min(1).max(200).nullable(),
  /** 1 to 100,000. */
  requestsPerMinute: z.number().int().min(1).max(100_000).nullable(),
  /** Read and written, from midnight to midnight in local time. */
  tokensPerDay: z.number().int().min(1).max(1_000_000_000).nullable(),
  /** US dollars, as the ledger knows them. */
  dollarsPerDay: z.number().positive().max(100_000).nullable(),
  expiresAt: Timestamp.nullable(),
}

/** A key of the gateway, as it is shown: the key itself is shown once, when it is made. */
export const GatewayKey = z.strictObject({
  id: GatewayKeyId,
  name: z.string(),
  last4: z.string(),
  ...keyLimits,
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  /** What went through it since midnight. */
  today: z.strictObject({
    calls: z.number().int().nonnegative(),
    tokens: z.number().int().nonnegative(),
    dollars: z.number().nonnegative(),
  }),
})
export type GatewayKey = z.infer<typeof GatewayKey>

/** Which key something was asked with, and how it was called then: that stays when the key is gone. */
export const GatewayKeyRef = z.strictObject({ id: GatewayKeyId, name: z.string() })
export type GatewayKeyRef = z.infer<typeof GatewayKeyRef>

export const NewGatewayKey = z.strictObject({ name: Name, ...keyLimits })
export type NewGatewayKey = z.infer<typeof NewGatewayKey>

/** One request of a program, for the live view. The last 1,000 are kept, in memory. What was said is not. */
export const GatewayRequest = z.strictObject({
  /** Counts from 1 since the app was started. */
  number: z.number().int().min(1),
  at: Timestamp,
  /** Null for one that came without a key that is known. */
  keyName: z.string().nullable(),
  method: z.string(),
  path: z.string(),
  /** As the program named it. */
  model: z.string().nullable(),
  /** Who answered, and after how many attempts. */
  answeredBy: z.strictObject({ provider: z.string(), model: z.string() }).nullable(),
  attempts: z.number().int().nonnegative(),
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  /** US dollars. */
  cost: z.number().nonnegative().nullable(),
  /** Of the answer; null while there is none. 499 where the program left before. */
  status: z.number().int().nullable(),
  /** Milliseconds to the end; null while it runs. */
  durationMs: z.number().int().nonnegative().nullable(),
  /** As the program was told: `model_not_found`; null when nothing went wrong. */
  error: z.strictObject({ code: z.string(), message: z.string(), cause: ErrorCode.nullable() }).nullable(),
})
export type GatewayRequest = z.infer<typeof GatewayRequest>

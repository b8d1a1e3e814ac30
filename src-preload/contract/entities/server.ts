import { z } from 'zod'
import { ErrorShape } from '../errors'
import { ServerId } from '../ids'
import { HttpUrl, Name, Timestamp } from '../values'
import { Secret } from './token'
import { unreadable } from './unreadable'

/** A user name for basic auth: no colon, which ends it on the wire. */
const Username = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^:\p{Cc}]+$/u, { error: 'a user name has no colon and no line break' })

/** A password for basic auth: 1 to 1,000 characters without line breaks. */
const Password = z
  .string()
  .max(1000)
  .regex(/^[^\p{Cc}]+$/u, { error: 'a password has no line break' })

/** The header that carries an api key. Those that say what a request is cannot be taken for it. */
const KeyHeader = z
  .string()
  .trim()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/)
  .refine(
    (name) =>
      !/^(host|content-.*|accept|connection|transfer-encoding|te|upgrade|expect|trailer|keep-alive|user-agent)$/i.test(
        name
      ),
    { error: 'this header cannot carry a key' }
  )

/** How a server wants to be asked, as it is shown: never with the secret. */
export const ServerAuth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('basic'), username: Username }),
  z.strictObject({ type: z.literal('bearer') }),
  z.strictObject({ type: z.literal('header'), header: KeyHeader }),
])
export type ServerAuth = z.infer<typeof ServerAuth>

/**
 * The same as it is given. Without the secret, the one that is stored stays: only while the address and the kind of
 * auth stay too.
 */
export const NewServerAuth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('basic'), username: Username, secret: Password.optional() }),
  z.strictObject({ type: z.literal('bearer'), secret: Secret.optional() }),
  z.strictObject({ type: z.literal('header'), header: KeyHeader, secret: Secret.optional() }),
])
export type NewServerAuth = z.infer<typeof NewServerAuth>

/** An Ollama server. */
export const Server = z.strictObject({
  id: ServerId,
  name: z.string(),
  url: z.string(),
  auth: ServerAuth,
  /** Its password or key must be given again: the address changed, or the vault that held it is gone. */
  needsSecret: z.boolean(),
  /** False: it keeps its place and its models, and is neither asked nor used. */
  active: z.boolean(),
  /** The one that is taken when nothing else decides. */
  isDefault: z.boolean(),
  /** 0 comes first. Among available servers that have a model, the first one is used. */
  priority: z.number().int().nonnegative(),
  /** Calls that run there at once, at most; the next wait for their turn. Null: as many as come. */
  maxConcurrent: z.number().int().positive().nullable(),
  /** Null until it was first asked. */
  available: z.boolean().nullable(),
  /** Why it was not available when it was last asked; null when it was, or was not asked. */
  problem: ErrorShape.nullable(),
  version: z.string().nullable(),
  lastChecked: Timestamp.nullable(),
  modelCount: z.number().int().nonnegative(),
  /** What its models can do, all together: `text`, `embedding`, `image`, `tools`, `thinking` … */
  capabilities: z.array(z.string()),
  unreadable,
})
export type Server = z.infer<typeof Server>

const MaxConcurrent = z.number().int().min(1).max(1000).nullable()

export const NewServer = z.strictObject({
  name: Name,
  url: HttpUrl,
  auth: NewServerAuth.default({ type: 'none' }),
  active: z.boolean().default(true),
  maxConcurrent: MaxConcurrent.default(null),
})
export type NewServer = z.input<typeof NewServer>

/** Made of the fields without their defaults: a default would reset what a patch leaves out. */
export const ServerPatch = z
  .strictObject({ name: Name, url: HttpUrl, auth: NewServerAuth, active: z.boolean(), maxConcurrent: MaxConcurrent })
  .partial()
export type ServerPatch = z.infer<typeof ServerPatch>

/**
 * What came of asking a server.
 * - `refused`: nothing listens there; `unknownHost`: no such name; `timedOut`: no answer in time; `notOllama`: something
 *   else answers; `needsAuth`: it wants a password or key, and none was given; `wrongAuth`: it does not take this one;
 *   `redirected`: it points to another place, which must not get the secret; `unreachable`: any other trouble of the
 *   network; `failed`: it answers, with an error.
 */
export const ServerVerdict = z.strictObject({
  verdict: z.enum([
    'ok',
    'refused',
    'unknownHost',
    'timedOut',
    'notOllama',
    'needsAuth',
    'wrongAuth',
    'redirected',
    'unreachable',
    'failed',
  ]),
  version: z.string().nullable(),
  /** How many models it has; null when that was not learnt. */
  models: z.number().int().nonnegative().nullable(),
  latencyMs: z.number().nonnegative(),
  /** What stood in the way, in full; null for `ok`. */
  error: ErrorShape.nullable(),
})
export type ServerVerdict = z.infer<typeof ServerVerdict>

/** A model that a server holds in memory now. */
export const RunningModel = z.strictObject({
  model: z.string(),
  /** Bytes, in all. */
  size: z.number().int().nonnegative().nullable(),
  /** Bytes of it on the graphics card. */
  sizeVram: z.number().int().nonnegative().nullable(),
  /** Tokens that it was really loaded with; null for servers that do not tell. */
  contextLength: z.number().int().positive().nullable(),
  /** When it leaves memory, unless it is used again. */
  expiresAt: z.string().nullable(),
})
export type RunningModel = z.infer<typeof RunningModel>

/** What a server does now. */
export const ServerActivity = z.strictObject({
  /** In memory. */
  models: z.array(RunningModel),
  /** Calls of Fabula's: those under way there, and those that wait for their turn. */
  calls: z.strictObject({ running: z.number().int(), waiting: z.number().int() }),
})
export type ServerActivity = z.infer<typeof ServerActivity>

/** What a server tells of one model beside the catalogue's facts. Long texts come whole. */
export const ServerModelDetails = z.strictObject({
  model: z.string(),
  capabilities: z.array(z.string()),
  /** Settings that the model comes with, as `name value` lines. */
  parameters: z.string().nullable(),
  template: z.string().nullable(),
  system: z.string().nullable(),
  license: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  /** `general.architecture`, `llama.context_length` and so on: single values, in the server's order. */
  info: z.array(z.strictObject({ name: z.string(), value: z.string() })),
})
export type ServerModelDetails = z.infer<typeof ServerModelDetails>

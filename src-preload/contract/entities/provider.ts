import { z } from 'zod'
import { isAuthHeader, isConnectionHeader, isCovered, isHeaderName, isHeaderValue } from '../headers'
import { ProviderId } from '../ids'
import { HttpUrl, JsonObject, LocalizedText, Name } from '../values'
import { unreadable } from './unreadable'

/** What a provider can be asked for. */
export const ProviderKind = z.enum(['chat', 'embedding', 'rerank', 'speech', 'music', 'video'])
export type ProviderKind = z.infer<typeof ProviderKind>

/**
 * How a key is put on a request: `bearer` as `Authorization: Bearer KEY`, `header` as the header named by `header`,
 * `none` not at all.
 */
export const AuthScheme = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('bearer') }),
  z.strictObject({
    type: z.literal('header'),
    header: z
      .string()
      .max(100)
      .refine((name) => isHeaderName(name) && !isConnectionHeader(name), { error: 'this header cannot carry a key' }),
    prefix: z
      .string()
      .max(40)
      .regex(/^[\x20-\x7e]*$/)
      .optional(),
  }),
])
export type AuthScheme = z.infer<typeof AuthScheme>

/** A JSON Schema 2020-12 object schema, with `x-` keywords of Fabula's own (docs/adding-a-provider.md). */
export const SettingsSchema = JsonObject
export type SettingsSchema = z.infer<typeof SettingsSchema>

/**
 * Request headers that the user adds. Those that are for keys are refused: keys are tokens. What else looks like a
 * credential is kept in the vault; here then stands what covers it, and giving that back leaves it as it is.
 */
export const ExtraHeaders = z.record(
  z
    .string()
    .refine(isHeaderName, { error: 'this is no name of a header' })
    .refine((name) => !isAuthHeader(name), { error: 'this header carries a key: add the key as a token instead' })
    .refine((name) => !isConnectionHeader(name), { error: 'this header belongs to the connection' }),
  z
    .string()
    .max(4000)
    .refine((value) => isHeaderValue(value) || isCovered(value), { error: 'HTTP cannot carry this value' })
)

const Concurrent = z.number().int().min(1).max(1000).nullable()

/** How many calls run at once, in all and with one key; null for as many as come. The rest wait their turn. */
export const ProviderLimits = z.strictObject({ total: Concurrent, perToken: Concurrent })
export type ProviderLimits = z.infer<typeof ProviderLimits>

/** What a model of the user's own providers can be asked for so far. */
export const OwnKinds = z.array(ProviderKind.extract(['chat', 'embedding'])).min(1)

/** A program that speaks OpenAI's language in its own way, for providers that the user adds. */
export const Flavour = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: LocalizedText,
  /** Where it listens unless told otherwise. */
  baseUrl: z.string(),
})
export type Flavour = z.infer<typeof Flavour>

export const Provider = z.strictObject({
  id: ProviderId,
  /** The provider's short name in model ids and files, unique: `openrouter`. */
  slug: z.string(),
  name: z.string(),
  /** What it is called in each language, where that is not a name of its own: the demo. Null: `name` in all. */
  localName: LocalizedText.nullable(),
  /** False for a provider that the user added, which can be renamed and deleted. */
  builtIn: z.boolean(),
  /** Which adapter speaks to it. What follows from it is said by the fields below. */
  protocol: z.string(),
  /** Which program it is, for a provider that the user added; null when nobody knows. */
  flavour: z.string().nullable(),
  /** It is made of servers of the user's, each with its own address and models (Ollama). */
  servers: z.boolean(),
  /** Its models come with Fabula: there is no address, and no model can be added. */
  hasOwnModels: z.boolean(),
  baseUrl: z.string().nullable(),
  /** The address it came with; null for providers the user added. */
  defaultBaseUrl: z.string().nullable(),
  keyRequired: z.boolean(),
  auth: AuthScheme,
  kinds: z.array(ProviderKind),
  /** Its models run on this computer or network: nothing is paid and nothing leaves. */
  local: z.boolean(),
  /** What the user said about that; null: Fabula goes by the address and the program. */
  saidLocal: z.boolean().nullable(),
  description: LocalizedText,
  /** Where the user gets a key. */
  keyUrl: z.string().nullable(),
  samplerSchema: SettingsSchema,
  settingsSchema: SettingsSchema,
  embeddingSchema: SettingsSchema.nullable(),
  /** As they are kept: what an earlier version let pass may be among them, and is not sent. */
  headers: z.record(z.string(), z.string()),
  extraBody: JsonObject,
  limits: ProviderLimits,
  /** The user can sign in instead of pasting a key. */
  signIn: z.boolean(),
  unreadable,
})
export type Provider = z.infer<typeof Provider>

const editable = {
  name: Name,
  baseUrl: HttpUrl,
  keyRequired: z.boolean(),
  /** Of `providers.flavours`; null for a server of which nothing more is known. Only for providers that the user added. */
  flavour: z.string().max(40).nullable(),
  auth: AuthScheme,
  kinds: OwnKinds,
  saidLocal: z.boolean().nullable(),
  headers: ExtraHeaders,
  extraBody: JsonObject,
  limits: ProviderLimits,
}

export const NewProvider = z.strictObject({
  ...editable,
  flavour: editable.flavour.default(null),
  auth: AuthScheme.default({ type: 'bearer' }),
  kinds: OwnKinds.default(['chat', 'embedding']),
  saidLocal: editable.saidLocal.default(null),
  headers: ExtraHeaders.default({}),
  extraBody: JsonObject.default({}),
  limits: ProviderLimits.default({ total: null, perToken: null }),
})
export type NewProvider = z.input<typeof NewProvider>

/** Made of the fields without their defaults: a default would fill in, and so reset, what a patch leaves out. */
export const ProviderPatch = z.strictObject(editable).partial()
export type ProviderPatch = z.infer<typeof ProviderPatch>

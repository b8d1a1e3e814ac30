import { z } from 'zod'
import { ProviderId } from '../ids'
import { HttpUrl, JsonObject, LocalizedText, Name } from '../values'

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
  z.strictObject({ type: z.literal('header'), header: z.string().min(1), prefix: z.string().optional() }),
])
export type AuthScheme = z.infer<typeof AuthScheme>

/** A JSON Schema 2020-12 object schema, with `x-` keywords of Fabula's own (docs/adding-a-provider.md). */
export const SettingsSchema = JsonObject
export type SettingsSchema = z.infer<typeof SettingsSchema>

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/)

/**
 * Request headers that the user adds; never a key: keys are tokens. Names are checked against those that carry
 * credentials.
 */
export const ExtraHeaders = z.record(
  headerName.refine((name) => !/^(authorization|proxy-authorization|cookie|x-api-key|x-goog-api-key)$/i.test(name), {
    error: 'this header carries a key: add the key as a token instead',
  }),
  z
    .string()
    .max(4000)
    .regex(/^[\t\x20-\x7e\x80-\uffff]*$/)
)

const Concurrent = z.number().int().min(1).max(1000).nullable()

/** How many calls run at once, in all and with one key; null for as many as come. The rest wait their turn. */
export const ProviderLimits = z.strictObject({ total: Concurrent, perToken: Concurrent })
export type ProviderLimits = z.infer<typeof ProviderLimits>

export const Provider = z.strictObject({
  id: ProviderId,
  /** The provider's short name in model ids and files, unique: `openrouter`. */
  slug: z.string(),
  name: z.string(),
  /** False for a provider that the user added, which can be renamed and deleted. */
  builtIn: z.boolean(),
  /** Which adapter speaks to it: `openai-chat`, `ollama`, `demo`. */
  protocol: z.string(),
  baseUrl: z.string().nullable(),
  /** The address it came with; null for providers the user added. */
  defaultBaseUrl: z.string().nullable(),
  keyRequired: z.boolean(),
  auth: AuthScheme,
  kinds: z.array(ProviderKind),
  /** Runs on this computer or network: nothing is paid and nothing leaves. */
  local: z.boolean(),
  description: LocalizedText,
  /** Where the user gets a key. */
  keyUrl: z.string().nullable(),
  samplerSchema: SettingsSchema,
  settingsSchema: SettingsSchema,
  embeddingSchema: SettingsSchema.nullable(),
  headers: ExtraHeaders,
  extraBody: JsonObject,
  limits: ProviderLimits,
  /** The user can sign in instead of pasting a key. */
  signIn: z.boolean(),
})
export type Provider = z.infer<typeof Provider>

const editable = {
  name: Name,
  baseUrl: HttpUrl,
  keyRequired: z.boolean(),
  headers: ExtraHeaders,
  extraBody: JsonObject,
  limits: ProviderLimits,
}

export const NewProvider = z.strictObject({
  ...editable,
  headers: ExtraHeaders.default({}),
  extraBody: JsonObject.default({}),
  limits: ProviderLimits.default({ total: null, perToken: null }),
})
export type NewProvider = z.input<typeof NewProvider>

/** Made of the fields without their defaults: a default would fill in, and so reset, what a patch leaves out. */
export const ProviderPatch = z.strictObject(editable).partial()
export type ProviderPatch = z.infer<typeof ProviderPatch>

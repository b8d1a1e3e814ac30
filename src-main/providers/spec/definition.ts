import { z } from 'zod'
import { AuthScheme, ExtraHeaders, ProviderKind, SettingsSchema } from '@contract/entities/provider'
import { ModelKind } from '@contract/entities/model'
import { MediaModel, StageKind } from '@contract/entities/stage'
import { ProviderId } from '@contract/ids'
import { JsonObject, JsonValue, LocalizedText } from '@contract/values'

const isPattern = (text: string) => {
  try {
    return new RegExp(text, 'i') instanceof RegExp
  } catch {
    return false
  }
}

/** A regular expression that is held against a model's id, without regard to case. */
const Pattern = z.string().refine(isPattern, { error: 'must be a regular expression' })

/** What a provider offers for one kind of stage beside words, and how it is asked for it. */
export const MediaDefinition = z.strictObject({
  /** Of `providers/media/registry.ts`. */
  adapter: z.string().min(1),
  /** What the adapter must know: addresses, bodies and paths in answers. It says itself what they must be. */
  wire: JsonObject.default({}),
  /**
   * Where the provider lists its models, relative to the base URL; null: `models` are all that there are. The rest are paths
   * into the answer: to its rows, and in a row to the model's id, its name, and the voices that it has.
   */
  list: z
    .strictObject({
      path: z.string(),
      rows: z.string().default('data'),
      id: z.string().default('id'),
      name: z.string().default('name'),
      voices: z.string().nullable().default(null),
      /** Ids of what else stands in the list do not match. */
      pattern: Pattern.default(''),
    })
    .nullable()
    .default(null),
  /** Asked before `models` are offered: a program of the user's offers them only while this field of its answer is true. */
  loaded: z.strictObject({ path: z.string(), field: z.string() }).nullable().default(null),
  /** Models that the provider does not list. */
  models: z.array(MediaModel).default([]),
  /** What is known of listed models that the provider does not tell, by their ids: the first pattern that matches. */
  modelFacts: z
    .array(MediaModel.pick({ voices: true, price: true, longestText: true }).partial().extend({ pattern: Pattern }))
    .default([]),
  /** What can be said of how it makes things: voice, format, length. */
  settingsSchema: SettingsSchema,
})
export type MediaDefinition = z.infer<typeof MediaDefinition>

/**
 * A provider as data: one file of `resources/providers/`. docs/adding-a-provider.md explains every field.
 */
export const ProviderDefinition = z.strictObject({
  $schema: z.string().optional(),
  id: ProviderId,
  slug: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: z.string().min(1),
  /** Its name in each language, where that is a word and not a brand. */
  localName: LocalizedText.optional(),
  /** The pattern for providers that users add; not a provider itself. */
  template: z.boolean().default(false),
  protocol: z.string().min(1),
  /** Null when there is nothing to call (Demo) or each server has its own (Ollama, templates). */
  baseUrl: z.url().nullable(),
  /** Each server of the user's has its own address, models and load (Ollama). */
  servers: z.boolean().default(false),
  keyRequired: z.boolean(),
  auth: AuthScheme,
  kinds: z.array(ProviderKind).min(1),
  local: z.boolean(),
  description: LocalizedText,
  keyUrl: z.url().nullable(),
  /** Sent with every request. */
  headers: ExtraHeaders.default({}),
  /** Headers that carry a provider setting: the header's name, and the setting's. One that is not set is not sent. */
  headersFromSettings: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().min(1)).default({}),
  /** Body fields that a chat request must have, with the values for when nothing else sets them. */
  requiredParameters: JsonObject.default({}),
  /** Where models are listed, relative to the base URL. */
  modelLists: z.array(z.strictObject({ path: z.string(), kind: ModelKind })).default([]),
  /** Which kind a listed model is, by its id: first pattern that matches; `null` leaves it out. */
  modelKinds: z.array(z.strictObject({ pattern: Pattern, kind: ModelKind.nullable() })).default([]),
  /**
   * The parameters a model takes, by its id, for providers that do not tell: first pattern that matches. Without one,
   * a model is taken to accept everything.
   */
  modelParameters: z.array(z.strictObject({ pattern: Pattern, parameters: z.array(z.string()) })).default([]),
  /**
   * How a short model name is written on the wire, by kind: `{model}` is the name, `{setting}` a provider setting. A
   * name with `://` in it is whole already.
   */
  modelTemplates: z.partialRecord(ModelKind, z.string().includes('{model}')).default({}),
  /** Embedding models that have a twin for queries: this part of the name is replaced by that one. */
  queryModels: z.array(z.strictObject({ document: z.string().min(1), query: z.string().min(1) })).default([]),
  /** The same request gets the same words: another try at a passage then needs another `seed`, which its samplers must have. */
  deterministic: z.boolean().default(false),
  /**
   * Which models the API holds to a JSON Schema: `always` all that chat, `listed` those that its list says so of. One that
   * is not held to it is told of it in words.
   */
  answerSchema: z.enum(['always', 'listed']).default('listed'),
  /**
   * Fields of a tool call beside its function that the API wants back with the call, and what it takes in the place of one that
   * the first call of an answer lacks, because another model made it; null where it can do without.
   */
  toolCallFields: z.record(z.string().min(1), JsonValue).default({}),
  /** The API gives signatures of what a model thought, and wants them back with the model's calls (`reasoning_details`). */
  reasoningDetails: z.boolean().default(false),
  /** The API reads images from `https:` addresses itself; else they must come along in the request. */
  imageAddresses: z.boolean().default(true),
  /** The API goes on with a plain text, without the form of a chat (`POST /completions`). */
  completions: z.boolean().default(false),
  /** The API takes `stream_options.include_usage`. */
  streamUsage: z.boolean().default(true),
  /** Texts in one embedding request, at most. */
  embedBatch: z.number().int().min(1).max(2048).default(64),
  /**
   * A request that fails for a wrong key, where listing models does not; with a `body` it is a POST. `creditField` and
   * `limitField` are paths into its answer: the dollars that are left, and those that the key may spend in all. An API that
   * says under 200 that it failed has its status at `codeField`. `takenStatuses` are those of a request that is refused for
   * what it asks, and not for its key.
   */
  keyCheck: z
    .strictObject({
      path: z.string(),
      body: JsonObject.optional(),
      creditField: z.string().optional(),
      limitField: z.string().optional(),
      codeField: z.string().optional(),
      takenStatuses: z.array(z.number().int()).optional(),
    })
    .nullable()
    .default(null),
  /**
   * Where a server tells how many tokens its model really reads, when its list does not: `field` is a path into the answer
   * to `path`, relative to the base URL. With `rows`, a path to a list there, `field` and `id` are paths into each row; else
   * the number is of the model that `id` names, or of the only one that is listed. `ownedBy`: asked only where the list says so in `owned_by`.
   */
  contextSources: z
    .array(
      z.strictObject({
        path: z.string(),
        field: z.string(),
        rows: z.string().optional(),
        id: z.string().default('id'),
        ownedBy: z.string().optional(),
      })
    )
    .default([]),
  /**
   * Sign-in instead of pasting a key: OAuth with PKCE (RFC 7636) over loopback. The user's browser goes to `authorizeUrl`
   * with `callback_url`, `code_challenge` and `code_challenge_method`; the code that comes back is exchanged at
   * `exchangePath`, relative to the base URL, for `{ "key": … }`.
   */
  signIn: z.strictObject({ authorizeUrl: z.url(), exchangePath: z.string() }).nullable().default(null),
  /** What it makes beside words, by the kind of stage. */
  media: z.partialRecord(StageKind.exclude(['chat']), MediaDefinition).default({}),
  samplerSchema: SettingsSchema,
  settingsSchema: SettingsSchema,
  embeddingSchema: SettingsSchema.nullable().default(null),
})
export type ProviderDefinition = z.infer<typeof ProviderDefinition>

/**
 * What one program that speaks OpenAI's language does in its own way: one file of `resources/flavours/`. A provider that
 * the user adds is the template with what its flavour says instead. The fields mean what they mean in a provider.
 */
export const Flavour = ProviderDefinition.pick({
  $schema: true,
  name: true,
  description: true,
  answerSchema: true,
  imageAddresses: true,
  completions: true,
  keyCheck: true,
  contextSources: true,
  samplerSchema: true,
}).extend({
  /** Its name in the database and in files; never changed. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** Where the program listens unless told otherwise. */
  baseUrl: z.url(),
})
export type Flavour = z.infer<typeof Flavour>

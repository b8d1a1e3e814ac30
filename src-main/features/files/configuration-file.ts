import { z } from 'zod'
import { ModelSettings } from '@contract/entities/model-config'
import { ModelKind } from '@contract/entities/model'
import { FallbackPolicy, RolePrompt } from '@contract/entities/preset'
import { AuthScheme, ExtraHeaders, OwnKinds, ProviderLimits } from '@contract/entities/provider'
import { RoleId } from '@contract/ids'
import { HttpUrl, JsonObject, Name } from '@contract/values'
import { FileTemplate } from './template-file'

/** The version that this app writes; `upgrades` brings older ones to it. */
export const CONFIGURATION_VERSION = 1

/** `upgrades[n - 1]` makes of a file of version n one of version n + 1. */
export const upgrades: readonly ((older: JsonObject) => JsonObject)[] = []

/** Items of one kind in one file. */
const MOST = 10_000

/** Characters of a preset's description. */
export const LONGEST_DESCRIPTION = 2000

/** Characters of a model's id (contract `ModelSettings`). */
export const LONGEST_MODEL = 300

/** A provider's short name. */
const Slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

/**
 * Model settings as they travel: providers by their short name, servers and tokens by the names the user gave them. There
 * is no field that could hold a key.
 */
export const FileSettings = z.strictObject({
  provider: Slug.optional(),
  model: ModelSettings.shape.model,
  server: Name.optional(),
  tokens: z.array(Name).max(100).optional(),
  ...ModelSettings.omit({ providerId: true, model: true, serverId: true, tokenIds: true }).shape,
})
export type FileSettings = z.infer<typeof FileSettings>

const FileRole = z.strictObject({
  enabled: z.boolean(),
  /** The name of one of `modelConfigs`. */
  modelConfig: Name.optional(),
  settings: FileSettings.default({}),
  /** Absent: the built-in one. */
  prompt: RolePrompt.optional(),
})
export type FileRole = z.infer<typeof FileRole>

/** Names of `modelConfigs`. */
const FileChain = z.array(Name).max(20)

const FileChains = z.strictObject({ errors: FileChain, contextOverflow: FileChain, refusals: FileChain })

/** What is not named is as in a new preset. */
const FileFallback = FallbackPolicy.extend({
  chains: FileChains,
  /** Read, so that the user learns of it, and never followed: only the user can allow that something costs money. */
  allowPaid: z.boolean(),
}).partial()

const FilePreset = z.strictObject({
  name: Name,
  description: z.string().max(LONGEST_DESCRIPTION).default(''),
  fallback: FileFallback.default({}),
  /** A role that is not named is off and empty. */
  roles: z.record(RoleId, FileRole),
})
export type FilePreset = z.infer<typeof FilePreset>

const FileModelConfig = z.strictObject({
  name: Name,
  kind: ModelKind,
  settings: FileSettings.required({ provider: true, model: true }),
})
export type FileModelConfig = z.infer<typeof FileModelConfig>

/**
 * A provider that the user added; built-in ones are known everywhere. Headers, body fields and limits travel with a whole
 * configuration, not with a preset that is given to others.
 */
const FileProvider = z.strictObject({
  slug: Slug,
  name: Name,
  baseUrl: HttpUrl,
  keyRequired: z.boolean(),
  headers: ExtraHeaders.optional(),
  extraBody: JsonObject.optional(),
  limits: ProviderLimits.optional(),
  /** The program it is; one that this version does not know is left out. Absent: not known. */
  flavour: Slug.optional(),
  /** How it takes a key; absent: as a bearer. */
  auth: AuthScheme.optional(),
  /** What it can be asked for; absent: whatever there is. */
  kinds: OwnKinds.optional(),
})
export type FileProvider = z.infer<typeof FileProvider>

/**
 * A `.fabula.json` file of presets, templates, model configs and the providers they need. Its JSON Schema:
 * resources/schemas/configuration.schema.json.
 */
export const ConfigurationFile = z.strictObject({
  $schema: z.string().max(2000).optional(),
  fabula: z.literal('configuration'),
  version: z.literal(CONFIGURATION_VERSION),
  providers: z.array(FileProvider).max(MOST).default([]),
  modelConfigs: z.array(FileModelConfig).max(MOST).default([]),
  presets: z.array(FilePreset).max(MOST).default([]),
  templates: z.array(FileTemplate).max(MOST).default([]),
})
export type ConfigurationFile = z.infer<typeof ConfigurationFile>

/** A file in which nothing is. */
export const emptyFile: ConfigurationFile = {
  fabula: 'configuration',
  version: CONFIGURATION_VERSION,
  providers: [],
  modelConfigs: [],
  presets: [],
  templates: [],
}

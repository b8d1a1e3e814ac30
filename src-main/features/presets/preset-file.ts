import { z } from 'zod'
import { ModelSettings, Timeouts, TokenStrategy } from '@contract/entities/model-config'
import { ModelKind } from '@contract/entities/model'
import { FallbackPolicy } from '@contract/entities/preset'
import { FabulaError, FileError } from '@contract/errors'
import { RoleId } from '@contract/ids'
import { HttpUrl, JsonObject, Name } from '@contract/values'

/** The version that this app writes; `upgrades` brings older ones to it. */
export const PRESET_FILE_VERSION = 1

/** Characters. A file of a thousand presets has about two million. */
export const LARGEST_FILE = 10_000_000
/** Levels of nesting; what Fabula writes has fewer than twenty. */
const DEEPEST = 64

const Slug = z.string().min(1).max(120)

/**
 * Model settings as they travel: providers by their short name, servers and tokens by the names the user gave them. There
 * is no field that could hold a key.
 */
export const FileSettings = ModelSettings.omit({ providerId: true, serverId: true, tokenIds: true }).extend({
  provider: Slug.optional(),
  server: Name.optional(),
  tokens: z.array(Name).max(100).optional(),
  tokenStrategy: TokenStrategy.optional(),
  samplers: JsonObject.optional(),
  custom: JsonObject.optional(),
  settings: JsonObject.optional(),
  timeouts: Timeouts.optional(),
})
export type FileSettings = z.infer<typeof FileSettings>

const FileRole = z.strictObject({
  enabled: z.boolean(),
  /** The name of one of `modelConfigs`. */
  modelConfig: Name.optional(),
  settings: FileSettings,
})

const FilePreset = z.strictObject({
  name: Name,
  description: z.string().max(2000),
  fallback: FallbackPolicy,
  roles: z.record(RoleId, FileRole),
})

const FileModelConfig = z.strictObject({
  name: Name,
  kind: ModelKind,
  settings: FileSettings.required({ provider: true, model: true }),
})

/** A provider that the user added; built-in ones are known everywhere. */
const FileProvider = z.strictObject({
  slug: Slug,
  name: Name,
  baseUrl: HttpUrl,
  keyRequired: z.boolean(),
})

/** A `.fabula.json` file of presets and what they need. Its JSON Schema: resources/schemas/presets.schema.json. */
export const PresetFile = z.strictObject({
  $schema: z.string().optional(),
  fabula: z.literal('presets'),
  version: z.literal(PRESET_FILE_VERSION),
  providers: z.array(FileProvider).max(1000),
  modelConfigs: z.array(FileModelConfig).max(10_000),
  presets: z.array(FilePreset).min(1).max(10_000),
})
export type PresetFile = z.infer<typeof PresetFile>

/**
 * Reads a preset file. Throws `file_too_large`, `file_not_json`, `file_not_fabula`, `file_newer`, or `file_invalid` with
 * the path of the field that is wrong.
 */
export function parsePresetFile(text: string): PresetFile {
  if (text.length > LARGEST_FILE)
    throw new FabulaError(FileError.TooLarge, `The file has ${text.length} characters`, {
      details: { limit: LARGEST_FILE },
    })
  const json = parseJson(text)
  const head = z.looseObject({ fabula: z.string(), version: z.number().int().positive() }).safeParse(json)
  if (!head.success || head.data.fabula !== 'presets')
    throw new FabulaError(FileError.NotFabula, 'The file is not a Fabula preset file')
  if (head.data.version > PRESET_FILE_VERSION)
    throw new FabulaError(FileError.Newer, `The file has version ${head.data.version}`, {
      details: { version: String(head.data.version) },
    })
  refuseHostile(json, [])
  const file = PresetFile.safeParse(json)
  if (!file.success) {
    const [issue] = file.error.issues
    throw invalid(issue?.path ?? [], issue?.message ?? 'does not fit')
  }
  return file.data
}

/** An error that names a field of the file: `presets[0].roles.main.settings.model`. */
export function invalid(path: readonly PropertyKey[], reason: string): FabulaError {
  const at = path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    ''
  )
  return new FabulaError(FileError.Invalid, `${at}: ${reason}`, { details: { path: at, reason } })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new FabulaError(FileError.NotJson, 'The file is not JSON', {
      details: { reason: error instanceof Error ? error.message.slice(0, 200) : '' },
    })
  }
}

/** Refuses what no file of ours has: keys that reach into prototypes, and nesting made to exhaust a reader. */
function refuseHostile(value: unknown, path: PropertyKey[]): void {
  if (typeof value !== 'object' || value === null) return
  if (path.length > DEEPEST) throw invalid(path.slice(0, 8), `is nested more than ${DEEPEST} levels deep`)
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw invalid(at, 'is not a field name')
    refuseHostile(inner, at)
  }
}

import { z } from 'zod'
import { command, query } from '../route'
import { ModelConfigId, PresetId, ProviderId, ServerId, TokenId } from '../ids'
import { ModelKind } from '../entities/model'
import { JsonObject, Nothing, Timestamp } from '../values'

/** Bytes of UTF-8. A file of a thousand presets has about one million; twice this fits into a request of the browser shell. */
export const LARGEST_FILE = 10_000_000

/** Files that are imported at once. */
export const MOST_FILES = 200

/** A whole file, of at most `LARGEST_FILE` bytes. */
const FileText = z.string()
const FileName = z.string().max(300)

/** A model that an item works with. */
const UsedModel = z.strictObject({
  /** The role of a preset; null in a model config. */
  role: z.string().nullable(),
  /** The provider's name, or its short name where there is no such provider; null for the one that a story or preset chose. */
  provider: z.string().nullable(),
  model: z.string(),
})

/** What stands in a file, or on this computer, under a name. `key` is unique in one plan. */
const Item = z.strictObject({
  key: z.string(),
  kind: z.enum(['preset', 'modelConfig', 'provider']),
  name: z.string(),
  /** Null: no such name here yet. `same`: here already and alike. `different`: here already, with other content. */
  conflict: z.enum(['same', 'different']).nullable(),
  /** Whether what is here under the name may be replaced: not where that would always be refused. */
  replaceable: z.boolean(),
  /** Where a provider's requests go; null for everything else. */
  address: z.string().nullable(),
  /** Request headers that a provider brings. */
  headers: z.record(z.string(), z.string()),
  /** Fields that a provider adds to every request. */
  body: JsonObject,
  models: z.array(UsedModel),
})

/** What the file refers to and this computer does not have. */
const Missing = z.strictObject({
  key: z.string(),
  kind: z.enum(['token', 'server', 'model', 'provider', 'role']),
  name: z.string(),
  /** The provider that a token, server or model belongs to; null where it is not here either. */
  providerId: ProviderId.nullable(),
  /** What a model is needed for; null for everything else. */
  modelKind: ModelKind.nullable(),
  /** Names of the items that need it. */
  usedBy: z.array(z.string()),
})

/** A field of a foreign file that has no place in Fabula. */
const Loss = z.strictObject({
  field: z.string(),
  /** Its value as JSON, at most 200 characters. */
  value: z.string(),
  /** `prompt`: prompts are not settings; `unsupported`: no such setting; `invalid`: the value does not fit. */
  reason: z.enum(['prompt', 'unsupported', 'invalid']),
})

export const ImportPlan = z.strictObject({
  format: z.enum(['fabula', 'sillytavern-chat', 'sillytavern-text', 'novelai', 'sillytavern-templates']),
  /** Templates of SillyTavern that the file holds; Fabula knows them and cannot take them yet. */
  templates: z.array(z.enum(['instruct', 'context', 'sysprompt', 'reasoning'])),
  items: z.array(Item),
  missing: z.array(Missing),
  losses: z.array(Loss),
  /** A foreign preset names no model that Fabula knows: the user must choose one. */
  needsModel: z.boolean(),
})
export type ImportPlan = z.infer<typeof ImportPlan>

const ModelChoice = z.strictObject({ providerId: ProviderId, model: z.string(), serverId: ServerId.optional() })

export const ImportChoices = z.strictObject({
  /** By item key; `keep_both` where nothing is said. Items that are `same` are not written again. */
  conflicts: z.record(z.string(), z.enum(['keep_both', 'replace', 'skip'])).default({}),
  /** By the key of what is missing. */
  tokens: z.record(z.string(), TokenId).default({}),
  servers: z.record(z.string(), ServerId).default({}),
  models: z.record(z.string(), ModelChoice).default({}),
  /** The model of a foreign preset. */
  model: ModelChoice.optional(),
})
export type ImportChoices = z.input<typeof ImportChoices>

export const ImportReport = z.strictObject({
  undoId: z.string(),
  presets: z.array(z.strictObject({ id: PresetId, name: z.string() })),
  modelConfigs: z.array(z.strictObject({ id: ModelConfigId, name: z.string() })),
  providers: z.array(z.strictObject({ id: ProviderId, name: z.string() })),
  replaced: z.number().int(),
  skipped: z.number().int(),
  /**
   * What could not be carried over: in which item, and what it was. `setting`: its provider was mapped to another one,
   * which does not take it; `modelConfig`: it was left out, so what stood on it does without; `consent`: that paid models
   * may follow local ones, which only the user can allow.
   */
  notCarried: z.array(
    z.strictObject({
      item: z.string(),
      kind: z.enum([...Missing.shape.kind.options, 'setting', 'modelConfig', 'consent']),
      name: z.string(),
    })
  ),
})
export type ImportReport = z.infer<typeof ImportReport>

/** The import that can be undone. */
export const LastImport = z.strictObject({
  undoId: z.string(),
  /** The name of the file, or of the first of several. */
  fileName: z.string(),
  files: z.number().int().positive(),
  importedAt: Timestamp,
})
export type LastImport = z.infer<typeof LastImport>

export const fileRoutes = {
  /** Presets with what they need, or the whole configuration: presets, model configs and added providers. No keys. */
  'files.export': command(
    z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('presets'), ids: z.array(PresetId).min(1).max(10_000) }),
      z.strictObject({ what: z.literal('modelConfigs'), ids: z.array(ModelConfigId).min(1).max(10_000) }),
      z.strictObject({ what: z.literal('configuration') }),
    ]),
    z.strictObject({ fileName: z.string(), text: FileText })
  ),
  /** Says what an import would do; changes nothing. With the model chosen, it also says which fields that one takes. */
  'files.preview': command(
    z.strictObject({ text: FileText, fileName: FileName, model: ModelChoice.optional() }),
    ImportPlan
  ),
  /** Takes in several files as one: all or nothing, with the same choices, and undone together. */
  'files.import': command(
    z.strictObject({
      /** At most `LARGEST_FILE` bytes in all. */
      files: z
        .array(z.strictObject({ text: FileText, fileName: FileName }))
        .min(1)
        .max(MOST_FILES),
      choices: ImportChoices.default({ conflicts: {}, tokens: {}, servers: {}, models: {} }),
    }),
    ImportReport
  ),
  /** The last import that wrote something, until it is undone or another one comes; it outlives a restart. */
  'files.lastImport': query(Nothing, LastImport.nullable(), ['providers', 'modelConfigs', 'presets']),
  /** Takes the last import back, as a whole; refused when what came in is used by a story by now. */
  'files.undo': command(z.strictObject({ undoId: z.string() }), Nothing),
}

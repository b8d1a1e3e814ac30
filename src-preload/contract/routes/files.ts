import { z } from 'zod'
import { command } from '../route'
import { ModelConfigId, PresetId, ProviderId, ServerId, TokenId } from '../ids'
import { ModelKind } from '../entities/model'
import { Nothing } from '../values'

/** Bytes of UTF-8. A file of a thousand presets has about one million; twice this fits into a request of the browser shell. */
export const LARGEST_FILE = 10_000_000

/** A whole file, of at most `LARGEST_FILE` bytes. */
const FileText = z.string()
const FileName = z.string().max(300)

/** What stands in a file, or on this computer, under a name. `key` is unique in one plan. */
const Item = z.strictObject({
  key: z.string(),
  kind: z.enum(['preset', 'modelConfig', 'provider']),
  name: z.string(),
  /** Null: no such name here yet. `same`: here already and alike. `different`: here already, with other content. */
  conflict: z.enum(['same', 'different']).nullable(),
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
  format: z.enum(['fabula', 'sillytavern-chat', 'sillytavern-text']),
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
   * which does not take it; `modelConfig`: it was left out, so what stood on it does without.
   */
  notCarried: z.array(
    z.strictObject({
      item: z.string(),
      kind: z.enum([...Missing.shape.kind.options, 'setting', 'modelConfig']),
      name: z.string(),
    })
  ),
})
export type ImportReport = z.infer<typeof ImportReport>

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
  /** All or nothing. */
  'files.import': command(
    z.strictObject({
      text: FileText,
      fileName: FileName,
      choices: ImportChoices.default({ conflicts: {}, tokens: {}, servers: {}, models: {} }),
    }),
    ImportReport
  ),
  /** Takes the last import back, as a whole; refused when what came in is used by a story by now. */
  'files.undo': command(z.strictObject({ undoId: z.string() }), Nothing),
}

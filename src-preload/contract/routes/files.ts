import { z } from 'zod'
import { command, query } from '../route'
import {
  MessageId,
  ModelConfigId,
  PresetId,
  ProviderId,
  ServerId,
  StoryId,
  TemplateId,
  TokenId,
  UploadId,
  WorldEntryId,
  WorldId,
} from '../ids'
import { ErrorShape } from '../errors'
import { ModelKind } from '../entities/model'
import { JsonObject, Language, Name, Nothing, Timestamp } from '../values'

/** Bytes of UTF-8. A file of a thousand presets has about one million; twice this fits into a request of the browser shell. */
export const LARGEST_FILE = 10_000_000

/** Files that are imported at once. */
export const MOST_FILES = 200

/** Bytes of a file that comes in parts: a card with its assets, a chat of years. */
export const LARGEST_UPLOAD = 200_000_000

/** Bytes of a text that becomes a story; the longest novels have some ten million. */
export const LARGEST_TEXT = 50_000_000

/** Documents of other programs, which cannot be read. */
export const OTHER_DOCUMENT = /\.(docm?|dotx?|rtf|odt|pdf|pages|fb2|epub|mobi|azw3?|html?|xml)$/i

/** Bytes of one part of such a file; as Base64 it fits into a request of the browser shell. */
export const UPLOAD_PART = 4_000_000

/** A whole file, of at most `LARGEST_FILE` bytes. */
const FileText = z.string()
const FileName = z.string().max(300)

/** A file to be taken in: its text, or the name under which its bytes were sent before. */
const textFile = { text: FileText, fileName: FileName }
const uploadedFile = { uploadId: UploadId, fileName: FileName }
export const ImportFile = z.union([z.strictObject(textFile), z.strictObject(uploadedFile)])
export type ImportFile = z.infer<typeof ImportFile>

/** A file that was opened from outside: by a double click, or on the command line. */
export const OpenedFile = z.union([
  z.strictObject(uploadedFile),
  z.strictObject({ fileName: FileName, problem: ErrorShape }),
])
export type OpenedFile = z.infer<typeof OpenedFile>

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
  kind: z.enum(['preset', 'prompt', 'modelConfig', 'provider', 'character', 'lorebook', 'world', 'story', 'template']),
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
  /** How much of what a character, a lorebook, a chat or a template brings. */
  holds: z
    .partialRecord(
      z.enum(['greetings', 'lore', 'files', 'chapters', 'passages', 'alternatives', 'variables', 'versions']),
      z.number().int()
    )
    .optional(),
  /** The names of the chapters that were found in a text, the first 300. */
  chapters: z.array(z.string()).optional(),
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

/** The world that characters and lore come into: one that is here, or a new one of this name. */
const WorldChoice = z.union([z.strictObject({ id: WorldId }), z.strictObject({ name: Name })])

/** A field of a foreign file that has no place in Fabula. */
const Loss = z.strictObject({
  field: z.string(),
  /** Its value as JSON, at most 200 characters; empty for a placeholder, which says it all by itself. */
  value: z.string(),
  /**
   * `prompt`: it belongs to the prompts of the other program; `placeholder`: nothing here can stand in its place in a
   * prompt; `unsupported`: no such setting; `invalid`: the value does not fit; `kept`: it changes the writing elsewhere,
   * and is only kept here, to be written back.
   */
  reason: z.enum(['prompt', 'placeholder', 'unsupported', 'invalid', 'kept']),
})

/**
 * What of an item is otherwise here than in its file. `role`: a template asks a role that there is not, and the Writer
 * answers; `variable`: one that could not be called so in a template is called `now`.
 */
const Change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), item: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal('variable'), item: z.string(), name: z.string(), now: z.string() }),
])

export const ImportPlan = z.strictObject({
  format: z.enum([
    'fabula',
    /** A plain text that is a template. */
    'jinja',
    'sillytavern-chat',
    'sillytavern-text',
    'novelai',
    'sillytavern-templates',
    'character',
    'lorebook',
    'chat',
    'story',
    /** Words alone: Markdown, a document of Word, or a plain text. */
    'text',
  ]),
  /** Templates of SillyTavern in the file that say what only a server needs to know, and that are not taken in. */
  templates: z.array(z.enum(['instruct', 'reasoning'])),
  items: z.array(Item),
  missing: z.array(Missing),
  changes: z.array(Change),
  losses: z.array(Loss),
  /** A foreign preset names no model that Fabula knows: the user must choose one. */
  needsModel: z.boolean(),
  /** The name of the world that is made for characters and lore where none is chosen; null for files without any. */
  newWorld: z.string().nullable(),
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
  /** Where characters and lore come into; a new world where nothing is said. */
  world: WorldChoice.optional(),
  /** The story that takes that world from now on. */
  story: StoryId.optional(),
  /** The preset whose Writer gets an imported prompt; a copy of the default one where nothing is said. */
  preset: PresetId.optional(),
  /** Of what Fabula adds to an imported prompt, where its own words do not show it. */
  language: Language.optional(),
  /** Where the passages of a text end: with each scene, of which long ones are parted, with each paragraph or each chapter. */
  passages: z.enum(['scene', 'paragraph', 'chapter']).optional(),
})
export type ImportChoices = z.input<typeof ImportChoices>

/** The choices on which a plan depends. */
const previewed = ImportChoices.pick({ model: true, world: true, preset: true, language: true, passages: true }).shape

export const ImportReport = z.strictObject({
  undoId: z.string(),
  presets: z.array(z.strictObject({ id: PresetId, name: z.string() })),
  modelConfigs: z.array(z.strictObject({ id: ModelConfigId, name: z.string() })),
  templates: z.array(z.strictObject({ id: TemplateId, name: z.string() })),
  providers: z.array(z.strictObject({ id: ProviderId, name: z.string() })),
  characters: z.array(z.strictObject({ id: WorldEntryId, worldId: WorldId, name: z.string() })),
  /** Entries of lore. */
  lore: z.number().int(),
  /** The world that they came into, or that a story takes now; null where there is none. */
  world: z.strictObject({ id: WorldId, name: z.string() }).nullable(),
  /** The story that takes this world now, and did not before; null for none. */
  takenBy: z.strictObject({ id: StoryId, title: z.string() }).nullable(),
  stories: z.array(z.strictObject({ id: StoryId, title: z.string() })),
  replaced: z.number().int(),
  skipped: z.number().int(),
  /**
   * What could not be carried over: in which item, and what it was. `setting`: its provider was mapped to another one,
   * which does not take it; `modelConfig`: it was left out, so what stood on it does without; `consent`: that paid models
   * may follow local ones, which only the user can allow; `world`: a part of a story's worlds that is neither in its file
   * nor here; `picture`: that of a character, place or persona.
   */
  dropped: z.array(
    z.strictObject({
      item: z.string(),
      kind: z.enum([...Missing.shape.kind.options, 'setting', 'modelConfig', 'consent', 'world', 'picture']),
      name: z.string(),
    })
  ),
  changes: z.array(Change),
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

/** What of a story is to be read: the branch that ends with a passage, else the one that is shown; a chapter of it, from 0. */
const wanted = {
  storyId: StoryId,
  branch: MessageId.optional(),
  chapter: z.number().int().nonnegative().max(100_000).optional(),
}

export const fileRoutes = {
  /**
   * Presets and templates with what they need, or the whole configuration: presets, the user's own templates, model configs
   * and added providers. No keys.
   */
  'files.export': command(
    z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('presets'), ids: z.array(PresetId).min(1).max(10_000) }),
      z.strictObject({ what: z.literal('modelConfigs'), ids: z.array(ModelConfigId).min(1).max(10_000) }),
      z.strictObject({
        what: z.literal('templates'),
        ids: z.array(TemplateId).min(1).max(10_000),
        /** All that there are, or the one that is used. */
        versions: z.enum(['all', 'used']).default('all'),
      }),
      z.strictObject({ what: z.literal('configuration') }),
    ]),
    z.strictObject({ fileName: z.string(), text: FileText })
  ),
  /**
   * A character as a card, with its own lore, all of its world, or none. `picture`: a PNG, in Base64, for one whose
   * picture is of another kind. The answer is in Base64.
   */
  'files.exportCharacter': command(
    z.strictObject({
      worldId: WorldId,
      id: WorldEntryId,
      form: z.enum(['png', 'json', 'charx']),
      lore: z.enum(['own', 'world', 'none']).default('own'),
      picture: z.base64().max(22_400_000).optional(),
    }),
    z.strictObject({ fileName: z.string(), data: z.string() })
  ),
  /** The lore of a world as a lorebook of SillyTavern. */
  'files.exportLore': command(
    z.strictObject({ worldId: WorldId }),
    z.strictObject({ fileName: z.string(), text: FileText })
  ),
  /**
   * A story as a text to read: its title, its chapters and its passages. Lines of the writer are set apart as quotations.
   */
  'files.exportText': command(
    z.strictObject({ ...wanted, form: z.enum(['markdown', 'html', 'text']) }),
    z.strictObject({ fileName: z.string(), text: FileText })
  ),
  /** The same as a book or a document of Word. The answer is in Base64. */
  'files.exportBook': command(
    z.strictObject({ ...wanted, form: z.enum(['epub', 'docx']) }),
    z.strictObject({ fileName: z.string(), data: z.string() })
  ),
  /**
   * What of a story can be exported by itself: the names of the chapters of a branch, and the branches beside the one that
   * is shown, by their last passages, the longest first. `excerpt`: how the branch begins where it leaves the one that is
   * shown; `length`: its passages from there on.
   */
  'files.textOutline': query(
    z.strictObject({ storyId: StoryId, branch: MessageId.optional() }),
    z.strictObject({
      chapters: z.array(z.string()),
      branches: z.array(z.strictObject({ id: MessageId, excerpt: z.string(), length: z.number().int().positive() })),
    }),
    ['stories', 'messages'],
    { about: { stories: 'storyId', messages: 'storyId' } }
  ),
  /** A story, as it is shown, as a chat of SillyTavern: alternatives are swipes. */
  'files.exportChat': command(
    z.strictObject({ storyId: StoryId }),
    z.strictObject({ fileName: z.string(), text: FileText })
  ),
  /**
   * A story with every branch of it, its worlds and their pictures, as a file of Fabula. `leftOut`: pictures for which there
   * was no room.
   */
  'files.exportStory': command(
    z.strictObject({ storyId: StoryId }),
    z.strictObject({ fileName: z.string(), text: FileText, leftOut: z.number().int().nonnegative() })
  ),
  /** Takes one part of a file, in Base64; the first one without an id. It is kept until it is dropped, or the app closes. */
  'files.upload': command(
    z.strictObject({ uploadId: UploadId.optional(), data: z.base64().max((UPLOAD_PART / 3) * 4 + 4) }),
    z.strictObject({ uploadId: UploadId })
  ),
  /** What was opened from outside since this was asked last (`files.opened`); each file comes once. */
  'files.takeOpened': command(Nothing, z.array(OpenedFile)),
  'files.dropUploads': command(z.strictObject({ uploadIds: z.array(UploadId).max(MOST_FILES) }), Nothing),
  /**
   * Says what an import would do; changes nothing. With the model chosen, it also says which fields that one takes; with
   * the world or the preset, what is there already.
   */
  'files.preview': command(
    z.union([z.strictObject({ ...textFile, ...previewed }), z.strictObject({ ...uploadedFile, ...previewed })]),
    ImportPlan
  ),
  /** Takes in several files as one: all or nothing, with the same choices, and undone together. */
  'files.import': command(
    z.strictObject({
      /** Texts have at most `LARGEST_FILE` bytes in all. */
      files: z.array(ImportFile).min(1).max(MOST_FILES),
      choices: ImportChoices.default({ conflicts: {}, tokens: {}, servers: {}, models: {} }),
    }),
    ImportReport
  ),
  /** Stops what is being imported: nothing of it stays, and `files.import` refuses with `import_stopped`. */
  'files.stopImport': command(Nothing, Nothing),
  /** The last import that wrote something, until it is undone or another one comes; it outlives a restart. */
  'files.lastImport': query(Nothing, LastImport.nullable(), [
    'providers',
    'modelConfigs',
    'presets',
    'templates',
    'worlds',
    'stories',
  ]),
  /** Takes the last import back, as a whole; refused when what came in is used by a story by now. */
  'files.undo': command(z.strictObject({ undoId: z.string() }), Nothing),
}

import { z } from 'zod'
import { WorldEntryId, WorldId } from '../ids'
import { JsonObject, Name, Timestamp } from '../values'
import { unreadable } from './unreadable'

/** The longest text of a field, in characters: what the longest passage may have, too. */
const LONGEST_TEXT = 200_000
const Text = z.string().max(LONGEST_TEXT)
const Words = z.array(z.string().max(1000)).max(1000)
const Count = z.number().int().min(0).max(1_000_000)
/** Null: as the world says. */
const OwnSwitch = z.boolean().nullable()

/** Names a picture in the data folder: the SHA-256 of its bytes, in hex. */
export const PictureHash = z.string().regex(/^[0-9a-f]{64}$/)
export type PictureHash = z.infer<typeof PictureHash>

/** A picture, to be shown. */
export const Picture = z.strictObject({
  type: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  /** Base64 of its bytes. */
  data: z.string(),
})
export type Picture = z.infer<typeof Picture>

/** Who says a text that is put among the passages. */
export const VoiceInPrompt = z.enum(['system', 'user', 'assistant'])
export type VoiceInPrompt = z.infer<typeof VoiceInPrompt>

/** What a world says of itself; a story may differ from `styleGuide` and the note. */
export const WorldFields = z.strictObject({
  description: Text.default(''),
  /** How the story is to be told. */
  styleGuide: Text.default(''),
  /** A reminder that stands near the end of a prompt. */
  note: Text.default(''),
  /** How many passages stand after the note. */
  noteDepth: Count.default(4),
  noteVoice: VoiceInPrompt.default('system'),
  /** How many of the last passages are looked through for keys of lore. */
  scanDepth: Count.default(4),
  /** Tokens that its lore may take in a prompt; 0 for as many as the prompt has room for. */
  loreBudget: Count.default(0),
  /** Lore may wake other lore, and that yet other, so many times; 0 for not at all. */
  recursionSteps: z.number().int().min(0).max(20).default(3),
  /** Where a lore entry does not say it itself: keys are found as whole words, in any grammatical form, with the same capitals. */
  wholeWords: z.boolean().default(true),
  wordForms: z.boolean().default(true),
  caseSensitive: z.boolean().default(false),
})
export type WorldFields = z.output<typeof WorldFields>

export const World = WorldFields.extend({
  id: WorldId,
  name: z.string(),
  /** Fields of the file it came from that Fabula does not know, to be written back. */
  extra: JsonObject,
  unreadable,
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type World = z.infer<typeof World>

export const WorldEntryKind = z.enum(['character', 'place', 'persona', 'lore'])
export type WorldEntryKind = z.infer<typeof WorldEntryKind>

/** Someone in the story whom models play. */
export const CharacterFields = z.strictObject({
  /** Other names that a text may call them by. */
  aliases: Words.default([]),
  description: Text.default(''),
  personality: Text.default(''),
  /** How they speak. */
  voice: Text.default(''),
  /** Lines as they would say them. */
  examples: Text.default(''),
  /** What they are in the middle of when a story begins with them. */
  scenario: Text.default(''),
  /** Passages with which a story can begin. */
  greetings: z.array(Text).max(200).default([]),
  tags: Words.default([]),
  picture: PictureHash.nullable().default(null),
})
export type CharacterFields = z.output<typeof CharacterFields>

export const PlaceFields = z.strictObject({
  aliases: Words.default([]),
  description: Text.default(''),
  tags: Words.default([]),
  picture: PictureHash.nullable().default(null),
})
export type PlaceFields = z.output<typeof PlaceFields>

/** Whom the writer plays. */
export const PersonaFields = z.strictObject({
  description: Text.default(''),
  tags: Words.default([]),
  picture: PictureHash.nullable().default(null),
})
export type PersonaFields = z.output<typeof PersonaFields>

/** What the secondary keys add to a key that was found: one of them is there, all are, none is, not all are. */
export const SecondaryLogic = z.enum(['andAny', 'andAll', 'notAny', 'notAll'])
export type SecondaryLogic = z.infer<typeof SecondaryLogic>

/** Where lore stands in a prompt; `atDepth`: among the passages, with `depth` of them after it. */
export const LorePosition = z.enum([
  'beforeCharacters',
  'afterCharacters',
  'beforeExamples',
  'afterExamples',
  'beforeNote',
  'afterNote',
  'atDepth',
])
export type LorePosition = z.infer<typeof LorePosition>

/** Facts that a model is told when a text speaks of them. The rules are those of SillyTavern's lorebooks. */
export const LoreFields = z.strictObject({
  content: Text.default(''),
  /** Words or phrases, or patterns as `/pattern/flags`. */
  keys: Words.default([]),
  secondaryKeys: Words.default([]),
  secondaryLogic: SecondaryLogic.default('andAny'),
  /** Always awake. */
  constant: z.boolean().default(false),
  wholeWords: OwnSwitch.default(null),
  wordForms: OwnSwitch.default(null),
  caseSensitive: OwnSwitch.default(null),
  /** Null: as the world says. */
  scanDepth: Count.nullable().default(null),
  /** Of 100 times that it would wake, it does so many. */
  probability: z.number().min(0).max(100).default(100),
  /** Where there is no room for all, those of higher priority are kept. */
  priority: z.number().int().min(-1_000_000).max(1_000_000).default(0),
  /** Entries of one position stand in this order, the highest last, where a model pays most attention. */
  order: z.number().int().min(-1_000_000).max(1_000_000).default(100),
  position: LorePosition.default('beforeCharacters'),
  depth: Count.default(4),
  depthVoice: VoiceInPrompt.default('system'),
  /** Tokens that it may take at most; null for all it has to say. What is over is left out from its end. */
  budget: Count.nullable().default(null),
  /** It is told although the world's budget is spent. */
  ignoresBudget: z.boolean().default(false),
  /** Once awake, it stays so for so many passages. */
  sticky: Count.default(0),
  /** Once asleep again, it does not wake for so many passages. */
  cooldown: Count.default(0),
  /** It does not wake before the story has so many passages. */
  delay: Count.default(0),
  /** Other lore cannot wake it; it cannot wake other lore. */
  notWokenByLore: z.boolean().default(false),
  wakesNoLore: z.boolean().default(false),
  /** It wakes no earlier than in this step of recursion; 0 for at once. */
  recursionLevel: z.number().int().min(0).max(20).default(0),
  /** Of those that share a group only one is told. */
  groups: Words.default([]),
  /** How often it is the one, against the weights of the others. */
  groupWeight: z.number().int().min(0).max(10_000).default(100),
  /** It is the one where its priority in the prompt (`order`) is the highest of the group. */
  groupFirst: z.boolean().default(false),
})
export type LoreFields = z.output<typeof LoreFields>

/** The fields of each kind of entry, with what stands in those that nothing was said about. */
export const entryFields = {
  character: CharacterFields,
  place: PlaceFields,
  persona: PersonaFields,
  lore: LoreFields,
} as const

const entry = <Kind extends WorldEntryKind, Fields extends z.ZodType>(kind: Kind, fields: Fields) =>
  z.strictObject({
    id: WorldEntryId,
    worldId: WorldId,
    kind: z.literal(kind),
    name: z.string(),
    /** Switched off, it is in no scene. */
    enabled: z.boolean(),
    fields,
    /** Fields of the file it came from that Fabula does not know, to be written back. */
    extra: JsonObject,
    unreadable,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })

export const CharacterEntry = entry('character', CharacterFields)
export type CharacterEntry = z.infer<typeof CharacterEntry>
export const PlaceEntry = entry('place', PlaceFields)
export type PlaceEntry = z.infer<typeof PlaceEntry>
export const PersonaEntry = entry('persona', PersonaFields)
export type PersonaEntry = z.infer<typeof PersonaEntry>
export const LoreEntry = entry('lore', LoreFields)
export type LoreEntry = z.infer<typeof LoreEntry>

export const WorldEntry = z.discriminatedUnion('kind', [CharacterEntry, PlaceEntry, PersonaEntry, LoreEntry])
export type WorldEntry = z.infer<typeof WorldEntry>

/** An entry as a list shows it. */
export const EntrySummary = z.strictObject({
  id: WorldEntryId,
  worldId: WorldId,
  kind: WorldEntryKind,
  name: z.string(),
  enabled: z.boolean(),
  /** Other names, or the keys of lore; at most 12. */
  words: z.array(z.string()),
  /** The beginning of what it says, at most 160 characters. */
  excerpt: z.string(),
  constant: z.boolean(),
  picture: PictureHash.nullable(),
  unreadable,
})
export type EntrySummary = z.infer<typeof EntrySummary>

const Numbers = z.strictObject({
  character: z.number().int().nonnegative(),
  place: z.number().int().nonnegative(),
  persona: z.number().int().nonnegative(),
  lore: z.number().int().nonnegative(),
})

export const WorldSummary = z.strictObject({
  id: WorldId,
  name: z.string(),
  description: z.string(),
  entries: Numbers,
  /** How many stories take it. */
  stories: z.number().int().nonnegative(),
  unreadable,
  updatedAt: Timestamp,
})
export type WorldSummary = z.infer<typeof WorldSummary>

/** What is to be changed of an entry; what is not named stays. The values are checked against the fields of its kind. */
export const EntryPatch = z.strictObject({
  name: Name.optional(),
  enabled: z.boolean().optional(),
  fields: JsonObject.optional(),
})
export type EntryPatch = z.infer<typeof EntryPatch>

export const WorldPatch = z.strictObject({ name: Name.optional(), fields: JsonObject.optional() })
export type WorldPatch = z.infer<typeof WorldPatch>

import { z } from 'zod'
import { StoryId, WorldEntryId, WorldId } from '../ids'
import { JsonObject, JsonValue } from '../values'
import { EntrySummary, LorePosition, PictureHash, VoiceInPrompt, WorldEntry, WorldEntryKind } from './world'

/** A word of a passage that brought something into the scene. */
const Found = {
  /** The name or key as it was set down. */
  key: z.string(),
  /** How many passages stand after the one it was found in: 0 for the last. */
  passagesAfter: z.number().int().nonnegative(),
  /** The words around it; what was found stands between U+2068 and U+2069. */
  quote: z.string(),
}

/** Why someone or something is in the scene. */
export const SceneReason = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('named'), ...Found }),
  z.strictObject({ type: z.literal('pinned') }),
  /** The persona that the story chose, or the only one that it has. */
  z.strictObject({ type: z.literal('chosen') }),
  z.strictObject({ type: z.literal('constant') }),
  /** Another entry of lore spoke of it. */
  z.strictObject({ type: z.literal('lore'), key: z.string(), by: z.string(), step: z.number().int().positive() }),
  /** It woke earlier, and stays awake for so many passages more. */
  z.strictObject({ type: z.literal('sticky'), left: z.number().int().positive() }),
])
export type SceneReason = z.infer<typeof SceneReason>

/** Why lore that a text speaks of is not told. */
export const AsleepReason = z.enum(['probability', 'cooldown', 'delay', 'group', 'budget', 'secondary'])
export type AsleepReason = z.infer<typeof AsleepReason>

/** Someone or something that models are told about in the next turn. */
export const SceneMember = z.strictObject({
  id: WorldEntryId,
  worldId: WorldId,
  kind: WorldEntryKind,
  name: z.string(),
  picture: PictureHash.nullable(),
  /** The beginning of what it says, at most 160 characters. */
  excerpt: z.string(),
  pinned: z.boolean(),
  reason: SceneReason,
})
export type SceneMember = z.infer<typeof SceneMember>

/** Lore that is awake, or that the text speaks of and something keeps asleep. */
export const WokenLore = SceneMember.extend({ position: LorePosition, tokens: z.number().int().nonnegative() })
export type WokenLore = z.infer<typeof WokenLore>
export const SleepingLore = SceneMember.extend({ asleep: AsleepReason })
export type SleepingLore = z.infer<typeof SleepingLore>

/** Who and what is in the scene now, and why. */
export const SceneNow = z.strictObject({
  persona: SceneMember.nullable(),
  characters: z.array(SceneMember),
  places: z.array(SceneMember),
  /** In the order in which it is told. */
  lore: z.array(WokenLore),
  asleep: z.array(SleepingLore),
})
export type SceneNow = z.infer<typeof SceneNow>

/** What a text would wake. */
export const WakeTest = SceneNow.pick({ characters: true, places: true, lore: true, asleep: true })
export type WakeTest = z.infer<typeof WakeTest>

/** Where a value of a story's world comes from. */
export const WorldOrigin = z.enum(['world', 'story'])
export type WorldOrigin = z.infer<typeof WorldOrigin>

/** One field in which a story differs from its worlds. */
export const WorldDifference = z.strictObject({
  /** Null: the style guide or the note. */
  entryId: WorldEntryId.nullable(),
  /** The entry's own name, as its world has it; empty for the style guide and the note. */
  name: z.string(),
  kind: WorldEntryKind.nullable(),
  path: z.string(),
  value: JsonValue,
  /** What the world said when the story began to differ, and what it says now. */
  base: JsonValue,
  inherited: JsonValue,
  /** The world has changed under it: `base` and `inherited` differ. */
  outdated: z.boolean(),
})
export type WorldDifference = z.infer<typeof WorldDifference>

/** How the story is to be told, each value with its origin: the first of its worlds that says something, or the story. */
export const StoryStyle = z.strictObject({
  styleGuide: z.string(),
  note: z.string(),
  noteDepth: z.number().int().nonnegative(),
  noteVoice: VoiceInPrompt,
  origins: z.record(z.enum(['styleGuide', 'note', 'noteDepth', 'noteVoice']), WorldOrigin),
})
export type StoryStyle = z.infer<typeof StoryStyle>

/** The worlds of a story, and what it changes of them. */
export const StoryWorld = z.strictObject({
  storyId: StoryId,
  /** In the order in which they count. */
  worlds: z.array(z.strictObject({ id: WorldId, name: z.string() })),
  /** Entries that were taken one by one, of worlds that the story does not take. */
  entries: z.array(EntrySummary),
  /** Those that the writer holds in the scene. */
  pinned: z.array(EntrySummary),
  /** All that the story can choose from. */
  personas: z.array(EntrySummary),
  /** The one that was chosen; null where none was. */
  personaId: WorldEntryId.nullable(),
  style: StoryStyle,
  differences: z.array(WorldDifference),
})
export type StoryWorld = z.infer<typeof StoryWorld>

/** An entry as a story has it. */
export const StoryEntry = z.strictObject({
  /** With the story's differences in it. */
  entry: WorldEntry,
  /** `name`, `enabled` and fields as the world has them. */
  inherited: JsonObject,
  differences: z.array(WorldDifference),
})
export type StoryEntry = z.infer<typeof StoryEntry>

import { z } from 'zod'
import { command, query } from '../route'
import {
  EntryPatch,
  EntrySummary,
  Picture,
  PictureHash,
  World,
  WorldEntry,
  WorldEntryKind,
  WorldPatch,
  WorldSummary,
} from '../entities/world'
import { SceneNow, StoryEntry, StoryWorld, WakeTest } from '../entities/story-world'
import { StoryId, WorldEntryId, WorldId } from '../ids'
import { JsonObject, Language, Name, Nothing } from '../values'

const byWorld = z.strictObject({ worldId: WorldId })
const byEntry = z.strictObject({ worldId: WorldId, id: WorldEntryId })
const byStory = z.strictObject({ storyId: StoryId })
const aboutWorld = { about: { worlds: 'worldId' } } as const
const aboutStory = { about: { stories: 'storyId', messages: 'storyId' } } as const

/** Base64 of a picture of at most 16 MiB. */
const PictureData = z.base64().max(22_400_000)

const Entries = z.array(WorldEntryId).min(1).max(10_000)

export const worldRoutes = {
  /** By name. */
  'worlds.list': query(Nothing, z.array(WorldSummary), ['worlds', 'stories']),
  'worlds.get': query(byWorld, World, ['worlds'], aboutWorld),
  /** Without a name: one in the language of the app, numbered when taken. */
  'worlds.create': command(z.strictObject({ name: Name.optional(), language: Language }), World),
  'worlds.update': command(z.strictObject({ worldId: WorldId, patch: WorldPatch }), World),
  /** With all its entries. */
  'worlds.duplicate': command(byWorld, World),
  /** Kept in the bin for 30 days. Stories that take it go on without it. */
  'worlds.delete': command(byWorld, Nothing),

  /** In the order that the writer gave them. */
  'worlds.entries': query(
    z.strictObject({ worldId: WorldId, kind: WorldEntryKind }),
    z.array(EntrySummary),
    ['worlds'],
    aboutWorld
  ),
  'worlds.entry': query(byEntry, WorldEntry, ['worlds'], aboutWorld),
  /** Stands at the end of its kind. Without a name: one in the language of the app. */
  'worlds.addEntry': command(
    z.strictObject({
      worldId: WorldId,
      kind: WorldEntryKind,
      name: Name.optional(),
      language: Language,
      fields: JsonObject.default({}),
    }),
    WorldEntry
  ),
  'worlds.updateEntry': command(z.strictObject({ worldId: WorldId, id: WorldEntryId, patch: EntryPatch }), WorldEntry),
  'worlds.duplicateEntry': command(byEntry, WorldEntry),
  /** Kept in the bin for 30 days, each by itself. */
  'worlds.deleteEntries': command(z.strictObject({ worldId: WorldId, ids: Entries }), Nothing),
  /** Puts an entry before another one of its kind; at the end for null. */
  'worlds.moveEntry': command(
    z.strictObject({ worldId: WorldId, id: WorldEntryId, before: WorldEntryId.nullable() }),
    Nothing
  ),
  /** What is wrong with a key of lore that is a pattern, in the words of RE2; null where nothing is, or it is none. */
  'worlds.checkKey': query(z.strictObject({ key: z.string().max(1000) }), z.string().nullable(), []),
  /** PNG, JPEG, WebP or GIF; null takes it away. */
  'worlds.setPicture': command(
    z.strictObject({ worldId: WorldId, id: WorldEntryId, data: PictureData.nullable() }),
    WorldEntry
  ),
  'worlds.picture': query(z.strictObject({ hash: PictureHash }), Picture, []),
  /** Which entries of a world a text would bring into the scene, and why. */
  'worlds.test': query(
    z.strictObject({ worldId: WorldId, text: z.string().max(200_000) }),
    WakeTest,
    ['worlds'],
    aboutWorld
  ),

  'storyWorlds.get': query(byStory, StoryWorld, ['worlds', 'stories'], { about: { stories: 'storyId' } }),
  /** The worlds that a story takes, in the order in which they count. */
  'storyWorlds.setWorlds': command(
    z.strictObject({ storyId: StoryId, worldIds: z.array(WorldId).max(100) }),
    StoryWorld
  ),
  /** Takes a single entry of a world that the story does not take, or gives it back. */
  'storyWorlds.takeEntry': command(
    z.strictObject({ storyId: StoryId, entryId: WorldEntryId, taken: z.boolean() }),
    StoryWorld
  ),
  /** Holds an entry in the scene, whatever the passages say, or lets it go. */
  'storyWorlds.pinEntry': command(
    z.strictObject({ storyId: StoryId, entryId: WorldEntryId, pinned: z.boolean() }),
    StoryWorld
  ),
  'storyWorlds.setPersona': command(z.strictObject({ storyId: StoryId, entryId: WorldEntryId.nullable() }), StoryWorld),
  'storyWorlds.entry': query(
    z.strictObject({ storyId: StoryId, entryId: WorldEntryId }),
    StoryEntry,
    ['worlds', 'stories'],
    { about: { stories: 'storyId' } }
  ),
  /**
   * Makes the story differ from its worlds in some fields of an entry, or of the style guide and the note for null. A
   * value that the world gives anyway is no difference, and is not kept as one. All of them, or none.
   */
  'storyWorlds.differ': command(
    z.strictObject({ storyId: StoryId, entryId: WorldEntryId.nullable(), changes: JsonObject }),
    StoryWorld
  ),
  /** Gives fields back to the world: those named, else all of the entry; null stands for the style guide and the note. */
  'storyWorlds.reset': command(
    z.strictObject({
      storyId: StoryId,
      entryId: WorldEntryId.nullable(),
      paths: z.array(z.string().max(100)).max(100).optional(),
    }),
    StoryWorld
  ),
  /** Who and what would be in the scene of the next turn, and why. `line` is what the writer is about to send. */
  'storyWorlds.scene': query(
    z.strictObject({ storyId: StoryId, line: z.string().max(200_000).default('') }),
    SceneNow,
    ['worlds', 'stories', 'messages'],
    aboutStory
  ),
}

import { z } from 'zod'
import { Authorship, ChapterName, MessageAuthor, MessageState, PassageText, StoryTitle } from '@contract/entities/story'
import { CharacterEntry, LoreEntry, PersonaEntry, PictureHash, PlaceEntry, WorldFields } from '@contract/entities/world'
import { FabulaError, FileError } from '@contract/errors'
import { WorldEntryId, WorldId } from '@contract/ids'
import { JsonObject, JsonValue, Language, Name, Timestamp } from '@contract/values'
import { faultAt, faultOf } from '@main/formats/file-fault'

/** The version that this app writes. */
export const STORY_VERSION = 1

/** More passages are refused: no story has so many. */
const MOST_PASSAGES = 200_000
const MOST_ENTRIES = 50_000

const FilePassage = z.strictObject({
  /** The place in the list of the one before it, which stands earlier in the list; null at the beginning of the story. */
  parent: z.number().int().nonnegative().nullable(),
  author: MessageAuthor,
  text: PassageText,
  state: MessageState.exclude(['streaming']).default('complete'),
  /** Names alone: what a turn did and which key it used stays where it was written. */
  writtenBy: Authorship.pick({ role: true, provider: true, model: true }).nullable().default(null),
  edited: z.boolean().default(false),
  /** A chapter ends with it: the chapter's name, which may be empty. */
  chapterEnd: ChapterName.optional(),
  createdAt: Timestamp,
  /** What the passage had in a file of another program. */
  extra: JsonObject.optional(),
})
export type FilePassage = z.infer<typeof FilePassage>

const bare = { worldId: true, unreadable: true, createdAt: true, updatedAt: true } as const
const FileEntry = z.discriminatedUnion('kind', [
  CharacterEntry.omit(bare),
  PlaceEntry.omit(bare),
  PersonaEntry.omit(bare),
  LoreEntry.omit(bare),
])
export type FileEntry = z.infer<typeof FileEntry>

const FileWorld = z.strictObject({
  id: WorldId,
  name: Name,
  fields: WorldFields,
  extra: JsonObject.default({}),
  entries: z.array(FileEntry).max(MOST_ENTRIES).default([]),
})
export type FileWorld = z.infer<typeof FileWorld>

/** What a story takes of worlds, and changes of them, by the ids in the file. */
const FileLinks = z.strictObject({
  worlds: z.array(WorldId).max(1000).default([]),
  taken: z.array(WorldEntryId).max(MOST_ENTRIES).default([]),
  pinned: z.array(WorldEntryId).max(MOST_ENTRIES).default([]),
  persona: z.array(WorldEntryId).max(10).default([]),
  differences: z
    .array(
      z.strictObject({ entryId: WorldEntryId.nullable(), path: z.string().max(200), value: JsonValue, base: JsonValue })
    )
    .max(MOST_ENTRIES)
    .default([]),
})

/** A `.fabula.json` file of one story: all of its passages, its worlds, and their pictures. */
export const StoryFile = z.strictObject({
  fabula: z.literal('story'),
  version: z.literal(STORY_VERSION),
  story: z.strictObject({
    title: StoryTitle,
    language: Language,
    createdAt: Timestamp,
    /** The place of the last passage that is shown. */
    head: z.number().int().nonnegative().nullable(),
    passages: z.array(FilePassage).max(MOST_PASSAGES),
    extra: JsonObject.default({}),
  }),
  worlds: z.array(FileWorld).max(1000).default([]),
  links: FileLinks.prefault({}),
  /** In Base64, by their hash. */
  pictures: z.record(PictureHash, z.base64()).default({}),
})
export type StoryFile = z.infer<typeof StoryFile>

const Head = z.looseObject({ version: z.number().int().positive() })

/** Throws `file_newer`, and `file_invalid` with the path of the field that is wrong. */
export function readStoryFile(json: JsonObject): StoryFile {
  const head = Head.safeParse(json)
  if (!head.success) throw faultOf(head.error)
  const { version } = head.data
  if (version > STORY_VERSION)
    throw new FabulaError(FileError.Newer, `The file has version ${version}`, { details: { version: String(version) } })
  const read = StoryFile.safeParse(json)
  if (!read.success) throw faultOf(read.error)
  refuseWrongPlaces(read.data)
  refuseDoubles(read.data)
  return read.data
}

function refuseWrongPlaces({ story: { passages, head } }: StoryFile): void {
  for (const [place, { parent }] of passages.entries())
    if (parent !== null && parent >= place)
      throw faultAt(['story', 'passages', place, 'parent'], 'must name an earlier passage')
  if (head !== null && head >= passages.length) throw faultAt(['story', 'head'], 'there is no such passage')
}

function refuseDoubles({ worlds }: StoryFile): void {
  const seen = new Set<string>()
  const once = (id: string, at: readonly PropertyKey[]) => {
    if (seen.has(id)) throw faultAt([...at, 'id'], 'is in the file twice')
    seen.add(id)
  }
  for (const [place, world] of worlds.entries()) {
    once(world.id, ['worlds', place])
    for (const [index, { id }] of world.entries.entries()) once(id, ['worlds', place, 'entries', index])
  }
}

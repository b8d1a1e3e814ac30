import type { PictureHash, World, WorldEntry } from '@contract/entities/world'
import { WorldFields } from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import type { MessageId, StoryId, WorldEntryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { PictureFolder } from '@main/data/picture-folder'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { fileNameFor } from './file-names'
import { picturesOf } from './pictures-of'
import { sliced } from '@main/platform/sliced'
import { STORY_VERSION, type FileEntry, type FilePassage, type FileWorld, type StoryFile } from './story-file'

/** Bytes of pictures in one file; what is beyond them stays behind, and is counted. */
const MOST_PICTURES = 40_000_000

/**
 * Writes a story with every alternative and branch, the worlds that it takes, and their pictures. It takes as long as the
 * story is, and stops nothing else meanwhile. Throws `not_found`.
 */
export async function exportStory(
  { stores, pictures }: { stores: Stores; pictures: PictureFolder },
  id: StoryId,
  signal: AbortSignal
): Promise<RouteOutput<'files.exportStory'>> {
  const story = stores.stories.get(id)
  if (!story || story.deleted)
    throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
  const { passages, head } = await sliced(passagesOf(stores, story), signal)
  const worlds = worldsOf(stores, id)
  const { kept, leftOut } = await readPictures(pictures, worlds)
  const file: StoryFile = {
    fabula: 'story',
    version: STORY_VERSION,
    story: {
      title: story.title,
      language: story.language,
      createdAt: story.createdAt,
      head,
      passages,
      extra: stores.extras.ofStory(id),
    },
    worlds,
    links: {
      worlds: stores.storyWorlds.worlds(id),
      taken: stores.storyWorlds.entries(id, 'taken'),
      pinned: stores.storyWorlds.entries(id, 'pinned'),
      persona: stores.storyWorlds.entries(id, 'persona'),
      differences: stores.storyWorlds.differences(id),
    },
    pictures: kept,
  }
  return { fileName: fileNameFor(story.title, 'story'), text: `${JSON.stringify(file)}\n`, leftOut }
}

/** The passages of all branches, each behind the one before it; those that were deleted are left out of their paths. */
export function* passagesOf(
  stores: Stores,
  { id, headId }: Pick<StoryRow, 'id' | 'headId'>
): Generator<undefined, { passages: FilePassage[]; head: number | null; ids: MessageId[] }> {
  const passages: FilePassage[] = []
  const ids: MessageId[] = []
  /** The place in the file of each passage, or of the nearest one before it that is there. */
  const places = new Map<MessageId, number | null>()
  for (const { id: messageId, parentId, deleted } of stores.messages.tree.whole(id)) {
    const parent = parentId === null ? null : (places.get(parentId) ?? null)
    const row = deleted ? null : stores.messages.get(messageId)
    places.set(messageId, row ? passages.length : parent)
    if (!row) continue
    const { author, text, state, writtenBy, edited, createdAt } = row
    const extra = stores.extras.ofMessage(messageId)
    const chapterEnd = stores.chapters.names([messageId]).get(messageId)
    passages.push({
      parent,
      author,
      text,
      state: state === 'streaming' ? 'stopped' : state,
      writtenBy: writtenBy && { role: writtenBy.role, provider: writtenBy.provider, model: writtenBy.model },
      edited,
      ...(chapterEnd === undefined ? {} : { chapterEnd }),
      createdAt,
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    })
    ids.push(messageId)
    yield
  }
  return { passages, head: headId === null ? null : (places.get(headId) ?? null), ids }
}

/** The worlds that a story takes, and of others the entries that it takes one by one. */
function worldsOf(stores: Stores, id: StoryId): FileWorld[] {
  const taken = stores.storyWorlds.worlds(id)
  const single = new Set<WorldEntryId>(
    (['taken', 'pinned', 'persona'] as const).flatMap((how) => stores.storyWorlds.entries(id, how))
  )
  const others = [...single].flatMap((one) => stores.worlds.entry(one)?.worldId ?? [])
  return [...new Set([...taken, ...others])].flatMap((worldId) => {
    const world = stores.worlds.get(worldId)
    if (!world) return []
    const entries = stores.worlds.entries(worldId)
    return [fileWorldOf(world, taken.includes(worldId) ? entries : entries.filter((entry) => single.has(entry.id)))]
  })
}

/** A world as a file has it. */
export function fileWorldOf({ id, name, extra, ...world }: World, entries: readonly WorldEntry[]): FileWorld {
  return { id, name, fields: WorldFields.parse(pickFields(world)), extra, entries: entries.map(fileEntryOf) }
}

const pickFields = (world: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(WorldFields.shape).map((key) => [key, world[key]]))

function fileEntryOf(entry: WorldEntry): FileEntry {
  const { worldId: _world, unreadable: _unreadable, createdAt: _made, updatedAt: _changed, ...bare } = entry
  return bare
}

async function readPictures(
  folder: PictureFolder,
  worlds: readonly FileWorld[]
): Promise<{ kept: Record<PictureHash, string>; leftOut: number }> {
  const kept: Record<PictureHash, string> = {}
  let [room, leftOut] = [MOST_PICTURES, 0]
  // One after another: there may be many, and each may be large.
  for (const hash of new Set(worlds.flatMap(({ entries }) => entries.flatMap(picturesOf)))) {
    const bytes = await folder.read(hash)
    if (!bytes) continue
    if (bytes.length > room) leftOut += 1
    else {
      room -= bytes.length
      kept[hash] = Buffer.from(bytes).toString('base64')
    }
  }
  return { kept, leftOut }
}

import { CommonError, FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { MessageRow } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { writeChat, type WrittenNote, type WrittenPassage, type WrittenText } from '@main/formats/chat'
import { objectAt } from '@main/formats/known-fields'
import { storyWorldsOf } from '@main/worlds/story-worlds'
import { fileNameFor } from './file-names'
import { sliced } from '@main/platform/sliced'

/** Places that are read at once. */
const PAGE = 50

/**
 * Writes a story, as it is shown, as a chat of SillyTavern: alternatives are swipes. It takes as long as the story is, and
 * stops nothing else meanwhile. Throws `not_found`.
 */
export async function exportChat(
  stores: Stores,
  id: StoryId,
  signal: AbortSignal
): Promise<RouteOutput<'files.exportChat'>> {
  const story = stores.stories.get(id)
  if (!story || story.deleted)
    throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
  const kept = stores.extras.ofStory(id)
  const { userName, characterName } = namesOf(stores, story)
  const lines: string[] = []
  const chat = writeChat({
    userName: textOr(kept['userName'], userName),
    characterName: textOr(kept['characterName'], characterName),
    createdAt: story.createdAt,
    note: noteOf(stores, id),
    extra: objectAt(kept, 'chat'),
    passages: passagesOf(stores, story),
  })
  const collect = function* () {
    for (const line of chat) {
      lines.push(line)
      yield
    }
  }
  await sliced(collect(), signal)
  return { fileName: fileNameFor(story.title, 'chat', '.jsonl'), text: `${lines.join('\n')}\n` }
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise

/** Who speaks, where the file that the story came from does not say: the story's persona, and its first character. */
function namesOf(stores: Stores, { id, title }: StoryRow): { userName: string; characterName: string } {
  const [persona] = stores.storyWorlds.entries(id, 'persona')
  const worlds = stores.storyWorlds.worlds(id)
  const [character] = worlds.flatMap((world) => stores.worlds.entries(world, 'character'))
  return {
    userName: (persona && stores.worlds.entry(persona)?.name) ?? 'User',
    characterName: character?.name ?? title,
  }
}

function noteOf(stores: Stores, id: StoryId): WrittenNote {
  const { note, noteDepth, noteVoice } = storyWorldsOf(stores, id).style
  return { text: note, depth: noteDepth, voice: noteVoice }
}

function* passagesOf(stores: Stores, { id, headId }: StoryRow): Generator<WrittenPassage> {
  const last = headId === null ? null : stores.messages.lastShown(headId)
  if (!last) return
  for (let first = 0; first <= last.position; first += PAGE)
    for (const { row } of stores.messages.page(last.id, first, Math.min(first + PAGE - 1, last.position)))
      yield passageOf(stores, id, row)
}

function passageOf(stores: Stores, storyId: StoryId, row: MessageRow): WrittenPassage {
  const ids = stores.messages.tree.alternatives(storyId, row.parentId, row.author)
  const texts = ids.flatMap((id) => {
    const one = id === row.id ? row : stores.messages.get(id)
    return one ? [textOf(stores, id, one)] : []
  })
  return {
    isWriter: row.author === 'writer',
    texts,
    chosen: Math.max(0, ids.indexOf(row.id)),
  }
}

const textOf = (stores: Stores, id: MessageId, { text, writtenBy, createdAt }: MessageRow): WrittenText => ({
  text,
  writtenAt: createdAt,
  tokens: writtenBy?.outputTokens ?? null,
  writtenBy: writtenBy && { program: writtenBy.provider, model: writtenBy.model },
  extra: stores.extras.ofMessage(id),
})

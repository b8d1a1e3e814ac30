import type { Authorship } from '@contract/entities/story'
import { RoleId, type WorldEntryId, type WorldId } from '@contract/ids'
import { nameKey } from '@contract/names'
import type { Stores } from '@main/data/stores'
import type { ChatText, ReadChat } from '@main/formats/chat'
import { branchesTogether, chatTree, type ChatTree } from '@main/formats/chat-tree'
import { MAIN } from '@main/settings/role-registry'
import { sliced } from '@main/platform/sliced'
import { languageOf } from './text-language'
import type { ChatFile } from './world-files'
import type { HiddenStory, StoryDraft } from './write-drafts'
import { nothingWritten, type WrittenImport } from './write-import'

/** A story that a chat becomes. */
export interface ChatDraft extends StoryDraft {
  chat: ReadChat
}

/** The stories that chats become; those that were branched off from one another are one. Between two passages others can work. */
export async function chatDrafts(files: readonly ChatFile[], signal: AbortSignal): Promise<ChatDraft[]> {
  const drafts: ChatDraft[] = []
  // One after another: each may be large.
  for (const group of branchesTogether(files)) {
    const [first] = group
    if (first) drafts.push(draftOf(first, await sliced(chatTree(group.map(({ chat }) => chat)), signal)))
  }
  return drafts
}

function draftOf({ name, chat }: ChatFile, { nodes, head }: ChatTree): ChatDraft {
  return {
    title: name,
    language: languageOf(nodes.map(({ text }) => text)),
    createdAt: null,
    extra: { chat: chat.extra, userName: chat.userName, characterName: chat.characterName },
    length: nodes.length,
    head,
    chat,
    passage: (place) => {
      const node = nodes[place]
      return (
        node && {
          parent: node.parent,
          author: node.isWriter ? 'writer' : 'story',
          text: node.text,
          state: 'complete',
          writtenBy: authorshipOf(node.writtenBy),
          edited: false,
          chapterEnd: null,
          createdAt: node.writtenAt,
          extra: node.extra,
        }
      )
    },
  }
}

const authorshipOf = (by: ChatText['writtenBy']): Authorship | null =>
  by && {
    role: RoleId.parse(MAIN),
    provider: by.program,
    model: by.model,
    tokenName: null,
    inputTokens: null,
    outputTokens: null,
    cost: null,
    dropped: [],
  }

/**
 * Lets stories be seen, each with the worlds of those who are named in it. `worldId`: the world that the same import
 * brought, which is looked at first. Runs inside the caller's transaction.
 */
export function showChats(
  stores: Stores,
  stories: readonly HiddenStory<ChatDraft>[],
  worldId: WorldId | null,
  now: string
): WrittenImport {
  const written: WrittenImport = { ...nothingWritten, stories: [] }
  const cast = stories.length === 0 ? null : castOf(stores, worldId)
  for (const { id, headId, draft } of stories) {
    const { title, chat } = draft
    stores.stories.setHead(id, headId, now)
    stores.stories.setDeleted(id, null)
    const names = new Set(chat.passages.filter(({ isWriter }) => !isWriter).map(({ name }) => nameKey(name)))
    names.add(nameKey(chat.characterName))
    const worlds = new Set([...names].flatMap((name) => cast?.characters.get(name) ?? []))
    const persona = cast?.personas.get(nameKey(chat.userName))
    if (persona) worlds.add(persona.worldId)
    if (worlds.size > 0) stores.storyWorlds.setWorlds(id, [...worlds])
    if (persona) stores.storyWorlds.useEntry(id, persona.id, 'persona')
    if (chat.note) {
      stores.storyWorlds.putDifference(id, { entryId: null, path: 'note', value: chat.note.text, base: '' })
      if (chat.note.depth !== null)
        stores.storyWorlds.putDifference(id, { entryId: null, path: 'noteDepth', value: chat.note.depth, base: 4 })
    }
    written.stories.push({ id, title, headId, updatedAt: now })
  }
  return written
}

interface Cast {
  characters: ReadonlyMap<string, WorldId>
  personas: ReadonlyMap<string, { id: WorldEntryId; worldId: WorldId }>
}

/** Who is known here by which name: in the world that was brought, else in the one that was changed last. */
function castOf(stores: Stores, first: WorldId | null): Cast {
  const characters = new Map<string, WorldId>()
  const personas = new Map<string, { id: WorldEntryId; worldId: WorldId }>()
  const byTime = stores.worlds.summaries().toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  const worlds = byTime.toSorted((a, b) => Number(b.id === first) - Number(a.id === first))
  for (const { id: worldId } of worlds) {
    for (const { name, fields } of charactersOf(stores, worldId))
      for (const one of [name, ...fields.aliases])
        if (!characters.has(nameKey(one))) characters.set(nameKey(one), worldId)
    for (const { id, name } of stores.worlds.entries(worldId, 'persona'))
      if (!personas.has(nameKey(name))) personas.set(nameKey(name), { id, worldId })
  }
  return { characters, personas }
}

const charactersOf = (stores: Stores, id: WorldId) =>
  stores.worlds.entries(id, 'character').filter((entry) => entry.kind === 'character')

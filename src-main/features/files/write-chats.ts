import type { Authorship } from '@contract/entities/story'
import { FabulaError, PresetError } from '@contract/errors'
import { MessageId, RoleId, StoryId, type PresetId, type WorldEntryId, type WorldId } from '@contract/ids'
import { nameKey } from '@contract/names'
import type { Language } from '@contract/values'
import { UNFINISHED } from '@main/data/gone'
import type { Stores } from '@main/data/stores'
import type { ChatText, ReadChat } from '@main/formats/chat'
import { branchesTogether, chatTree, type ChatNode, type ChatTree } from '@main/formats/chat-tree'
import { newId } from '@main/platform/ids'
import { inSlices } from '@main/platform/slices'
import { MAIN } from '@main/settings/role-registry'
import { sliced } from './sliced'
import type { ChatFile } from './world-files'
import { nothingWritten, type WrittenImport } from './write-import'

/** A story that was made of a chat and that nobody sees yet. */
export interface HiddenStory {
  id: StoryId
  title: string
  headId: MessageId | null
  chat: ReadChat
}

interface Ports {
  stores: Stores
  signal: AbortSignal
  /** Says how many passages are written, of all. */
  report: (done: number, total: number) => void
}

/**
 * Writes chats as stories, those that were branched off from one another as one. It takes as long as they are, and stops
 * nothing else meanwhile; nobody sees the stories until `showChats`.
 */
export async function writeChats(ports: Ports, files: readonly ChatFile[], now: string): Promise<HiddenStory[]> {
  const { stores, signal, report } = ports
  const groups = branchesTogether(files)
  if (groups.length === 0) return []
  const presetId = stores.presets.defaultId()
  if (presetId === null)
    throw new FabulaError(PresetError.RoleWithoutModel, 'There is no preset yet', {
      details: { role: 'main', reason: 'no_preset' },
    })
  const trees: ChatTree[] = []
  // One after another: each may be large.
  for (const group of groups) trees.push(await sliced(chatTree(group.map(({ chat }) => chat)), signal))
  const total = trees.reduce((sum, { nodes }) => sum + nodes.length, 0)
  const stories: HiddenStory[] = []
  let before = 0
  try {
    for (const [place, { nodes, head }] of trees.entries()) {
      const [first] = groups[place] ?? []
      if (!first) continue
      const id = newId(StoryId)
      stores.transaction(() => insertHidden(stores, id, first, nodes, presetId, now))
      const done = before
      const ids = await writeNodes(ports, id, nodes, now, (count) => report(done + count, total))
      before += nodes.length
      stories.push({ id, title: first.name, headId: head === null ? null : (ids[head] ?? null), chat: first.chat })
    }
  } catch (error) {
    forgetChats(stores, stories)
    throw error
  }
  return stories
}

/** Gives up stories of an import that did not come to its end. Their passages are removed later, in slices. */
export function forgetChats(stores: Stores, stories: readonly HiddenStory[]): void {
  for (const { id } of stories) stores.stories.forget(id)
}

function insertHidden(
  stores: Stores,
  id: StoryId,
  { name, chat }: ChatFile,
  nodes: readonly ChatNode[],
  presetId: PresetId,
  now: string
): void {
  stores.stories.insert({
    id,
    title: name,
    language: languageOf(nodes),
    presetId,
    headId: null,
    draft: '',
    archived: false,
    deleted: false,
    createdAt: now,
    updatedAt: now,
  })
  stores.stories.setDeleted(id, UNFINISHED)
  stores.extras.setStory(id, { chat: chat.extra, userName: chat.userName, characterName: chat.characterName })
}

async function writeNodes(
  { stores, signal }: Ports,
  storyId: StoryId,
  nodes: readonly ChatNode[],
  now: string,
  report: (done: number) => void
): Promise<MessageId[]> {
  const ids: MessageId[] = []
  const step = () => {
    const node = nodes[ids.length]
    if (!node) return false
    const id = newId(MessageId)
    stores.messages.insert({
      id,
      storyId,
      parentId: node.parent === null ? null : (ids[node.parent] ?? null),
      author: node.isWriter ? 'writer' : 'story',
      text: node.text,
      state: 'complete',
      writtenBy: authorshipOf(node.writtenBy),
      edited: false,
      deleted: false,
      createdAt: node.writtenAt ?? now,
    })
    if (Object.keys(node.extra).length > 0) stores.extras.setMessage(id, node.extra)
    ids.push(id)
    return ids.length < nodes.length
  }
  await inSlices(
    step,
    (work) => {
      const more = stores.transaction(work)
      report(ids.length)
      return more
    },
    signal
  )
  return ids
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

/** Characters of a story that are looked at to tell its language. */
const SAMPLE = 20_000

function languageOf(nodes: readonly ChatNode[]): Language {
  let sample = ''
  for (const { text } of nodes) {
    if (sample.length >= SAMPLE) break
    sample += text
  }
  const count = (letters: RegExp) => sample.match(letters)?.length ?? 0
  return count(/\p{Script=Cyrillic}/gu) > count(/\p{Script=Latin}/gu) ? 'ru' : 'en'
}

/**
 * Lets stories be seen, each with the worlds of those who are named in it. `worldId`: the world that the same import
 * brought, which is looked at first. Runs inside the caller's transaction.
 */
export function showChats(
  stores: Stores,
  stories: readonly HiddenStory[],
  worldId: WorldId | null,
  now: string
): WrittenImport {
  const written: WrittenImport = { ...nothingWritten, stories: [] }
  const cast = stories.length === 0 ? null : castOf(stores, worldId)
  for (const { id, title, headId, chat } of stories) {
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

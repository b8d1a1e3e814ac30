import type { SceneMember, SceneNow, SceneReason, WakeTest } from '@contract/entities/story-world'
import type { WorldEntry } from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import { MessageId, type StoryId, type WorldId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { historyUpTo, withLine } from '@main/prompts/history'
import { excerptOf, pictureOf } from '@main/worlds/entry-summary'
import { findInTexts, sceneWorld, type SceneWorld } from '@main/worlds/scene-world'

type Stored = Pick<Stores, 'stories' | 'messages' | 'worlds' | 'storyWorlds'>

/** Who and what would be in the scene of the next turn. `line` is what the writer is about to send. */
export async function sceneNow(stores: Stored, id: StoryId, line: string): Promise<SceneNow> {
  const story = stores.stories.get(id)
  if (!story) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
  const history = historyUpTo(stores, story.headId)
  const passages = line.trim() === '' ? history : withLine(history, { id: newId(MessageId), text: line })
  const scene = await sceneWorld(stores, { storyId: id, passages, attempt: 0 })
  const pinned = new Set(stores.storyWorlds.entries(id, 'pinned'))
  return {
    persona: scene.persona && member(scene.persona, pinned),
    ...shown(scene, pinned),
  }
}

/** What a text would bring into the scene of a story that has this world alone, and no other passage. */
export async function testWorld(stores: Stored, id: WorldId, text: string): Promise<WakeTest> {
  const world = stores.worlds.get(id)
  if (!world) throw new FabulaError(CommonError.NotFound, `There is no world ${id}`, { details: { path: 'worldId' } })
  const taken = { entries: stores.worlds.entries(id), worlds: new Map([[id, world]]), pinned: new Set<never>() }
  // As if the story were long enough for everything, and the dice fell well: what can wake is what is asked for.
  const found = await findInTexts(taken, [text], { length: Infinity, wokeAgo: new Map(), chance: () => 0 })
  return shown(found, taken.pinned)
}

const shown = (
  { characters, places, lore, asleep }: Pick<SceneWorld, 'characters' | 'places' | 'lore' | 'asleep'>,
  pinned: ReadonlySet<string>
): WakeTest => ({
  characters: characters.map((one) => member(one, pinned)),
  places: places.map((one) => member(one, pinned)),
  lore: lore.map((one) => ({
    ...member(one, pinned),
    position: one.entry.fields.position,
    tokens: one.tokens,
  })),
  asleep: asleep.map((one) => ({ ...member(one, pinned), asleep: one.asleep })),
})

const member = (
  { entry, reason }: { entry: WorldEntry; reason: SceneReason },
  pinned: ReadonlySet<string>
): SceneMember => ({
  id: entry.id,
  worldId: entry.worldId,
  kind: entry.kind,
  name: entry.name,
  picture: pictureOf(entry),
  excerpt: excerptOf(entry),
  pinned: pinned.has(entry.id),
  reason,
})

import { createHash } from 'node:crypto'
import type { SceneReason, StoryStyle } from '@contract/entities/story-world'
import type { CharacterEntry, PersonaEntry, PlaceEntry } from '@contract/entities/world'
import type { MessageId, StoryId, WorldEntryId } from '@contract/ids'
import { activateLore, type AsleepLore, type AwakeLore } from './lore-activation'
import { presentEntries, type Present } from './named-entries'
import { storyWorldsOf, type StoryWorlds, type WorldStores } from './story-worlds'
import { wordFinder } from './word-finder'
import { wokeAgo } from './woken-lore'

/** Who and what is in the scene of a turn, and why: found once, when the turn begins. */
export interface SceneWorld {
  /** Whom the writer plays. */
  persona: Present<PersonaEntry> | null
  /** The most present first. */
  characters: readonly Present<CharacterEntry>[]
  places: readonly Present<PlaceEntry>[]
  /** In the order in which it is told. */
  lore: readonly AwakeLore[]
  asleep: readonly AsleepLore[]
  /** Empty where nothing is said of it. */
  styleGuide: string
  note: Pick<StoryStyle, 'note' | 'noteDepth' | 'noteVoice'>
}

/** A story without worlds. */
export const emptySceneWorld: SceneWorld = {
  persona: null,
  characters: [],
  places: [],
  lore: [],
  asleep: [],
  styleGuide: '',
  note: { note: '', noteDepth: 4, noteVoice: 'system' },
}

/** What finding the scene reads of a story's passages; a part of `prompts/history.ts`. */
export interface ScenePassages {
  newest(count: number): readonly { text: string }[]
  sizes(): Iterable<{ id: MessageId }>
  /** How many passages the path that ends at this one has. */
  lengthUpTo(id: MessageId | null): number
}

/**
 * The scene before the next passage. The same passages and `attempt` give the same scene, so that a dry run shows what the
 * turn will send; another attempt at the same passage throws the dice of lore anew.
 *
 * @param attempt how many passages stand at the place of the next one already
 */
export async function sceneWorld(
  stores: WorldStores,
  { storyId, passages, attempt }: { storyId: StoryId; passages: ScenePassages; attempt: number }
): Promise<SceneWorld> {
  const story = storyWorldsOf(stores, storyId)
  const { styleGuide, note, noteDepth, noteVoice } = story.style
  const style = { styleGuide, note: { note, noteDepth, noteVoice } }
  if (story.entries.length === 0) return { ...emptySceneWorld, ...style }
  const newest = firstOf(passages.sizes())
  const length = passages.lengthUpTo(newest)
  const found = await findInTexts(
    story,
    passages
      .newest(deepestView(story))
      .map(({ text }) => text)
      .toReversed(),
    {
      length,
      wokeAgo: wokeAgo(stores, story.entries, passages),
      chance: diceOf(`${storyId} ${length} ${attempt}`),
    }
  )
  const { persona } = story
  const reason: SceneReason = persona && story.pinned.has(persona.id) ? { type: 'pinned' } : { type: 'chosen' }
  return { ...style, ...found, persona: persona && { entry: persona, reason } }
}

/** Who and what is in the scene because texts speak of it. @param texts the newest first */
export async function findInTexts(
  { entries, worlds, pinned }: Pick<StoryWorlds, 'entries' | 'worlds' | 'pinned'>,
  texts: readonly string[],
  told: { length: number; wokeAgo: ReadonlyMap<WorldEntryId, number>; chance: (name: string) => number }
): Promise<Pick<SceneWorld, 'characters' | 'places' | 'lore' | 'asleep'>> {
  const finder = await wordFinder()
  const scene = { worlds, pinned, finder, passages: texts.map((text) => finder.view(text)) }
  const enabled = entries.filter((entry) => entry.enabled)
  const { awake, asleep } = activateLore({
    ...scene,
    ...told,
    entries: enabled.filter((entry) => entry.kind === 'lore'),
  })
  return {
    characters: presentEntries(
      enabled.filter((entry) => entry.kind === 'character'),
      scene
    ),
    places: presentEntries(
      enabled.filter((entry) => entry.kind === 'place'),
      scene
    ),
    lore: awake,
    asleep,
  }
}

const firstOf = (passages: Iterable<{ id: MessageId }>): MessageId | null => {
  for (const { id } of passages) return id
  return null
}

/** How many passages any entry looks at. */
const deepestView = ({ entries, worlds }: StoryWorlds): number =>
  Math.max(
    0,
    ...[...worlds.values()].map(({ scanDepth }) => scanDepth),
    ...entries.map((entry) => (entry.kind === 'lore' ? (entry.fields.scanDepth ?? 0) : 0))
  )

/** Random numbers that are always the same for the same seed and name. */
const diceOf =
  (seed: string) =>
  (name: string): number =>
    createHash('sha256').update(`${seed} ${name}`).digest().readUIntBE(0, 6) / 2 ** 48

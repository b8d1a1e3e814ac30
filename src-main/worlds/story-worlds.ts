import type { StoryStyle, WorldDifference } from '@contract/entities/story-world'
import { WorldFields, type PersonaEntry, type World, type WorldEntry } from '@contract/entities/world'
import { FabulaError } from '@contract/errors'
import type { StoryId, WorldEntryId, WorldId } from '@contract/ids'
import { sameJson } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'
import type { WorldDifferenceRow } from '@main/data/story-world-store'
import type { Stores } from '@main/data/stores'
import { entryWith } from './entry-fields'

/** What a story takes of worlds, with its own differences in it. */
export interface StoryWorlds {
  /** Those that it takes, in the order in which they count. */
  taken: readonly World[]
  /** Those too of which it takes single entries. */
  worlds: ReadonlyMap<WorldId, World>
  /** In the order of the worlds, and of each world; those that are switched off too. */
  entries: readonly WorldEntry[]
  pinned: ReadonlySet<WorldEntryId>
  /** Whom the writer plays: the one that was chosen, else the only one there is. */
  persona: PersonaEntry | null
  style: StoryStyle
}

export type WorldStores = Pick<Stores, 'worlds' | 'storyWorlds'>

/** The style guide and the note of a story: what stands in `WorldFields` under the same names. */
const STYLE_PATHS = ['styleGuide', 'note', 'noteDepth', 'noteVoice'] as const
export type StylePath = (typeof STYLE_PATHS)[number]
export const isStylePath = (path: string): path is StylePath => STYLE_PATHS.some((one) => one === path)

export function storyWorldsOf(stores: WorldStores, id: StoryId): StoryWorlds {
  const taken = stores.storyWorlds.worlds(id).flatMap((world) => stores.worlds.get(world) ?? [])
  const differences = stores.storyWorlds.differences(id)
  const worlds = new Map(taken.map((world) => [world.id, world]))
  const entries = taken.flatMap((world) => stores.worlds.entries(world.id))
  for (const single of stores.storyWorlds.entries(id, 'taken')) {
    const entry = stores.worlds.entry(single)
    const world = entry && !worlds.has(entry.worldId) ? stores.worlds.get(entry.worldId) : null
    if (!entry || entries.some((one) => one.id === single)) continue
    if (world) worlds.set(world.id, world)
    entries.push(entry)
  }
  const own = entries.map((entry) => inStory(entry, differences))
  return {
    taken,
    worlds,
    entries: own,
    pinned: new Set(stores.storyWorlds.entries(id, 'pinned')),
    persona: personaOf(own, stores.storyWorlds.entries(id, 'persona')[0]),
    style: styleOf(taken, differences),
  }
}

/** An entry as a story has it. A difference that no longer fits the field is left out. */
export function inStory(entry: WorldEntry, differences: readonly WorldDifferenceRow[]): WorldEntry {
  return differences
    .filter(({ entryId }) => entryId === entry.id)
    .reduce((made, { path, value }) => {
      try {
        return withDifference(made, path, value)
      } catch (error) {
        if (error instanceof FabulaError) return made
        throw error
      }
    }, entry)
}

/** Throws `bad_input` for a value that the field cannot have, and for a field that is not there. */
export function withDifference(entry: WorldEntry, path: string, value: JsonValue, at = 'changes'): WorldEntry {
  if (path === 'name' && typeof value === 'string') return { ...entry, name: value }
  if (path === 'enabled' && typeof value === 'boolean') return { ...entry, enabled: value }
  return entryWith(entry, { fields: { [path]: value } }, at)
}

/** All that a story can differ in, by path. */
export const valuesOf = ({ name, enabled, fields }: WorldEntry): JsonObject => ({ name, enabled, ...fields })

function personaOf(entries: readonly WorldEntry[], chosen: WorldEntryId | undefined): PersonaEntry | null {
  const personas = entries.flatMap((entry) => (entry.kind === 'persona' && entry.enabled ? [entry] : []))
  if (chosen !== undefined) return personas.find(({ id }) => id === chosen) ?? null
  return personas.length === 1 ? (personas[0] ?? null) : null
}

/** What the first world that says something of it says. The note goes with its place and voice. */
export function inheritedStyle(taken: readonly World[]): Pick<WorldFields, StylePath> {
  const nothing = WorldFields.parse({})
  const guide = taken.find(({ styleGuide }) => styleGuide.trim() !== '') ?? nothing
  const { note, noteDepth, noteVoice } = taken.find((world) => world.note.trim() !== '') ?? taken[0] ?? nothing
  return { styleGuide: guide.styleGuide, note, noteDepth, noteVoice }
}

function styleOf(taken: readonly World[], differences: readonly WorldDifferenceRow[]): StoryStyle {
  const inherited = inheritedStyle(taken)
  const origins: StoryStyle['origins'] = { styleGuide: 'world', note: 'world', noteDepth: 'world', noteVoice: 'world' }
  let style = inherited
  for (const { entryId, path, value } of differences) {
    if (entryId !== null || !isStylePath(path)) continue
    const { success, data } = WorldFields.shape[path].safeParse(value)
    if (!success) continue
    style = { ...style, [path]: data }
    origins[path] = 'story'
  }
  return { ...style, origins }
}

/** In what a story differs from its worlds, each with what they say now. Those from worlds that it no longer uses are left out. */
export function worldDifferences(stores: WorldStores, id: StoryId): WorldDifference[] {
  const taken = stores.storyWorlds.worlds(id).flatMap((world) => stores.worlds.get(world) ?? [])
  const single = new Set(stores.storyWorlds.entries(id, 'taken'))
  const style: JsonObject = { ...inheritedStyle(taken) }
  return stores.storyWorlds.differences(id).flatMap((row): WorldDifference[] => {
    const { entryId, path, value, base } = row
    const entry = entryId === null ? null : stores.worlds.entry(entryId)
    if (entryId !== null && !(entry && (single.has(entryId) || taken.some((world) => world.id === entry.worldId))))
      return []
    const inherited = (entry ? valuesOf(entry) : style)[path] ?? null
    return [
      {
        entryId,
        name: entry?.name ?? '',
        kind: entry?.kind ?? null,
        path,
        value,
        base,
        inherited,
        outdated: !sameJson(base, inherited),
      },
    ]
  })
}

import type { StoryEntry, StoryWorld, WorldDifference } from '@contract/entities/story-world'
import { WorldFields, type WorldEntry } from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import type { StoryId, WorldEntryId, WorldId } from '@contract/ids'
import { sameJson } from '@contract/json'
import type { ParsedInput } from '@contract/routes'
import type { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import type { StoryRow } from '@main/data/story-store'
import type { EntryUse } from '@main/data/story-world-store'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { parsedFields } from '@main/worlds/entry-fields'
import { summaryOf } from '@main/worlds/entry-summary'
import {
  inStory,
  isStylePath,
  storyWorldsOf,
  inheritedStyle,
  valuesOf,
  withDifference,
  worldDifferences,
} from '@main/worlds/story-worlds'

/** What a story takes of worlds, and in what it differs from them. */
export interface StoryChoices {
  get(id: StoryId): StoryWorld
  setWorlds(id: StoryId, worldIds: readonly WorldId[]): StoryWorld
  takeEntry(id: StoryId, entryId: WorldEntryId, taken: boolean): StoryWorld
  pinEntry(id: StoryId, entryId: WorldEntryId, pinned: boolean): StoryWorld
  setPersona(id: StoryId, entryId: WorldEntryId | null): StoryWorld
  entry(id: StoryId, entryId: WorldEntryId): StoryEntry
  /** A value that is what the world gives anyway is no difference, and is not kept as one. */
  differ(input: ParsedInput<'storyWorlds.differ'>): StoryWorld
  reset(input: ParsedInput<'storyWorlds.reset'>): StoryWorld
}

export function createStoryChoices(ports: { stores: Stores; events: EventHub; clock: Clock }): StoryChoices {
  const { stores, events, clock } = ports

  const story = (id: StoryId): StoryRow => {
    const row = stores.stories.get(id)
    if (!row) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
    return row
  }
  const anEntry = (id: WorldEntryId): WorldEntry => {
    const entry = stores.worlds.entry(id)
    if (!entry) throw new FabulaError(CommonError.NotFound, `There is no entry ${id}`, { details: { path: 'entryId' } })
    return entry
  }

  const view = (id: StoryId): StoryWorld => {
    story(id)
    const { taken, entries, pinned, style } = storyWorldsOf(stores, id)
    const of = (wanted: (entry: WorldEntry) => boolean) => entries.filter(wanted).map(summaryOf)
    const worlds = new Set(taken.map((world) => world.id))
    return {
      storyId: id,
      worlds: taken.map((world) => ({ id: world.id, name: world.name })),
      entries: of(({ worldId }) => !worlds.has(worldId)),
      pinned: of((entry) => pinned.has(entry.id)),
      personas: of(({ kind }) => kind === 'persona'),
      personaId: stores.storyWorlds.entries(id, 'persona')[0] ?? null,
      style,
      differences: worldDifferences(stores, id),
    }
  }

  /** Changes what a story takes of worlds: all of it, or nothing. */
  const change = (id: StoryId, work: () => void): StoryWorld =>
    stores.transaction(() => {
      const row = story(id)
      work()
      stores.stories.update({ ...row, updatedAt: timestamp(clock) })
      events.changed({ topic: 'stories', ids: [id] }, { topic: 'worlds', ids: stores.storyWorlds.worlds(id) })
      return view(id)
    })
  const use = (id: StoryId, entryId: WorldEntryId, how: EntryUse, wanted: boolean) =>
    change(id, () => {
      if (wanted) stores.storyWorlds.useEntry(id, anEntry(entryId).id, how)
      else stores.storyWorlds.dropEntry(id, entryId, how)
    })

  const differencesOf = (id: StoryId, entryId: WorldEntryId): WorldDifference[] =>
    worldDifferences(stores, id).filter((one) => one.entryId === entryId)

  /** What the worlds say of an entry, or of the style guide and the note. Refuses a value that does not fit. */
  const checkedInherited = (id: StoryId, entryId: WorldEntryId | null, changes: JsonObject): JsonObject => {
    if (entryId !== null) {
      const entry = anEntry(entryId)
      for (const [path, value] of Object.entries(changes)) withDifference(entry, path, value)
      return valuesOf(entry)
    }
    for (const path of Object.keys(changes))
      if (!isStylePath(path))
        throw new FabulaError(CommonError.BadInput, `changes.${path}: a story does not differ in this`, {
          details: { path: `changes.${path}`, reason: 'is not a field of the style guide and the note' },
        })
    parsedFields(WorldFields, changes, 'changes')
    return { ...inheritedStyle(storyWorldsOf(stores, id).taken) }
  }

  return {
    get: view,

    setWorlds: (id, worldIds) =>
      change(id, () => {
        for (const world of worldIds)
          if (!stores.worlds.get(world))
            throw new FabulaError(CommonError.NotFound, `There is no world ${world}`, { details: { path: 'worldIds' } })
        stores.storyWorlds.setWorlds(id, [...new Set(worldIds)])
      }),

    takeEntry: (id, entryId, taken) => use(id, entryId, 'taken', taken),
    pinEntry: (id, entryId, pinned) => use(id, entryId, 'pinned', pinned),

    setPersona: (id, entryId) =>
      change(id, () => {
        for (const before of stores.storyWorlds.entries(id, 'persona'))
          stores.storyWorlds.dropEntry(id, before, 'persona')
        if (entryId === null) return
        if (anEntry(entryId).kind !== 'persona')
          throw new FabulaError(CommonError.NotFound, `The entry ${entryId} is no persona`, {
            details: { path: 'entryId' },
          })
        stores.storyWorlds.useEntry(id, entryId, 'persona')
      }),

    entry: (id, entryId) => {
      story(id)
      const entry = anEntry(entryId)
      return {
        entry: inStory(entry, stores.storyWorlds.differences(id)),
        inherited: valuesOf(entry),
        differences: differencesOf(id, entryId),
      }
    },

    differ: ({ storyId: id, entryId, changes }) =>
      change(id, () => {
        const inherited = checkedInherited(id, entryId, changes)
        const kept = new Map(
          stores.storyWorlds
            .differences(id)
            .filter((one) => one.entryId === entryId)
            .map(({ path, base }) => [path, base])
        )
        for (const [path, value] of Object.entries(changes)) {
          const below = inherited[path] ?? null
          if (sameJson(value, below)) stores.storyWorlds.removeDifference(id, entryId, path)
          else stores.storyWorlds.putDifference(id, { entryId, path, value, base: kept.get(path) ?? below })
        }
      }),

    reset: ({ storyId: id, entryId, paths }) =>
      change(id, () => {
        for (const one of stores.storyWorlds.differences(id))
          if (one.entryId === entryId && (paths === undefined || paths.includes(one.path)))
            stores.storyWorlds.removeDifference(id, entryId, one.path)
      }),
  }
}

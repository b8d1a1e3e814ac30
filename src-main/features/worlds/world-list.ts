import type { z } from 'zod'
import {
  WorldFields,
  type EntryPatch,
  type EntrySummary,
  type PictureHash,
  type World,
  type WorldEntry,
  type WorldEntryKind,
  type WorldPatch,
  type WorldSummary,
} from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import { WorldEntryId, WorldId } from '@contract/ids'
import { freeName } from '@contract/names'
import type { ParsedInput } from '@contract/routes'
import type { Language } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { entryOf, entryWith, parsedFields } from '@main/worlds/entry-fields'
import { summaryOf } from '@main/worlds/entry-summary'

/** What new things are called until the writer gives them a name. */
const UNNAMED: Record<Language, Record<WorldEntryKind | 'world', string>> = {
  en: { world: 'New world', character: 'New character', place: 'New place', persona: 'New persona', lore: 'New entry' },
  ru: {
    world: 'Новый мир',
    character: 'Новый персонаж',
    place: 'Новое место',
    persona: 'Новая персона',
    lore: 'Новая запись',
  },
}

export interface WorldList {
  summaries(): WorldSummary[]
  get(id: WorldId): World
  create(input: ParsedInput<'worlds.create'>): World
  /** Throws `name_taken`, and `bad_input` for fields that a world does not have. */
  update(id: WorldId, patch: WorldPatch): World
  duplicate(id: WorldId): World
  remove(id: WorldId): void

  entries(id: WorldId, kind: WorldEntryKind): EntrySummary[]
  entry(worldId: WorldId, id: WorldEntryId): WorldEntry
  addEntry(input: ParsedInput<'worlds.addEntry'>): WorldEntry
  updateEntry(worldId: WorldId, id: WorldEntryId, patch: EntryPatch): WorldEntry
  duplicateEntry(worldId: WorldId, id: WorldEntryId): WorldEntry
  removeEntries(worldId: WorldId, ids: readonly WorldEntryId[]): void
  moveEntry(worldId: WorldId, id: WorldEntryId, before: WorldEntryId | null): void
  setPicture(worldId: WorldId, id: WorldEntryId, picture: PictureHash | null): WorldEntry
}

/** Worlds, and the characters, places, personas and lore in them. */
export function createWorldList(ports: { stores: Stores; events: EventHub; clock: Clock }): WorldList {
  const { stores, events, clock } = ports

  const get = (id: WorldId): World => {
    const world = stores.worlds.get(id)
    if (!world) throw new FabulaError(CommonError.NotFound, `There is no world ${id}`, { details: { path: 'worldId' } })
    return world
  }
  const entry = (worldId: WorldId, id: WorldEntryId): WorldEntry => {
    const found = stores.worlds.entry(id)
    if (found?.worldId !== worldId)
      throw new FabulaError(CommonError.NotFound, `The world ${worldId} has no entry ${id}`, {
        details: { path: 'id' },
      })
    return found
  }
  const freeWorldName = (name: string) => freeName(name, (taken) => stores.worlds.hasName(taken))

  /** Notes that something of a world changed. */
  const touched = (id: WorldId) => {
    stores.worlds.touch(id, timestamp(clock))
    events.changed({ topic: 'worlds', ids: [id] })
  }
  const insert = (name: string, fields: z.output<typeof WorldFields>, extra: World['extra']): World => {
    const now = timestamp(clock)
    const world: World = { ...fields, id: newId(WorldId), name, extra, createdAt: now, updatedAt: now }
    stores.worlds.insert(world)
    events.changed({ topic: 'worlds', ids: [world.id] })
    return world
  }
  const add = (entryToAdd: WorldEntry): WorldEntry => {
    stores.worlds.addEntry(entryToAdd)
    touched(entryToAdd.worldId)
    return entry(entryToAdd.worldId, entryToAdd.id)
  }
  /** The same entry under an id of its own. */
  const copied = (one: WorldEntry, worldId: WorldId): WorldEntry => {
    const now = timestamp(clock)
    return { ...one, id: newId(WorldEntryId), worldId, createdAt: now, updatedAt: now }
  }
  const change = (worldId: WorldId, id: WorldEntryId, patch: EntryPatch): WorldEntry =>
    stores.transaction(() => {
      stores.worlds.updateEntry({ ...entryWith(entry(worldId, id), patch, 'patch'), updatedAt: timestamp(clock) })
      touched(worldId)
      return entry(worldId, id)
    })

  return {
    get,
    entry,
    summaries: () => stores.worlds.summaries(),

    create: ({ name, language }) =>
      stores.transaction(() => insert(freeWorldName(name ?? UNNAMED[language].world), WorldFields.parse({}), {})),

    update: (id, { name, fields }) =>
      stores.transaction(() => {
        const { id: _id, name: before, extra, unreadable: _note, createdAt, updatedAt: _at, ...own } = get(id)
        if (name !== undefined && stores.worlds.hasName(name, id))
          throw new FabulaError(CommonError.NameTaken, `A world is called ${name} already`, {
            details: { name, path: 'patch.name' },
          })
        const changed = parsedFields(WorldFields, { ...own, ...fields }, 'patch.fields')
        stores.worlds.update({ ...changed, id, name: name ?? before, extra, createdAt, updatedAt: timestamp(clock) })
        events.changed({ topic: 'worlds', ids: [id] })
        return get(id)
      }),

    duplicate: (id) =>
      stores.transaction(() => {
        const { id: _id, name, extra, unreadable: _note, createdAt: _from, updatedAt: _to, ...fields } = get(id)
        const copy = insert(freeWorldName(name), fields, extra)
        for (const one of stores.worlds.entries(id)) stores.worlds.addEntry(copied(one, copy.id))
        return copy
      }),

    remove: (id) =>
      stores.transaction(() => {
        events.changed({ topic: 'worlds', ids: [id] }, { topic: 'stories', ids: stores.worlds.storiesOf(id) })
        stores.bin.take('world', get(id), timestamp(clock))
      }),

    entries: (id, kind) => {
      get(id)
      return stores.worlds.entries(id, kind).map(summaryOf)
    },

    addEntry: ({ worldId, kind, name, language, fields }) =>
      stores.transaction(() => {
        get(worldId)
        const now = timestamp(clock)
        const common = {
          id: newId(WorldEntryId),
          worldId,
          name: name ?? UNNAMED[language][kind],
          enabled: true,
          extra: {},
          createdAt: now,
          updatedAt: now,
        }
        return add(entryOf(kind, common, fields, 'fields'))
      }),

    updateEntry: change,

    duplicateEntry: (worldId, id) =>
      stores.transaction(() => {
        const original = entry(worldId, id)
        const { kind } = original
        const names = new Set(stores.worlds.entries(worldId, kind).map((one) => one.name))
        return add({ ...copied(original, worldId), name: freeName(original.name, (name) => names.has(name)) })
      }),

    removeEntries: (worldId, ids) =>
      stores.transaction(() => {
        const now = timestamp(clock)
        for (const id of new Set(ids)) stores.bin.take('worldEntry', entry(worldId, id), now)
        touched(worldId)
        events.changed({ topic: 'stories', ids: stores.worlds.storiesOf(worldId) })
      }),

    moveEntry: (worldId, id, before) =>
      stores.transaction(() => {
        if (before !== null) entry(worldId, before)
        stores.worlds.moveEntry(entry(worldId, id), before)
        touched(worldId)
      }),

    setPicture: (worldId, id, picture) => change(worldId, id, { fields: { picture } }),
  }
}

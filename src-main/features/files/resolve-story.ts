import { isDeepStrictEqual } from 'node:util'
import type { WorldEntry } from '@contract/entities/world'
import { WorldEntryId, WorldId } from '@contract/ids'
import { freeName } from '@contract/names'
import type { ImportPlan } from '@contract/routes/files'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { fileWorldOf } from './export-story'
import type { ParsedChoices } from './import-settings'
import type { FileEntry, FileWorld, StoryFile } from './story-file'

type Item = ImportPlan['items'][number]

/** What the worlds of a story come to here. */
export interface StoryWorldsResolution {
  items: Item[]
  /** Worlds that are to be made, under ids that are free here. */
  worlds: FileWorld[]
  /** What is called otherwise here, or nothing at all: by the id in the file. */
  worldId: (id: WorldId) => WorldId | null
  entryId: (id: WorldEntryId) => WorldEntryId | null
  skipped: number
}

/**
 * Finds out which worlds of a story are here already, by their ids, and what the others are called here. One that is here
 * and says something else comes in beside it, or is left out: then the story takes the one that is here. Writes nothing.
 */
export function resolveStoryWorlds(stores: Stores, file: StoryFile, choices: ParsedChoices): StoryWorldsResolution {
  const items: Item[] = []
  const made: FileWorld[] = []
  const worldIds = new Map<WorldId, WorldId>()
  const entryIds = new Map<WorldEntryId, WorldEntryId>()
  const names = new Set<string>()
  let skipped = 0
  for (const world of file.worlds) {
    const here = stores.worlds.get(world.id)
    const same = here !== null && saysTheSame(fileWorldOf(here, stores.worlds.entries(world.id)), world)
    const item = itemOf('world', world.name, here === null ? null : same ? 'same' : 'different', {
      lore: world.entries.filter(({ kind }) => kind === 'lore').length,
    })
    items.push(item)
    if (same) continue
    if (here && choices.conflicts[item.key] === 'skip') {
      skipped += 1
      continue
    }
    const name = freeName(world.name, (one) => names.has(one) || stores.worlds.hasName(one))
    names.add(name)
    const isTaken = here !== null || stores.bin.get(world.id) !== null
    const id = isTaken ? newId(WorldId) : world.id
    worldIds.set(world.id, id)
    const entries = world.entries.map((entry) => {
      const own = isTaken || isKnown(stores, entry.id) ? newId(WorldEntryId) : entry.id
      entryIds.set(entry.id, own)
      return { ...entry, id: own }
    })
    made.push({ ...world, id, name, entries })
  }
  return {
    items,
    worlds: made,
    worldId: (id) => worldIds.get(id) ?? (stores.worlds.get(id) ? id : null),
    entryId: (id) => entryIds.get(id) ?? (stores.worlds.entry(id) ? id : null),
    skipped,
  }
}

const isKnown = (stores: Stores, id: WorldEntryId): boolean =>
  stores.worlds.entry(id) !== null || stores.bin.get(id) !== null

/** Whether a world here has all that a file says of it; what was added here since is no difference. */
function saysTheSame(here: FileWorld, given: FileWorld): boolean {
  const entries = new Map(here.entries.map((entry) => [entry.id, entry]))
  return (
    here.name === given.name &&
    isDeepStrictEqual(here.fields, given.fields) &&
    given.entries.every((entry) => isDeepStrictEqual(entries.get(entry.id), entry))
  )
}

/** A story of a file, as a plan shows it: it always comes in as a story of its own. */
export function storyFileItem({ story: { title, passages } }: StoryFile): Item {
  return itemOf('story', title, null, { passages: passages.length })
}

const itemOf = (kind: Item['kind'], name: string, conflict: Item['conflict'], counts: Item['holds']): Item => ({
  key: `${kind}:${name}`,
  kind,
  name,
  conflict,
  replaceable: false,
  address: null,
  headers: {},
  body: {},
  models: [],
  holds: Object.fromEntries(Object.entries(counts ?? {}).filter(([, count]) => count > 0)),
})

/** An entry of a file as it is kept. `hasPicture`: whether its picture came with the file, or is here already. */
export function entryRow(
  worldId: WorldId,
  entry: FileEntry,
  hasPicture: (hash: string) => boolean,
  now: string
): { entry: WorldEntry; lost: boolean } {
  const common = { worldId, createdAt: now, updatedAt: now }
  if (entry.kind === 'lore' || entry.fields.picture === null || hasPicture(entry.fields.picture))
    return { entry: { ...entry, ...common }, lost: false }
  return { entry: withoutPicture({ ...entry, ...common }), lost: true }
}

function withoutPicture(entry: Exclude<WorldEntry, { kind: 'lore' }>): WorldEntry {
  switch (entry.kind) {
    case 'character':
      return { ...entry, fields: { ...entry.fields, picture: null } }
    case 'place':
      return { ...entry, fields: { ...entry.fields, picture: null } }
    case 'persona':
      return { ...entry, fields: { ...entry.fields, picture: null } }
  }
}

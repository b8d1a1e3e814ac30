import { CommonError, FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { WorldResolution } from './resolve-worlds'
import { nothingWritten, type WrittenImport } from './write-import'

/** Writes the characters and lore of an import. Runs inside the caller's transaction. */
export function writeWorlds(
  stores: Stores,
  { newWorld, worldId, entries }: WorldResolution,
  now: string
): WrittenImport {
  const times = { createdAt: now, updatedAt: now }
  const written: WrittenImport = { ...nothingWritten, worlds: [], entries: [] }
  // A world that nothing comes into is not made.
  if (worldId === null || entries.length === 0) return written
  if (newWorld) {
    const world = { ...newWorld, ...times }
    stores.worlds.insert(world)
    written.worlds.push(world)
  }
  for (const { row, before } of entries) {
    const had = before === null ? null : stores.worlds.entry(before.id)
    if (had) stores.worlds.updateEntry({ ...row, createdAt: had.createdAt, updatedAt: now })
    else stores.worlds.addEntry({ ...row, ...times })
    const after = stores.worlds.entry(row.id)
    if (!after) throw new FabulaError(CommonError.Internal, 'What was just written is not there')
    written.entries.push({ before: had, after })
  }
  stores.worlds.touch(worldId, now)
  return written
}

/**
 * Lets a story take the world that characters and lore came into, or in which they were already; not where it takes it
 * anyway. Throws `not_found` for a story that is not here. Runs inside the caller's transaction, after `writeWorlds`.
 */
export function linkWorld(
  stores: Stores,
  storyId: StoryId | undefined,
  { worldId }: WorldResolution,
  now: string
): WrittenImport {
  if (storyId === undefined || worldId === null || !stores.worlds.get(worldId)) return nothingWritten
  const story = stores.stories.get(storyId)
  if (!story || story.deleted)
    throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'choices.story' } })
  const taken = stores.storyWorlds.worlds(storyId)
  if (taken.includes(worldId)) return nothingWritten
  stores.storyWorlds.setWorlds(storyId, [...taken, worldId])
  stores.stories.update({ ...story, updatedAt: now })
  return { ...nothingWritten, links: [{ storyId, worldId }] }
}

import { isDeepStrictEqual } from 'node:util'
import { FabulaError, FileError } from '@contract/errors'
import type { Stores } from '@main/data/stores'
import type { WrittenImport } from './write-import'

/**
 * Takes back the stories that an import made. Throws `undo_gone` for one that was gone on with since. Runs inside the
 * caller's transaction.
 */
export function undoStories(stores: Stores, { stories }: WrittenImport, now: string): void {
  for (const { id, title, headId, updatedAt } of stories) {
    const story = stores.stories.get(id)
    // One that was deleted by hand is what undoing would make of it.
    if (!story || story.deleted) continue
    if (story.updatedAt !== updatedAt || story.headId !== headId || story.draft !== '') throw changed(title)
    stores.stories.setDeleted(id, now)
    stores.stories.forget(id)
  }
}

/** Takes worlds from the stories that took them with an import. Runs inside the caller's transaction. */
export function undoLinks(stores: Stores, { links }: WrittenImport, now: string): void {
  for (const { storyId, worldId } of links) {
    const story = stores.stories.get(storyId)
    const taken = stores.storyWorlds.worlds(storyId)
    // One that the writer took from the story by hand is gone from there already.
    if (!story || !taken.includes(worldId)) continue
    stores.storyWorlds.setWorlds(
      storyId,
      taken.filter((id) => id !== worldId)
    )
    stores.stories.update({ ...story, updatedAt: now })
  }
}

/**
 * Takes back the characters and lore that an import brought. Throws `undo_gone` when one was changed since, and
 * `undo_in_use` when a story has taken the world by now. Runs inside the caller's transaction, after `undoStories` and
 * `undoLinks`.
 */
export function undoWorlds(stores: Stores, { worlds, entries }: WrittenImport, now: string): void {
  for (const { before, after } of entries) {
    const current = stores.worlds.entry(after.id)
    if (!isDeepStrictEqual(current, after)) throw changed(after.name)
    if (before) stores.worlds.updateEntry(before)
    else {
      stores.bin.take('worldEntry', after, now)
      stores.bin.remove(after.id)
    }
    stores.worlds.touch(after.worldId, now)
  }
  for (const world of worlds) {
    const summary = stores.worlds.summaries().find(({ id }) => id === world.id)
    if (!summary) throw changed(world.name)
    const { updatedAt: _now, ...current } = stores.worlds.get(world.id) ?? world
    const { updatedAt: _then, ...made } = world
    if (!isDeepStrictEqual(current, made) || stores.worlds.entries(world.id).length > 0) throw changed(world.name)
    if (summary.stories > 0)
      throw new FabulaError(FileError.UndoInUse, `${world.name} is used by stories`, {
        details: { name: world.name, users: stores.storyWorlds.titlesWith(world.id) },
      })
    stores.bin.take('world', world, now)
    stores.bin.remove(world.id)
  }
}

const changed = (name: string): FabulaError =>
  new FabulaError(FileError.UndoGone, `${name} was changed since the import`, { details: { name } })

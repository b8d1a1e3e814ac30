import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { StoryId, WorldEntryId } from '@contract/ids'
import type { JsonObject, JsonValue } from '@contract/values'
import { request } from '@renderer/api/bridge'
import { SaveQueue, type SaveSnapshot } from '@renderer/components/save-queue'
import { keptSaves, useSaves } from '@renderer/components/use-saves'

/** Which part of a story's world is edited: an entry, or `style` for the style guide and the note. */
type Key = `${StoryId}/${WorldEntryId | 'style'}`

const storySaves = keptSaves((client: QueryClient, key: Key) => {
  const [storyId, part] = key.split('/') as [StoryId, WorldEntryId | 'style']
  const entryId = part === 'style' ? null : part
  return new SaveQueue<JsonObject>({
    save: async (changes) => {
      const world = await request('storyWorlds.differ', { storyId, entryId, changes })
      client.setQueryData(['storyWorlds.get', { storyId }], world)
      await client.invalidateQueries({ queryKey: ['storyWorlds.entry', { storyId, entryId }] })
    },
    partOf: () => 'changes',
    merge: (earlier, later) => ({ ...earlier, ...later }),
  })
})

export interface StoryDifferences extends SaveSnapshot<JsonObject> {
  /** What the story says, with what is not saved yet over it. */
  over(stored: JsonObject): JsonObject
  change: (path: string, value: JsonValue) => void
  retry: () => void
}

/** In what a story differs from its worlds; saves itself as it is edited. */
export function useStoryDifferences(storyId: StoryId, entryId: WorldEntryId | null): StoryDifferences {
  const saves = storySaves(useQueryClient(), `${storyId}/${entryId ?? 'style'}`)
  const snapshot = useSaves(saves)
  return {
    ...snapshot,
    over: (stored) => Object.assign({}, stored, ...snapshot.unsaved),
    change: (path, value) => saves.add({ [path]: value }),
    retry: () => void saves.flush(),
  }
}

import { useQueryClient } from '@tanstack/react-query'
import type { World, WorldPatch } from '@contract/entities/world'
import type { WorldId } from '@contract/ids'
import type { JsonObject, JsonValue } from '@contract/values'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { SaveQueue, type SaveProgress } from '@renderer/components/save-queue'
import { keptSaves, useSaves } from '@renderer/components/use-saves'

const merged = (earlier: WorldPatch, later: WorldPatch): WorldPatch => ({
  ...earlier,
  ...later,
  ...(earlier.fields || later.fields ? { fields: { ...earlier.fields, ...later.fields } } : {}),
})

/** The saves of a world: its name for itself, and its fields together. */
export const worldSaves = keptSaves(
  (client, worldId: WorldId) =>
    new SaveQueue<WorldPatch>({
      save: async (patch) => {
        const world = await request('worlds.update', { worldId, patch })
        client.setQueryData(['worlds.get', { worldId }], world)
      },
      partOf: (patch) => (patch.name === undefined ? 'fields' : 'name'),
      merge: merged,
      // A name that is taken stays in its field, beside the words that say so.
      keepsRefused: (patch) => patch.name !== undefined,
    })
)

export interface WorldDraft {
  world: World | undefined
  /** As they stand on the screen: what main has, and over it what is not saved yet. */
  name: string
  values: JsonObject
  loadError: unknown
  reload: () => void
  state: SaveProgress['state']
  saveError: unknown
  retry: () => void
  rename: (name: string) => void
  change: (path: string, value: JsonValue) => void
}

/** A world that saves itself as it is edited. */
export function useWorldDraft(worldId: WorldId): WorldDraft {
  const saves = worldSaves(useQueryClient(), worldId)
  const { state, unsaved, error } = useSaves(saves)
  const query = useRoute('worlds.get', { worldId })
  const { data: world } = query
  const patch = unsaved.reduce<WorldPatch>(merged, {})
  return {
    world,
    name: patch.name ?? world?.name ?? '',
    values: { ...world, ...patch.fields },
    loadError: query.error,
    reload: () => void query.refetch(),
    state,
    saveError: error,
    retry: () => void saves.flush(),
    rename: (name) => saves.add({ name }),
    change: (path, value) => saves.add({ fields: { [path]: value } }),
  }
}

import { useQueryClient } from '@tanstack/react-query'
import type { World, WorldPatch } from '@contract/entities/world'
import type { WorldId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { keptSaves } from '@renderer/components/use-saves'
import { patchSaves, usePatchDraft, type PatchDraft } from './use-patch-draft'

/** The saves of a world. */
export const worldSaves = keptSaves((client, worldId: WorldId) =>
  patchSaves<WorldPatch>({
    save: async (patch) => {
      const world = await request('worlds.update', { worldId, patch })
      client.setQueryData(['worlds.get', { worldId }], world)
    },
    // A name that is taken stays in its field, beside the words that say so.
    keepsRefused: (patch) => patch.name !== undefined,
  })
)

/** A world that saves itself as it is edited. */
export function useWorldDraft(worldId: WorldId): PatchDraft & { world: World | undefined } {
  const saves = worldSaves(useQueryClient(), worldId)
  const query = useRoute('worlds.get', { worldId })
  const world = query.data
  return {
    world,
    ...usePatchDraft({ saves, add: (patch) => saves.add(patch), query, name: world?.name, fields: world }),
  }
}

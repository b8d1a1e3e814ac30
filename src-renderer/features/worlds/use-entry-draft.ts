import { useQueryClient } from '@tanstack/react-query'
import type { EntryPatch, WorldEntry } from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { keptSaves } from '@renderer/components/use-saves'
import { patchSaves, usePatchDraft, type PatchDraft } from './use-patch-draft'

/** Which entry of which world. */
type Key = `${WorldId}/${WorldEntryId}`

/** The saves of one entry. */
export const entrySaves = keptSaves((client, key: Key) => {
  const [worldId, id] = key.split('/') as [WorldId, WorldEntryId]
  return patchSaves<EntryPatch>({
    save: async (patch) => {
      const entry = await request('worlds.updateEntry', { worldId, id, patch })
      client.setQueryData(['worlds.entry', { worldId, id }], entry)
    },
  })
})

export interface EntryDraft extends PatchDraft {
  entry: WorldEntry | undefined
  enabled: boolean
  enable: (enabled: boolean) => void
}

/** An entry that saves itself as it is edited. */
export function useEntryDraft(worldId: WorldId, id: WorldEntryId): EntryDraft {
  const saves = entrySaves(useQueryClient(), `${worldId}/${id}`)
  const query = useRoute('worlds.entry', { worldId, id })
  const entry = query.data
  const draft = usePatchDraft({
    saves,
    add: (patch) => saves.add(patch),
    query,
    name: entry?.name,
    fields: entry?.fields,
  })
  return {
    entry,
    ...draft,
    enabled: draft.unsaved.enabled ?? entry?.enabled ?? true,
    enable: (enabled) => saves.add({ enabled }),
  }
}

import { useQueryClient } from '@tanstack/react-query'
import type { EntryPatch, WorldEntry } from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import type { JsonObject, JsonValue } from '@contract/values'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { SaveQueue, type SaveProgress } from '@renderer/components/save-queue'
import { keptSaves, useSaves } from '@renderer/components/use-saves'

/** Which entry of which world. */
type Key = `${WorldId}/${WorldEntryId}`

const merged = (earlier: EntryPatch, later: EntryPatch): EntryPatch => {
  const fields =
    earlier.fields && later.fields ? { ...earlier.fields, ...later.fields } : (later.fields ?? earlier.fields)
  return { ...earlier, ...later, ...(fields ? { fields } : {}) }
}

/** The saves of one entry: its name for itself, because it may be refused, and all else together. */
export const entrySaves = keptSaves((client, key: Key) => {
  const [worldId, id] = key.split('/') as [WorldId, WorldEntryId]
  return new SaveQueue<EntryPatch>({
    save: async (patch) => {
      const entry = await request('worlds.updateEntry', { worldId, id, patch })
      client.setQueryData(['worlds.entry', { worldId, id }], entry)
    },
    partOf: (patch) => (patch.name === undefined ? 'fields' : 'name'),
    merge: merged,
  })
})

export interface EntryDraft {
  /** As it stands on the screen: what main has, and over it what is not saved yet. */
  name: string
  enabled: boolean
  values: JsonObject
  entry: WorldEntry | undefined
  loadError: unknown
  reload: () => void
  state: SaveProgress['state']
  saveError: unknown
  retry: () => void
  rename: (name: string) => void
  enable: (enabled: boolean) => void
  change: (path: string, value: JsonValue) => void
}

/** An entry that saves itself as it is edited. */
export function useEntryDraft(worldId: WorldId, id: WorldEntryId): EntryDraft {
  const saves = entrySaves(useQueryClient(), `${worldId}/${id}`)
  const { state, unsaved, error } = useSaves(saves)
  const query = useRoute('worlds.entry', { worldId, id })
  const { data: entry } = query
  const patch = unsaved.reduce<EntryPatch>(merged, {})
  return {
    name: patch.name ?? entry?.name ?? '',
    enabled: patch.enabled ?? entry?.enabled ?? true,
    values: { ...entry?.fields, ...patch.fields },
    entry,
    loadError: query.error,
    reload: () => void query.refetch(),
    state,
    saveError: error,
    retry: () => void saves.flush(),
    rename: (name) => saves.add({ name }),
    enable: (enabled) => saves.add({ enabled }),
    change: (path, value) => saves.add({ fields: { [path]: value } }),
  }
}

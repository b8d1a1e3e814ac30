import type { FabulaError } from '@contract/errors'
import type { EntryPatch } from '@contract/entities/world'
import type { JsonObject, JsonValue } from '@contract/values'
import { SaveQueue } from '@renderer/components/save-queue'
import { loadingOf, useDraft, type Loading, type Saving } from '@renderer/components/use-saves'

/** Both changes in one; of a field that both change, the later value. */
function merged<Patch extends EntryPatch>(earlier: Patch, later: Patch): Patch {
  const fields = earlier.fields || later.fields ? { fields: { ...earlier.fields, ...later.fields } } : {}
  return { ...earlier, ...later, ...fields }
}

/** Saves of a thing with a name and fields: its name for itself, because it may be refused, and all else together. */
export const patchSaves = <Patch extends EntryPatch>(ports: {
  save: (patch: Patch) => Promise<void>
  keepsRefused?: (patch: Patch) => boolean
}): SaveQueue<Patch> =>
  new SaveQueue<Patch>({
    ...ports,
    partOf: (patch) => (patch.name === undefined ? 'fields' : 'name'),
    merge: merged,
  })

export interface PatchDraft extends Saving, Loading {
  /** As they stand on the screen. */
  name: string
  values: JsonObject
  /** All that main does not have yet, in one change. */
  unsaved: EntryPatch
  rename: (name: string) => void
  change: (path: string, value: JsonValue) => void
}

interface Source<Patch> {
  saves: SaveQueue<Patch>
  /** Puts a change into them. */
  add: (patch: { name: string } | { fields: JsonObject }) => void
  query: { error: FabulaError | null; refetch: () => unknown }
  /** As main has them; undefined until they are read. */
  name: string | undefined
  fields: object | undefined
}

/** A thing with a name and fields that saves itself as it is edited. */
export function usePatchDraft<Patch extends EntryPatch>({
  saves,
  add,
  query,
  name,
  fields,
}: Source<Patch>): PatchDraft {
  const { value: unsaved, state, saveError, retry } = useDraft<EntryPatch, Patch>(saves, {}, merged)
  return {
    name: unsaved.name ?? name ?? '',
    values: { ...fields, ...unsaved.fields },
    unsaved,
    ...loadingOf(query),
    state,
    saveError,
    retry,
    rename: (next) => add({ name: next }),
    change: (path, value) => add({ fields: { [path]: value } }),
  }
}

import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { PresetId } from '@contract/ids'
import { SaveState } from '@renderer/components/SaveState'
import { savesOf } from './use-preset-draft'

/** Whether the open preset is saved, for the screen's header. */
export function PresetSaveState({ id }: { id: PresetId }) {
  const saves = savesOf(useQueryClient(), id)
  const { state } = useSyncExternalStore(saves.subscribe, saves.snapshot)
  return <SaveState state={state} />
}

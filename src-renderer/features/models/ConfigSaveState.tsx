import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { ModelConfigId } from '@contract/ids'
import { SaveState } from '@renderer/components/SaveState'
import { savesOf } from './use-config-draft'

/** Whether the open model config is saved, for the screen's header. */
export function ConfigSaveState({ id }: { id: ModelConfigId }) {
  const saves = savesOf(useQueryClient(), id)
  const { state } = useSyncExternalStore(saves.subscribe, saves.snapshot)
  return <SaveState state={state} />
}

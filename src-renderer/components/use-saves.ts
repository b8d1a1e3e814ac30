import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { FabulaError } from '@contract/errors'
import { notifyError } from './notify'
import type { SaveProgress, SaveQueue, SaveSnapshot } from './save-queue'

/**
 * Gives each thing its saves, the same ones wherever they are asked for. They outlive the screen: what could not be saved
 * is still there when the writer comes back.
 */
export function keptSaves<Id extends string, Saves>(
  make: (client: QueryClient, id: Id) => Saves
): (client: QueryClient, id: Id) => Saves {
  const kept = new WeakMap<QueryClient, Map<Id, Saves>>()
  return (client, id) => {
    const ofClient = kept.get(client) ?? new Map<Id, Saves>()
    kept.set(client, ofClient)
    const saves = ofClient.get(id) ?? make(client, id)
    ofClient.set(id, saves)
    return saves
  }
}

/** Saves what rests when the screen or the window is left, and says then what could not be saved. */
export function useSaveOnLeave<Change>(saves: SaveQueue<Change>): void {
  useEffect(() => {
    const save = () => void saves.flush()
    window.addEventListener('pagehide', save)
    window.addEventListener('blur', save)
    return () => {
      window.removeEventListener('pagehide', save)
      window.removeEventListener('blur', save)
      void saveLast(saves)
    }
  }, [saves])
}

/** No screen is left that would show the failure. */
async function saveLast<Change>(saves: SaveQueue<Change>): Promise<void> {
  await saves.flush()
  const { error } = saves.snapshot()
  if (error !== null) notifyError(error)
}

/** How far the saves of the open screen are. */
export function useSaves<Change>(saves: SaveQueue<Change>): SaveSnapshot<Change> {
  useSaveOnLeave(saves)
  return useSyncExternalStore(saves.subscribe, saves.snapshot)
}

/** How an editor shows whether its thing is saved. */
export interface Saving {
  state: SaveProgress['state']
  saveError: unknown
  retry: () => void
}

interface Draft<Value> extends Saving {
  /** As it stands on the screen: what main has, and over it what is not saved yet. */
  value: Value
  /** The same at this moment: two edits may come before the screen is drawn again. */
  now: () => Value
}

/** A thing that saves itself as it is edited: what main has with every change that main does not have yet. */
export function useDraft<Value, Change>(
  saves: SaveQueue<Change>,
  stored: Value,
  withChange: (value: Value, change: Change) => Value
): Draft<Value> {
  const { state, unsaved, error } = useSaves(saves)
  return {
    value: unsaved.reduce(withChange, stored),
    now: () => saves.snapshot().unsaved.reduce(withChange, stored),
    state,
    saveError: error,
    retry: () => void saves.flush(),
  }
}

/** How an editor shows whether its thing could be read. */
export interface Loading {
  loadError: FabulaError | null
  reload: () => void
}

export const loadingOf = (query: { error: FabulaError | null; refetch: () => unknown }): Loading => ({
  loadError: query.error,
  reload: () => void query.refetch(),
})

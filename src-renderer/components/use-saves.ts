import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { notifyError } from './notify'
import type { SaveQueue, SaveSnapshot } from './save-queue'

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

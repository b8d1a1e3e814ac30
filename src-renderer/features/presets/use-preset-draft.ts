import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { FabulaError } from '@contract/errors'
import type { Preset, PresetPatch, PresetRole } from '@contract/entities/preset'
import type { PresetId, RoleId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { PresetSaves, type Change } from './preset-saves'

const send = (id: PresetId, change: Change): Promise<Preset> =>
  change.part === 'role'
    ? request('presets.setRole', { id, role: change.role, value: change.value })
    : request('presets.update', { id, patch: change.patch })

// They outlive the screen: what could not be saved is still there when the writer comes back to the preset.
const queues = new WeakMap<QueryClient, Map<PresetId, PresetSaves>>()

/** The saves of one preset, the same ones wherever they are asked for. */
export function savesOf(client: QueryClient, id: PresetId): PresetSaves {
  const ofClient = queues.get(client) ?? new Map<PresetId, PresetSaves>()
  queues.set(client, ofClient)
  const known = ofClient.get(id)
  if (known) return known
  const saves = new PresetSaves({
    send: (change) => send(id, change),
    onSaved: (preset) => client.setQueryData(['presets.get', { id }], preset),
  })
  ofClient.set(id, saves)
  return saves
}

export type ChangeRole = (role: RoleId, change: (before: PresetRole) => PresetRole) => void

export interface PresetDraft {
  /** As it stands on the screen: what main has, and over it what is not saved yet. */
  preset: Preset | undefined
  /** As main has it. */
  stored: Preset | undefined
  loadError: FabulaError | null
  reload: () => void
  state: 'saved' | 'saving' | 'failed'
  saveError: unknown
  retry: () => void
  changeRole: ChangeRole
  patch: (part: PresetPatch) => void
}

const offRole: PresetRole = { enabled: false, modelConfigId: null, settings: {} }

/** A preset that saves itself as it is edited. */
export function usePresetDraft(id: PresetId): PresetDraft {
  const client = useQueryClient()
  const saves = savesOf(client, id)
  const { state, roles, patch, error } = useSyncExternalStore(saves.subscribe, saves.snapshot)
  const query = useRoute('presets.get', { id })

  useEffect(() => {
    const flush = () => saves.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      saves.flush()
    }
  }, [saves])

  const stored = query.data
  return {
    preset: stored && { ...stored, ...patch, roles: { ...stored.roles, ...Object.fromEntries(roles) } },
    stored,
    loadError: query.error,
    reload: () => void query.refetch(),
    state,
    saveError: error,
    retry: () => saves.retry(),
    changeRole: (role, change) => {
      // Asked for anew: two edits may come before the screen is drawn again.
      const before = saves.snapshot().roles.get(role) ?? stored?.roles[role] ?? offRole
      saves.add({ part: 'role', role, value: change(before) })
    },
    patch: (part) => saves.add({ part: 'patch', patch: { ...saves.snapshot().patch, ...part } }),
  }
}

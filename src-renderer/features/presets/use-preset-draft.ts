import { useQueryClient } from '@tanstack/react-query'
import type { Preset, PresetPatch, PresetRole } from '@contract/entities/preset'
import type { PresetId, RoleId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { SaveQueue } from '@renderer/components/save-queue'
import { keptSaves, loadingOf, useDraft, type Loading, type Saving } from '@renderer/components/use-saves'

type Change = { part: 'role'; role: RoleId; value: PresetRole } | { part: 'patch'; patch: PresetPatch }

/** The saves of one preset: each role for itself, and each field of its own. */
export const presetSaves = keptSaves(
  (client, id: PresetId) =>
    new SaveQueue<Change>({
      save: async (change) => {
        const preset = await (change.part === 'role'
          ? request('presets.setRole', { id, role: change.role, value: change.value })
          : request('presets.update', { id, patch: change.patch }))
        client.setQueryData(['presets.get', { id }], preset)
      },
      partOf: (change) => (change.part === 'role' ? `role/${change.role}` : Object.keys(change.patch).join()),
      // A name that is taken stays in its field, beside the words that say so.
      keepsRefused: (change) => change.part === 'patch' && change.patch.name !== undefined,
    })
)

/** A preset with a change that main does not have yet; undefined until it is read. */
const withChange = (preset: Preset | undefined, change: Change): Preset | undefined =>
  preset &&
  (change.part === 'role'
    ? { ...preset, roles: { ...preset.roles, [change.role]: change.value } }
    : { ...preset, ...change.patch })

export type ChangeRole = (role: RoleId, change: (before: PresetRole) => PresetRole) => void

export interface PresetDraft extends Saving, Loading {
  /** As it stands on the screen. */
  preset: Preset | undefined
  /** As main has it. */
  stored: Preset | undefined
  changeRole: ChangeRole
  patch: (part: PresetPatch) => void
}

const offRole: PresetRole = { enabled: false, modelConfigId: null, settings: {} }

/** A preset that saves itself as it is edited. */
export function usePresetDraft(id: PresetId): PresetDraft {
  const saves = presetSaves(useQueryClient(), id)
  const query = useRoute('presets.get', { id })
  const { value: preset, now, ...saving } = useDraft(saves, query.data, withChange)
  return {
    preset,
    stored: query.data,
    ...loadingOf(query),
    ...saving,
    changeRole: (role, change) => saves.add({ part: 'role', role, value: change(now()?.roles[role] ?? offRole) }),
    patch: (part) => saves.add({ part: 'patch', patch: part }),
  }
}

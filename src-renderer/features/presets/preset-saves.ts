import type { PresetPatch, Preset, PresetRole } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'
import { SaveQueue, type SavePorts } from '@renderer/components/save-queue'

/** One thing to save. The value is whole: the last one wins, and nothing is merged by guessing. */
export type Change = { part: 'role'; role: RoleId; value: PresetRole } | { part: 'patch'; patch: PresetPatch }

/** What was typed and is not saved yet; laid over what main has. */
interface Unsaved {
  roles: ReadonlyMap<RoleId, PresetRole>
  patch: PresetPatch
}

const unsaved = (changes: readonly Change[]): Unsaved => ({
  roles: new Map(changes.flatMap((change) => (change.part === 'role' ? [[change.role, change.value]] : []))),
  patch: changes.find((change) => change.part === 'patch')?.patch ?? {},
})

/** Saves one preset's changes, each role for itself. */
export class PresetSaves extends SaveQueue<Change, Preset, Unsaved> {
  constructor(ports: SavePorts<Change, Preset>) {
    super(ports, (change) => (change.part === 'role' ? `role/${change.role}` : 'patch'), unsaved)
  }
}

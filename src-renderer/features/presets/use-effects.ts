import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import type { StoryEffect } from '@contract/entities/effective'
import type { PresetRole } from '@contract/entities/preset'
import { sameJson } from '@contract/json'
import { RoleId, type PresetId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import type { ChangeRole, PresetDraft } from './use-preset-draft'

/** Long enough that dragging a slider does not ask at every step, and shorter than the rest before a save. */
const REST_MS = 120

// A query that is not asked still needs an input.
const FIRST_ROLE = RoleId.parse('main')
const NO_PLACE: PresetRole = { enabled: false, modelConfigId: null, settings: {} }

export interface Effects {
  /** The role that was changed last since the preset was opened. */
  role: RoleId | null
  effects: StoryEffect[]
  changeRole: ChangeRole
  /** Gives that role back what it had when the preset was opened. */
  undo: () => void
  /** Speaks no more of that role, until it is changed again. */
  close: () => void
}

/**
 * What the changes made since the preset was opened do to its stories: first asked with what is not saved yet, and once
 * it is, with what was there before, which touches the same fields of the same stories.
 */
export function useEffects(id: PresetId, draft: PresetDraft): Effects {
  const [role, setRole] = useState<RoleId | null>(null)
  const [before, setBefore] = useState<ReadonlyMap<RoleId, PresetRole>>(new Map())
  const stored = role === null ? undefined : draft.stored?.roles[role]
  const shown = role === null ? undefined : draft.preset?.roles[role]
  const first = role === null ? undefined : before.get(role)
  const other = sameJson(shown, stored) ? first : shown
  const differs = other !== undefined && !sameJson(first, shown)
  const [value] = useDebouncedValue(differs ? other : null, REST_MS, { leading: true })
  const enabled = role !== null && value !== null && differs
  const { data } = useRoute(
    'presets.effects',
    { id, role: role ?? FIRST_ROLE, value: value ?? NO_PLACE },
    { enabled, placeholderData: keepPreviousData, gcTime: 0 }
  )
  return {
    role,
    effects: enabled && data ? data : [],
    changeRole: (changed, change) => {
      setRole(changed)
      const opened = draft.stored?.roles[changed]
      if (opened) setBefore((known) => (known.has(changed) ? known : new Map(known).set(changed, opened)))
      draft.changeRole(changed, change)
    },
    close: () => setRole(null),
    undo: () => {
      if (role !== null && first) draft.changeRole(role, () => first)
    },
  }
}

import type { RoleId, StoryId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import type { OverrideRow } from '@main/data/override-store'
import type { Stores } from '@main/data/stores'
import type { StoryOverrides } from './role-settings'

/** What a story changes of its preset, by role. */
export const overridesOf = (stores: Stores, id: StoryId): StoryOverrides => byRole(stores.overrides.ofStory(id))

export function byRole(rows: readonly OverrideRow[]): Map<RoleId, Map<string, JsonValue>> {
  const overrides = new Map<RoleId, Map<string, JsonValue>>()
  for (const { role, path, value } of rows)
    overrides.set(role, (overrides.get(role) ?? new Map<string, JsonValue>()).set(path, value))
  return overrides
}

import type { EffectiveRole, StorySettings } from '@contract/entities/effective'
import type { ModelSettings } from '@contract/entities/model-config'
import type { RoleId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import { sameJson } from '@contract/json'
import { isProviderBound } from '@contract/settings/effective-settings'
import { fieldsOfSettings } from '@contract/settings/field-map'

/** What the story is to say of a role, by field path; null for not set in the story. */
export interface RoleChange {
  role: RoleId
  changes: Record<string, JsonValue>
}

/** The settings of a story with a change laid over them that is not saved yet, as main will answer. */
export function withChange(settings: StorySettings, { role, changes }: RoleChange): StorySettings {
  return {
    ...settings,
    roles: settings.roles.map((view) => (view.role === role ? changedRole(view, changes) : view)),
  }
}

function changedRole(view: EffectiveRole, changes: RoleChange['changes']): EffectiveRole {
  const fields = { ...view.fields }
  const overrides = { ...view.overrides }
  for (const [path, value] of Object.entries(changes)) {
    const field = fields[path]
    const inherited = overrides[path]?.inherited ?? (field && field.origin !== 'story' ? field.value : null)
    if (sameJson(value, inherited)) {
      delete overrides[path]
      if (inherited === null) delete fields[path]
      else fields[path] = { value: inherited, origin: field && field.origin !== 'story' ? field.origin : 'preset' }
    } else {
      overrides[path] = { value, base: inherited, inherited, outdated: false }
      if (value === null) delete fields[path]
      else fields[path] = { value, origin: 'story' }
    }
  }
  return { ...view, fields, overrides }
}

/** The fields in which the next settings differ from those in effect; null for what they no longer set. */
export function changesBetween(before: ModelSettings, next: ModelSettings): Record<string, JsonValue> {
  const [was, is] = [fieldsOfSettings(before), fieldsOfSettings(next)]
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((path) => !sameJson(was.get(path), is.get(path)))
  const elsewhere = changed.includes('providerId')
  return Object.fromEntries(
    changed
      .filter((path) => !elsewhere || is.has(path) || !isProviderBound(path))
      .map((path): [string, JsonValue] => [path, is.get(path) ?? null])
  )
}

import type { EffectiveRole, StorySettings } from '@contract/entities/effective'
import { ModelSettings } from '@contract/entities/model-config'
import type { RoleId } from '@contract/ids'
import type { JsonObject, JsonValue } from '@contract/values'
import { isObject, sameJson, withKey } from '@contract/json'

const groups = ['samplers', 'custom', 'settings', 'timeouts']

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
    const beneath = overrides[path]?.beneath ?? (field && field.origin !== 'story' ? field.value : null)
    if (sameJson(value, beneath)) {
      delete overrides[path]
      if (beneath === null) delete fields[path]
      else fields[path] = { value: beneath, origin: field && field.origin !== 'story' ? field.origin : 'preset' }
    } else {
      overrides[path] = { value, base: beneath, beneath, outdated: false }
      if (value === null) delete fields[path]
      else fields[path] = { value, origin: 'story' }
    }
  }
  return { ...view, fields, overrides }
}

/** The model settings that a role works with. */
export function settingsOf({ fields }: EffectiveRole): ModelSettings {
  let settings: JsonObject = {}
  for (const [path, { value }] of Object.entries(fields)) {
    const [group = '', ...rest] = path.split('.')
    if (rest.length === 0 && path !== 'enabled' && path !== 'modelConfigId') settings = withKey(settings, path, value)
    if (rest.length === 0 || !groups.includes(group)) continue
    const inside = settings[group]
    settings = withKey(settings, group, withKey(isObject(inside) ? inside : {}, rest.join('.'), value))
  }
  return ModelSettings.safeParse(settings).data ?? {}
}

function fieldsOf(settings: ModelSettings): Map<string, JsonValue> {
  const { samplers, custom, settings: provider, timeouts, ...single } = settings
  const fields = new Map<string, JsonValue>()
  const add = (path: string, value: JsonValue | undefined) => void (value !== undefined && fields.set(path, value))
  for (const [name, value] of Object.entries(single)) add(name, value)
  for (const [group, values] of Object.entries({ samplers, custom, settings: provider, timeouts }))
    for (const [name, value] of Object.entries(values ?? {})) add(`${group}.${name}`, value)
  return fields
}

/** What belongs to a provider and goes with it by itself. */
const bound = (path: string) => path === 'tokenIds' || /^(settings|custom)\./.test(path)

/** The fields in which the next settings differ from those in effect; null for what they no longer set. */
export function changesBetween(before: ModelSettings, next: ModelSettings): Record<string, JsonValue> {
  const [was, is] = [fieldsOf(before), fieldsOf(next)]
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((path) => !sameJson(was.get(path), is.get(path)))
  const elsewhere = changed.includes('providerId')
  return Object.fromEntries(
    changed
      .filter((path) => !elsewhere || is.has(path) || !bound(path))
      .map((path): [string, JsonValue] => [path, is.get(path) ?? null])
  )
}

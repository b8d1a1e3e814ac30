import type { ModelSettings } from '@contract/entities/model-config'
import type { StepSetting } from '@contract/entities/turn'
import type { RoleId, StoryId } from '@contract/ids'
import { sameJson } from '@contract/json'
import { fieldsOfSettings } from '@contract/settings/field-map'
import type { Stores } from '@main/data/stores'
import { MAIN } from './role-registry'
import { roleFields } from './role-settings'
import { overridesOf } from './story-overrides'

/**
 * The settings of a request, each with where it came from: from the role's own layers, from the Writer where the role
 * works with its model, or else from the backup model that was asked.
 */
export function settingsUsed(
  stores: Stores,
  { storyId, role, settings }: { storyId: StoryId; role: RoleId; settings: ModelSettings }
): StepSetting[] {
  const story = stores.stories.get(storyId)
  const preset = story && stores.presets.get(story.presetId)
  if (!preset) return []
  const overrides = overridesOf(stores, storyId)
  const own = roleFields(stores, preset, role, overrides)
  const writer = role === MAIN ? own : roleFields(stores, preset, MAIN, overrides)
  return [...fieldsOfSettings(settings)].map(([path, value]): StepSetting => {
    const mine = own.get(path)
    if (mine && sameJson(mine.value, value)) return { path, value, origin: mine.origin }
    return { path, value, origin: sameJson(writer.get(path)?.value ?? null, value) ? 'writer' : 'backup' }
  })
}

import { placedRoles } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Stores } from '@main/data/stores'

/** Names of the model configs and presets in which some settings are found, for a refusal that says who is in the way. */
export function usersOf(stores: Stores, found: (settings: ModelSettings) => boolean): string[] {
  const configs = stores.modelConfigs.list().filter(({ settings }) => found(settings))
  const presets = stores.presets
    .ids()
    .flatMap((id) => stores.presets.get(id) ?? [])
    .filter(({ roles }) => placedRoles(roles).some(({ value }) => found(value.settings)))
  return [...configs, ...presets].map(({ name }) => name)
}

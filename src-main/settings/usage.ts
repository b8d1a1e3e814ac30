import { placedRoles, type Preset } from '@contract/entities/preset'
import type { FieldPath } from '@contract/entities/effective'
import type { ModelSettings } from '@contract/entities/model-config'
import type { ModelConfigId, ProviderId, ServerId } from '@contract/ids'
import type { Stores } from '@main/data/stores'

/** Who uses something, by name: for a refusal that says who is in the way. */
const allPresets = (stores: Stores): Preset[] => stores.presets.ids().flatMap((id) => stores.presets.get(id) ?? [])

const usersOfSetting = (stores: Stores, path: FieldPath & keyof ModelSettings, value: string): string[] =>
  [
    ...stores.modelConfigs.list().filter(({ settings }) => settings[path] === value),
    ...allPresets(stores).filter(({ roles }) => placedRoles(roles).some((one) => one.value.settings[path] === value)),
  ]
    .map(({ name }) => name)
    .concat(storiesWith(stores, path, value))

const storiesWith = (stores: Stores, path: FieldPath, value: string): string[] => [
  ...new Set(
    stores.overrides
      .at(path)
      .filter((row) => row.value === value)
      .map(({ title }) => title)
  ),
]

/** Names of the model configs, presets and stories that use a provider. */
export const usersOfProvider = (stores: Stores, id: ProviderId): string[] => usersOfSetting(stores, 'providerId', id)

/** Names of the model configs, presets and stories that use a server. */
export const usersOfServer = (stores: Stores, id: ServerId): string[] => usersOfSetting(stores, 'serverId', id)

/** Names of the model configs, presets and stories that use a model. */
export const usersOfModel = (stores: Stores, provider: ProviderId, model: string): string[] => {
  const ofProvider = new Set(usersOfProvider(stores, provider))
  return usersOfSetting(stores, 'model', model).filter((name) => ofProvider.has(name))
}

/** Names of the presets that use a model config in a role or a fallback chain, and of the stories that chose it. */
export const usersOfModelConfig = (stores: Stores, id: ModelConfigId): string[] => [
  ...allPresets(stores)
    .filter(
      ({ roles, fallback }) =>
        placedRoles(roles).some(({ value }) => value.modelConfigId === id) ||
        Object.values(fallback.chains).some((chain) => chain.includes(id))
    )
    .map(({ name }) => name),
  ...storiesWith(stores, 'modelConfigId', id),
]

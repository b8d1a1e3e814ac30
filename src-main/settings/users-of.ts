import { placedRoles, type Preset } from '@contract/entities/preset'
import type { FieldPath } from '@contract/entities/effective'
import { ModelConfigId, type ProviderId, type ServerId } from '@contract/ids'
import type { Stores } from '@main/data/stores'

/** Who uses something, by name: for a refusal that says who is in the way. */
const allPresets = (stores: Stores): Preset[] => stores.presets.ids().flatMap((id) => stores.presets.get(id) ?? [])

const usersOfSetting = (stores: Stores, path: 'providerId' | 'serverId' | 'model', value: string): string[] =>
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

/**
 * For each model config that is used, the names of the presets that use it in a role or a fallback chain, and of the
 * stories that chose it. Reads every preset once.
 */
export function usersOfModelConfigs(stores: Stores): ReadonlyMap<ModelConfigId, string[]> {
  const users = new Map<ModelConfigId, string[]>()
  const add = (id: ModelConfigId, name: string) => {
    const known = users.get(id)
    if (known) known.push(name)
    else users.set(id, [name])
  }
  for (const { name, roles, fallback } of allPresets(stores)) {
    const inRoles = placedRoles(roles).flatMap(({ value }) => value.modelConfigId ?? [])
    for (const id of new Set([...inRoles, ...Object.values(fallback.chains).flat()])) add(id, name)
  }
  const inStories = new Map<ModelConfigId, Set<string>>()
  for (const { value, title } of stores.overrides.at('modelConfigId')) {
    const { data: id } = ModelConfigId.safeParse(value)
    if (id) inStories.set(id, (inStories.get(id) ?? new Set()).add(title))
  }
  for (const [id, titles] of inStories) for (const title of titles) add(id, title)
  return users
}

/** The same for one. */
export const usersOfModelConfig = (stores: Stores, id: ModelConfigId): string[] =>
  usersOfModelConfigs(stores).get(id) ?? []

import { roleEntries, type Preset } from '@contract/entities/preset'
import type { FieldPath } from '@contract/entities/effective'
import type { ModelConfigUser } from '@contract/entities/model-config'
import { ModelConfigId, type ProviderId, type ServerId, type StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'

/** Who uses something, by name: for a refusal that says who is in the way. */
const allPresets = (stores: Stores): Preset[] => stores.presets.ids().flatMap((id) => stores.presets.get(id) ?? [])

const usersOfSetting = (stores: Stores, path: 'providerId' | 'serverId' | 'model', value: string): string[] =>
  [
    ...stores.modelConfigs.list().filter(({ settings }) => settings[path] === value),
    ...allPresets(stores).filter(({ roles }) => roleEntries(roles).some((one) => one.value.settings[path] === value)),
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

/** The model configs that a preset names, in a role or a fallback chain. */
export const configsOfPreset = ({ roles, fallback }: Pick<Preset, 'roles' | 'fallback'>): ModelConfigId[] => [
  ...new Set([
    ...roleEntries(roles).flatMap(({ value }) => value.modelConfigId ?? []),
    ...Object.values(fallback.chains).flat(),
  ]),
]

/** The model configs that a story chose over those of its preset. */
export const configsOfStory = (stores: Stores, id: StoryId): ModelConfigId[] =>
  stores.overrides
    .ofStory(id)
    .flatMap(({ path, value }) => (path === 'modelConfigId' ? (ModelConfigId.safeParse(value).data ?? []) : []))

/**
 * For each model config that is used, the presets that use it in a role or a fallback chain, and the stories and templates
 * that chose it. Reads neither presets nor their settings. A template of the starter set that has no name of its own is
 * called by the key of the set.
 */
export function usersOfModelConfigs(stores: Stores): ReadonlyMap<ModelConfigId, ModelConfigUser[]> {
  const users = new Map<ModelConfigId, ModelConfigUser[]>()
  const add = (id: ModelConfigId, user: ModelConfigUser) => {
    const known = users.get(id)
    if (known) known.push(user)
    else users.set(id, [user])
  }
  for (const { id, name, configs } of stores.presets.modelConfigs())
    for (const config of configs) add(config, { kind: 'preset', id, name })
  // A story may have chosen the same one for several roles.
  const inStories = new Set<string>()
  for (const { value, title, storyId, deleted } of stores.overrides.at('modelConfigId')) {
    const { data: id } = ModelConfigId.safeParse(value)
    const use = `${id} ${storyId}`
    if (!id || inStories.has(use)) continue
    inStories.add(use)
    add(id, { kind: 'story', id: deleted ? null : storyId, name: title })
  }
  for (const { id, name, starter, configs } of stores.templates.modelConfigs())
    for (const config of configs) add(config, { kind: 'template', id, name: name ?? starter ?? '' })
  return users
}

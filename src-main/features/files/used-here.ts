import { roleEntries, type Preset } from '@contract/entities/preset'
import type { ProviderId } from '@contract/ids'
import type { Stores } from '@main/data/stores'

/** Names of what uses each thing, all of it found in one look at the database: an import may have thousands of things. */
class Users<Id extends string> {
  readonly #names = new Map<Id | string, Set<string>>()

  add(id: Id | string | null | undefined, name: string): void {
    if (typeof id !== 'string') return
    const names = this.#names.get(id) ?? new Set<string>()
    this.#names.set(id, names.add(name))
  }

  get(id: Id): string[] {
    return [...(this.#names.get(id) ?? [])]
  }
}

const allPresets = (stores: Stores): Preset[] => stores.presets.ids().flatMap((id) => stores.presets.get(id) ?? [])

/** The model configs, presets and stories that use a provider, and the keys that belong to it. */
export function usersOfProviders(stores: Stores): Users<ProviderId> {
  const users = new Users<ProviderId>()
  for (const { name, settings } of stores.modelConfigs.list()) users.add(settings.providerId, name)
  for (const { name, roles } of allPresets(stores))
    for (const { value } of roleEntries(roles)) users.add(value.settings.providerId, name)
  for (const { value, title } of stores.overrides.at('providerId')) users.add(asId(value), title)
  for (const { provider_id, name } of stores.tokens.list()) users.add(provider_id, name)
  return users
}

const asId = (value: unknown): string | null => (typeof value === 'string' ? value : null)

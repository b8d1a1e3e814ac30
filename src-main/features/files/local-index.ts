import { nameKey } from '@contract/names'
import type { ModelConfig } from '@contract/entities/model-config'
import type { PresetId, ProviderId, ServerId, TokenId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { ProviderRow } from '@main/data/provider-store'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'

/** What an import asks of this computer, by name, each question answered by one read however often it is asked. */
export interface LocalIndex {
  /** Knows the providers that the file brings, too, once they are added here. */
  directory: ProviderDirectory
  providers: {
    bySlug(slug: string): KnownProvider | null
    hasSlug(slug: string): boolean
    hasName(name: string): boolean
    add(row: ProviderRow): KnownProvider
    /** The provider as something that the user can choose keys and models of: null for one that the file brings. */
    chooseable(provider: KnownProvider | null): ProviderId | null
  }
  /** Null for none, and for one that is not here. */
  providerName(id: ProviderId | undefined): string | null
  modelConfig(name: string): ModelConfig | null
  presetId(name: string): PresetId | null
  token(provider: ProviderId, name: string): TokenId | null
  tokenIsOf(token: TokenId | undefined, provider: ProviderId): boolean
  server(name: string): ServerId | null
  /** The same id when there is such a server. */
  knownServer(id: ServerId | undefined): ServerId | null
  /** Null where it is not known, because the provider has listed no models yet. */
  hasModel(provider: ProviderId, model: string): boolean | null
}

export function readLocalState({ stores, directory }: { stores: Stores; directory: ProviderDirectory }): LocalIndex {
  const providers = new Map<ProviderId, KnownProvider>(directory.list().map((one) => [one.id, one]))
  const slugsBrought = new Set<string>()
  const bySlug = new Map([...providers.values()].map((one) => [one.row.slug, one]))
  const names = new Set([...providers.values()].map(({ name }) => nameKey(name)))
  const configs = new Map(stores.modelConfigs.list().map((config) => [nameKey(config.name), config]))
  const presets = new Map(stores.presets.summaries().map(({ id, name }) => [nameKey(name), id]))
  const brought = new Set<ProviderId>()
  const servers = new Map<string, ServerId>()
  const serverIds = new Set<ServerId>()
  for (const { id, name } of stores.servers.list()) {
    serverIds.add(id)
    if (!servers.has(nameKey(name))) servers.set(nameKey(name), id)
  }
  const keys = stores.tokens.list()
  const tokens = new Map(keys.map((row) => [`${row.provider_id}/${nameKey(row.name)}`, row.id]))
  const providerOf = new Map(keys.map((row) => [row.id, row.provider_id]))
  const models = new Map<ProviderId, Set<string>>()
  for (const { providerId, model, available } of stores.models.list())
    if (available) models.set(providerId, (models.get(providerId) ?? new Set()).add(model))

  return {
    directory: { ...directory, find: (id) => providers.get(id) ?? null },
    providers: {
      bySlug: (slug) => bySlug.get(slug) ?? null,
      hasSlug: (slug) => slugsBrought.has(slug) || stores.providers.hasSlug(slug),
      hasName: (name) => names.has(nameKey(name)),
      add: (row) => {
        const provider = directory.known(row)
        if (!provider) throw new Error(`The provider ${row.slug} of a file is none of the user's own`)
        brought.add(row.id)
        providers.set(row.id, provider)
        slugsBrought.add(row.slug)
        names.add(nameKey(provider.name))
        return provider
      },
      chooseable: (provider) => (provider && !brought.has(provider.id) ? provider.id : null),
    },
    providerName: (id) => (id === undefined ? null : (providers.get(id)?.name ?? null)),
    modelConfig: (name) => configs.get(nameKey(name)) ?? null,
    presetId: (name) => presets.get(nameKey(name)) ?? null,
    token: (provider, name) => tokens.get(`${provider}/${nameKey(name)}`) ?? null,
    tokenIsOf: (token, provider) => token !== undefined && providerOf.get(token) === provider,
    server: (name) => servers.get(nameKey(name)) ?? null,
    knownServer: (id) => (id !== undefined && serverIds.has(id) ? id : null),
    hasModel: (provider, model) => {
      const listed = models.get(provider)
      return listed ? listed.has(model) : null
    },
  }
}

import { isLoopback } from '@contract/addresses'
import type { Provider } from '@contract/entities/provider'
import { CommonError, FabulaError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { ProviderRow, ProviderStore } from '@main/data/provider-store'
import type { ProviderDefinition } from '@main/providers/spec/definition'

/** A provider as it is used: what its definition says, and over it what the user decided. */
export interface KnownProvider {
  row: ProviderRow
  definition: ProviderDefinition
  id: ProviderId
  name: string
  baseUrl: string | null
  keyRequired: boolean
}

export interface ProviderDirectory {
  list(): KnownProvider[]
  /** Throws `not_found`. */
  get(id: ProviderId): KnownProvider
  find(id: ProviderId): KnownProvider | null
  bySlug(slug: string): KnownProvider | null
  describe(provider: KnownProvider): Provider
}

export function createProviderDirectory(
  store: ProviderStore,
  definitions: readonly ProviderDefinition[]
): ProviderDirectory {
  const builtIn = new Map<string, ProviderDefinition>(definitions.map((one) => [one.id, one]))
  const order = new Map<string, number>(definitions.map((one, index) => [one.id, index]))
  const template = definitions.find((one) => one.template)

  const known = (row: ProviderRow): KnownProvider | null => {
    const definition = row.builtIn ? builtIn.get(row.id) : template
    if (!definition) return null
    return {
      row,
      definition,
      id: row.id,
      name: row.name ?? definition.name,
      baseUrl: row.baseUrl ?? definition.baseUrl,
      keyRequired: row.keyRequired ?? definition.keyRequired,
    }
  }
  const list = () =>
    store
      .list()
      .map(known)
      .filter((one) => one !== null)
      .toSorted((a, b) => (order.get(a.id) ?? order.size) - (order.get(b.id) ?? order.size))
  const find = (id: ProviderId) => {
    const row = store.get(id)
    return row && known(row)
  }

  return {
    list,
    find,
    get: (id) => {
      const provider = find(id)
      if (!provider)
        throw new FabulaError(CommonError.NotFound, `There is no provider ${id}`, { details: { path: 'providerId' } })
      return provider
    },
    bySlug: (slug) => list().find(({ row }) => row.slug === slug) ?? null,
    describe: ({ row, definition, id, name, baseUrl, keyRequired }) => ({
      id,
      slug: row.slug,
      name,
      builtIn: row.builtIn,
      protocol: definition.protocol,
      baseUrl,
      defaultBaseUrl: row.builtIn ? definition.baseUrl : null,
      keyRequired,
      auth: definition.auth,
      kinds: definition.kinds,
      local: definition.local || (baseUrl !== null && isLoopback(baseUrl)),
      description: definition.description,
      keyUrl: definition.keyUrl,
      samplerSchema: definition.samplerSchema,
      settingsSchema: definition.settingsSchema,
      embeddingSchema: definition.embeddingSchema,
      headers: row.headers,
      extraBody: row.extraBody,
      limits: row.limits,
      signIn: definition.signIn !== null,
    }),
  }
}

/** No limit of parallel calls. */
export const unlimited = { total: null, perToken: null }

/**
 * Gives every built-in provider its row, so that tokens and models can refer to it. One that is new in this version takes
 * its short name; a provider that the user has added under the same gets a number.
 */
export function seedProviders(store: ProviderStore, definitions: readonly ProviderDefinition[], now: string): void {
  for (const { id, slug, template } of definitions) {
    if (template || store.get(id)) continue
    const rows = store.list()
    const holder = rows.find((row) => row.slug === slug)
    if (holder) {
      const taken = new Set(rows.map((row) => row.slug))
      let count = 2
      while (taken.has(`${slug}-${count}`)) count += 1
      store.update({ ...holder, slug: `${slug}-${count}` }, now)
    }
    store.insert(
      {
        id,
        slug,
        builtIn: true,
        name: null,
        baseUrl: null,
        keyRequired: null,
        headers: {},
        extraBody: {},
        limits: unlimited,
      },
      now
    )
  }
}

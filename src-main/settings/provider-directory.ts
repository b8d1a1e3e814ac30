import { isLoopback } from '@contract/addresses'
import type { Provider } from '@contract/entities/provider'
import { CommonError, FabulaError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import { freeSlug } from '@contract/names'
import type { ProviderRow, ProviderStore } from '@main/data/provider-store'
import { flavours, withFlavour } from '@main/providers/definitions'
import type { Flavour, ProviderDefinition } from '@main/providers/spec/definition'

/** A provider as it is used: what its definition says, and over it what the user decided. */
export interface KnownProvider {
  row: ProviderRow
  definition: ProviderDefinition
  id: ProviderId
  name: string
  baseUrl: string | null
  keyRequired: boolean
  /** Its models run on this computer or network. */
  local: boolean
}

export interface ProviderDirectory {
  list(): KnownProvider[]
  /** Throws `not_found`. */
  get(id: ProviderId): KnownProvider
  find(id: ProviderId): KnownProvider | null
  /** By its short name. */
  called(slug: string): KnownProvider | null
  describe(provider: KnownProvider): Provider
  /** A row as it would be used; null for a built-in provider that this version does not have. */
  known(row: ProviderRow): KnownProvider | null
}

export function createProviderDirectory(
  store: ProviderStore,
  definitions: readonly ProviderDefinition[],
  programs: () => readonly Flavour[] = flavours
): ProviderDirectory {
  const builtIn = new Map<string, ProviderDefinition>(definitions.map((one) => [one.id, one]))
  const order = new Map<string, number>(definitions.map((one, index) => [one.id, index]))
  const template = definitions.find((one) => one.template)

  /** A provider of the user's: the template, with what its program does in its own way, and what the user said. */
  const ownDefinition = ({ flavour, auth, kinds }: ProviderRow): ProviderDefinition | undefined => {
    if (!template) return undefined
    const program = flavour === null ? undefined : programs().find(({ id }) => id === flavour)
    const definition = withFlavour(template, program ?? null)
    return { ...definition, auth: auth ?? definition.auth, kinds: kinds ?? definition.kinds }
  }

  const usedAs = (row: ProviderRow): KnownProvider | null => {
    const definition = row.builtIn ? builtIn.get(row.id) : ownDefinition(row)
    if (!definition) return null
    const baseUrl = row.baseUrl ?? definition.baseUrl
    const keyRequired = row.keyRequired ?? definition.keyRequired
    return {
      row,
      definition,
      id: row.id,
      name: row.name ?? definition.name,
      baseUrl,
      keyRequired,
      local: definition.local || (!row.builtIn && ownRunsHere(row, baseUrl, keyRequired)),
    }
  }
  /** Rows are the same until they change: what is made of one is made once. */
  const made = new WeakMap<ProviderRow, KnownProvider | null>()
  const known = (row: ProviderRow): KnownProvider | null => {
    const before = made.get(row)
    if (before !== undefined) return before
    const provider = usedAs(row)
    made.set(row, provider)
    return provider
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
    called: (slug) => {
      const row = store.called(slug)
      return row && known(row)
    },
    get: (id) => {
      const provider = find(id)
      if (!provider)
        throw new FabulaError(CommonError.NotFound, `There is no provider ${id}`, { details: { path: 'providerId' } })
      return provider
    },
    known,
    describe: ({ row, definition, id, name, baseUrl, keyRequired, local }) => ({
      id,
      slug: row.slug,
      name,
      localName: definition.localName ?? null,
      builtIn: row.builtIn,
      protocol: definition.protocol,
      flavour: row.flavour,
      servers: definition.servers,
      hasOwnModels: definition.baseUrl === null && !definition.servers && !definition.template,
      baseUrl,
      defaultBaseUrl: row.builtIn ? definition.baseUrl : null,
      keyRequired,
      auth: definition.auth,
      kinds: definition.kinds,
      local,
      saidLocal: row.saidLocal,
      description: definition.description,
      keyUrl: definition.keyUrl,
      samplerSchema: definition.samplerSchema,
      settingsSchema: definition.settingsSchema,
      embeddingSchema: definition.embeddingSchema,
      headers: row.headers,
      extraBody: row.extraBody,
      limits: row.limits,
      signIn: definition.signIn !== null,
      ...(row.unreadable ? { unreadable: row.unreadable } : {}),
    }),
  }
}

/**
 * Whether the models of a provider that the user added run on this computer. At another address they never do. At one of
 * this computer they do when the user says so, or when the program is one that runs models; what nobody knows may as well
 * be a way to models that are paid, and is taken for one when it wants a key.
 */
function ownRunsHere({ flavour, saidLocal }: ProviderRow, baseUrl: string | null, keyRequired: boolean): boolean {
  if (baseUrl === null || !isLoopback(baseUrl)) return false
  return saidLocal ?? (flavour !== null || !keyRequired)
}

/** What a row says of the things that only the user's own providers have, as long as nobody said anything. */
export const asTheTemplate = { flavour: null, auth: null, kinds: null, saidLocal: null, secrets: {} }

/** No limit of parallel calls. */
export const unlimited = { total: null, perToken: null }

/**
 * Gives every built-in provider its row, so that tokens and models can refer to it. One that is new in this version takes
 * its short name; a provider that the user has added under the same gets a number.
 */
export function seedProviders(store: ProviderStore, definitions: readonly ProviderDefinition[], now: string): void {
  for (const { id, slug, template } of definitions) {
    if (template || store.get(id)) continue
    const holder = store.list().find((row) => row.slug === slug)
    if (holder) store.update({ ...holder, slug: freeSlug(slug, store.hasSlug) }, now)
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
        ...asTheTemplate,
      },
      now
    )
  }
}

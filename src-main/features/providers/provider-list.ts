import { sameJson } from '@contract/json'
import type { Flavour, Provider, ProviderPatch } from '@contract/entities/provider'
import { freeSlug, nameKey } from '@contract/names'
import { CommonError, FabulaError, PresetError, ProviderError } from '@contract/errors'
import { ProviderId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { ProviderRow } from '@main/data/provider-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { flavours, providerTemplate } from '@main/providers/definitions'
import { newId } from '@main/platform/ids'
import type { Vault } from '@main/secrets/vault'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { sealAdditions } from '@main/settings/provider-secrets'
import { usersOfProvider } from '@main/settings/users-of'

/** The user's providers: the built-in ones, and the OpenAI-compatible ones they add. */
export interface ProviderList {
  /** With `ids`: those alone. */
  list(ids?: readonly ProviderId[]): Provider[]
  flavours(): Flavour[]
  create(input: ParsedInput<'providers.create'>): Provider
  update(id: ProviderId, patch: ProviderPatch): Provider
  resetBaseUrl(id: ProviderId): Provider
  remove(id: ProviderId): void
}

export function createProviderList(ports: {
  stores: Stores
  directory: ProviderDirectory
  vault: Vault
  events: EventHub
  clock: Clock
}): ProviderList {
  const { stores, directory, vault, events, clock } = ports

  const refuseTakenName = (name: string, except?: ProviderId) => {
    const same = directory.list().find((one) => one.id !== except && nameKey(one.name) === nameKey(name))
    if (same)
      throw new FabulaError(CommonError.NameTaken, `A provider is called ${name} already`, {
        details: { name: same.name, path: 'name' },
      })
  }

  const changed = (id: ProviderId, along: { tokens: boolean; models: boolean }) =>
    events.changed(
      { topic: 'providers', ids: [id] },
      { topic: 'tokens', ids: along.tokens ? stores.tokens.ofProvider(id).map((token) => token.id) : [] },
      { topic: 'models', ids: along.models ? stores.models.idsOf(id) : [] }
    )

  const save = (provider: KnownProvider, change: Partial<KnownProvider['row']>) => {
    const row = sealAdditions(vault, { ...provider.row, ...change }, provider.row.secrets)
    stores.providers.update(row, timestamp(clock))
    const saved = directory.get(provider.id)
    // Its keys hold for one address, and where its models run follows from more than one of its fields.
    changed(provider.id, { tokens: saved.baseUrl !== provider.baseUrl, models: true })
    return directory.describe(saved)
  }

  return {
    list: (ids) =>
      directory
        .list()
        .filter(({ id }) => !ids || ids.includes(id))
        .map(directory.describe),

    flavours: () => flavours().map(({ id, name, description, baseUrl }) => ({ id, name, description, baseUrl })),

    create: ({ baseUrl, ...given }) =>
      stores.transaction(() => {
        const { name } = given
        refuseTakenName(name)
        refuseUnknownFlavour(given.flavour)
        const id = newId(ProviderId)
        const row = sealAdditions(
          vault,
          {
            id,
            slug: freeSlug(slugFrom(name), stores.providers.hasSlug),
            builtIn: false,
            baseUrl: withoutSlash(baseUrl),
            ...given,
            ...unlessUsual(given),
            secrets: {},
          },
          {}
        )
        stores.providers.insert(row, timestamp(clock))
        changed(id, { tokens: false, models: false })
        return directory.describe(directory.get(id))
      }),

    update: (id, patch) => {
      const provider = directory.get(id)
      const fixed = ownFields.find((field) => patch[field] !== undefined)
      if (fixed && provider.row.builtIn)
        throw new FabulaError(ProviderError.BuiltIn, `${provider.name} is built in and keeps its ${fixed}`, {
          details: { name: provider.name, path: `patch.${fixed}` },
        })
      refuseUnknownFlavour(patch.flavour ?? null)
      if (patch.name !== undefined) refuseTakenName(patch.name, id)
      return save(provider, {
        ...patch,
        ...unlessUsual(patch),
        ...(patch.baseUrl ? { baseUrl: withoutSlash(patch.baseUrl) } : {}),
      })
    },

    resetBaseUrl: (id) => {
      const provider = directory.get(id)
      return save(provider, provider.row.builtIn ? { baseUrl: null } : {})
    },

    remove: (id) =>
      stores.transaction(() => {
        const provider = directory.get(id)
        if (provider.row.builtIn)
          throw new FabulaError(ProviderError.BuiltIn, `${provider.name} is built in and cannot be deleted`, {
            details: { name: provider.name },
          })
        const users = usersOfProvider(stores, id)
        if (users.length > 0)
          throw new FabulaError(PresetError.InUse, `${provider.name} is used by ${users.join(', ')}`, {
            details: { name: provider.name, users },
          })
        changed(id, { tokens: true, models: true })
        stores.bin.take('provider', provider, timestamp(clock))
      }),
  }
}

/** What only a provider that the user added can have otherwise. */
const ownFields = ['name', 'flavour', 'auth', 'kinds', 'saidLocal'] as const

function refuseUnknownFlavour(id: string | null): void {
  if (id !== null && !flavours().some((one) => one.id === id))
    throw new FabulaError(CommonError.NotFound, `There is no flavour ${id}`, { details: { path: 'flavour' } })
}

/** What is as the template has it is not kept: it changes with the template. */
function unlessUsual({
  auth,
  kinds,
}: Pick<ProviderPatch, 'auth' | 'kinds'>): Partial<Pick<ProviderRow, 'auth' | 'kinds'>> {
  const usual = (value: unknown, template: unknown) => sameJson(value, template)
  return {
    ...(auth === undefined ? {} : { auth: usual(auth, providerTemplate.auth) ? null : auth }),
    ...(kinds === undefined ? {} : { kinds: usual(kinds, providerTemplate.kinds) ? null : kinds }),
  }
}

const withoutSlash = (address: string) => address.replace(/\/+$/, '')

/** A short name for ids and files. */
function slugFrom(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 32)
  return plain === '' ? 'provider' : plain
}

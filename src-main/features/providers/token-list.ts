import { nameKey } from '@contract/names'
import type { Token, TokenUser } from '@contract/entities/token'
import { CommonError, FabulaError, TokenError } from '@contract/errors'
import { TokenId, type ProviderId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Redactor } from '@main/platform/redact'
import type { ProviderFailure } from '@main/providers/spec/failure'
import { stateAfter, type StateChange } from '@main/routing/token-states'
import type { Vault } from '@main/secrets/vault'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { stagesWithToken } from '@main/settings/stage-config'
import type { StageRegistry } from '@main/settings/stage-registry'
import { needsKey, sealContext, toToken } from '@main/settings/token-rows'
import { withoutToken } from '@main/settings/token-references'
import { usersOfToken } from '@main/settings/token-users'

/** The keys the user has given, without the secrets. */
export interface TokenList {
  /** With `ids`: those alone. */
  list(ids?: readonly TokenId[]): Token[]
  add(input: ParsedInput<'tokens.add'>): Token
  rename(id: TokenId, name: string): Token
  replaceSecret(id: TokenId, secret: string): Token
  /** Throws `not_found`. */
  users(id: TokenId): TokenUser[]
  /** Takes it out of every model config, preset and story too. */
  remove(id: TokenId): void
  /** Throws `not_found`. */
  row(id: TokenId): TokenRow
  /** The token of a provider that has this secret. Throws the vault's errors. */
  holding(providerId: ProviderId, secret: string): TokenRow | null
  /** Throws `token_needs_key` for a token whose key cannot be used any more. */
  refuseLost(row: TokenRow, provider: KnownProvider): void
  /**
   * Records what a check said about the token. `unproven`: the provider answers as well without a key; then a token that
   * was refused before may be tried again.
   */
  recordCheck(id: TokenId, outcome: ProviderFailure | 'works' | 'unproven'): void
}

export function createTokenList(ports: {
  stores: Stores
  stages: StageRegistry
  directory: ProviderDirectory
  vault: Vault
  redactor: Redactor
  events: EventHub
  clock: Clock
}): TokenList {
  const { stores, directory, vault, redactor, events, clock } = ports

  const row = (id: TokenId) => {
    const found = stores.tokens.get(id)
    if (!found) throw new FabulaError(CommonError.NotFound, `There is no key ${id}`, { details: { path: 'id' } })
    return found
  }
  const view = (id: TokenId) => {
    const found = row(id)
    return toToken(found, directory.get(found.provider_id), vault, clock.now())
  }

  const refuseTakenName = (provider: KnownProvider, name: string, except?: TokenId) => {
    const others = stores.tokens.ofProvider(provider.id).filter(({ id }) => id !== except)
    if (others.some((one) => nameKey(one.name) === nameKey(name)))
      throw new FabulaError(CommonError.NameTaken, `A key of ${provider.name} is called ${name} already`, {
        details: { name, path: 'name' },
      })
  }

  const holders = (providerId: ProviderId, fingerprint: string) => {
    const vaultId = vault.vaultId()
    return stores.tokens
      .ofProvider(providerId)
      .filter((one) => one.vault_id === vaultId && one.fingerprint === fingerprint)
  }

  /** Seals a secret for a token, refusing one that another token of the provider has. */
  const sealed = (id: TokenId, provider: KnownProvider, secret: string) => {
    redactor.add(secret)
    const fingerprint = vault.fingerprint(secret, provider.id)
    const same = holders(provider.id, fingerprint).find((one) => one.id !== id)
    if (same)
      throw new FabulaError(TokenError.Duplicate, `The key ${same.name} is the same`, {
        details: { name: same.name, provider: provider.name, path: 'secret' },
      })
    const base_url = provider.baseUrl ?? ''
    const box = vault.seal(secret, sealContext({ id, provider_id: provider.id, base_url }))
    return { vault_id: box.vaultId, sealed: box.sealed, fingerprint, base_url, last4: lastFour(secret) }
  }

  return {
    row,
    holding: (providerId, secret) => holders(providerId, vault.fingerprint(secret, providerId))[0] ?? null,
    list: (ids) =>
      stores.tokens.list().flatMap((one) => {
        if (ids && !ids.includes(one.id)) return []
        const provider = directory.find(one.provider_id)
        return provider ? [toToken(one, provider, vault, clock.now())] : []
      }),

    add: ({ providerId, name, secret, checked }) =>
      stores.transaction(() => {
        const provider = directory.get(providerId)
        const id = newId(TokenId)
        const box = sealed(id, provider, secret)
        refuseTakenName(provider, name)
        stores.tokens.insert({
          id,
          provider_id: providerId,
          name,
          ...box,
          state: checked ? 'active' : 'unknown',
          cooling_until: null,
          created_at: timestamp(clock),
          last_used_at: null,
        })
        events.changed({ topic: 'tokens', ids: [id] })
        return view(id)
      }),

    rename: (id, name) =>
      stores.transaction(() => {
        const found = row(id)
        refuseTakenName(directory.get(found.provider_id), name, id)
        stores.tokens.update({ ...found, name })
        events.changed({ topic: 'tokens', ids: [id] })
        return view(id)
      }),

    replaceSecret: (id, secret) =>
      stores.transaction(() => {
        const found = row(id)
        const box = sealed(id, directory.get(found.provider_id), secret)
        stores.tokens.update({ ...found, ...box, state: 'unknown', cooling_until: null })
        events.changed({ topic: 'tokens', ids: [id] })
        return view(id)
      }),

    users: (id) => {
      const found = row(id)
      const stuck = stagesWithToken(ports, id).map((name) => ({
        kind: 'stage' as const,
        name,
        after: 'stuck' as const,
        roles: [],
      }))
      return [...usersOfToken(stores, found, directory.get(found.provider_id)), ...stuck]
    },

    remove: (id) =>
      stores.transaction(() => {
        row(id)
        const touched = withoutToken(stores, id, timestamp(clock))
        stores.tokens.remove(id)
        events.changed({ topic: 'tokens', ids: [id] }, ...touched)
      }),

    refuseLost: (found, provider) => {
      if (needsKey(found, provider, vault))
        throw new FabulaError(TokenError.NeedsKey, `The key ${found.name} must be pasted again`, {
          details: { name: found.name, provider: provider.name },
        })
    },

    recordCheck: (id, outcome) => {
      const found = stores.tokens.get(id)
      const change = found && changeBy(found, outcome, clock.now())
      if (!change) return
      stores.tokens.update({ ...found, ...change, last_used_at: timestamp(clock) })
      events.changed({ topic: 'tokens', ids: [id] })
    },
  }
}

function changeBy(
  { state }: TokenRow,
  outcome: ProviderFailure | 'works' | 'unproven',
  now: number
): StateChange | null {
  if (outcome === 'works') return { state: 'active', cooling_until: null }
  if (outcome === 'unproven') return state === 'invalid' ? { state: 'unknown', cooling_until: null } : null
  return stateAfter(outcome, now)
}

/** What is shown of a key: its last four characters; nothing of one so short that four would give much away. */
const lastFour = (secret: string) => (secret.length >= 12 ? secret.slice(-4) : '')

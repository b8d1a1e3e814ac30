import type { Token } from '@contract/entities/token'
import { freeName, nameKey, takenAmong } from '@contract/names'
import type { ProviderId, TokenId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import type { ProviderFailure } from '@main/providers/spec/failure'
import type { KnownProvider } from '@main/settings/provider-directory'
import { needsKey, type VaultIdentity } from '@main/settings/token-rows'

/** What a stage does with the keys of a provider; they are kept where all keys are. */
export interface StageTokens {
  add(input: { providerId: ProviderId; name: string; secret: string }): Token
  replaceSecret(id: TokenId, secret: string): Token
  /** The token of a provider that has this secret. */
  holding(providerId: ProviderId, secret: string): TokenRow | null
  recordCheck(id: TokenId, outcome: ProviderFailure | 'works' | 'unproven'): void
}

/**
 * The token for a key that was pasted: the one that has it already, else a new one. A key under the name of one that the
 * provider refused, or that must be pasted again, takes its place. Runs inside the caller's transaction.
 */
export function keepKeyTx(
  ports: { stores: Pick<Stores, 'tokens'>; tokens: StageTokens; vault: VaultIdentity },
  provider: KnownProvider,
  { name, secret }: { name: string; secret: string }
): TokenId {
  const { stores, tokens, vault } = ports
  const same = tokens.holding(provider.id, secret)
  if (same) return needsKey(same, provider, vault) ? tokens.replaceSecret(same.id, secret).id : same.id
  const others = stores.tokens.ofProvider(provider.id)
  const useless = others.find(
    (one) => nameKey(one.name) === nameKey(name) && (one.state === 'invalid' || needsKey(one, provider, vault))
  )
  if (useless) return tokens.replaceSecret(useless.id, secret).id
  const free = freeName(name, takenAmong(others.map((one) => one.name)))
  return tokens.add({ providerId: provider.id, name: free, secret }).id
}

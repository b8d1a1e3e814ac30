import type { Token } from '@contract/entities/token'
import type { VaultStatus } from '@contract/entities/vault'
import type { TokenRow } from '@main/data/token-store'
import type { KnownProvider } from './provider-directory'

/** What the vault binds a sealed key to: it opens for this token at this address only. */
export const sealContext = (row: Pick<TokenRow, 'id' | 'provider_id' | 'base_url'>): string =>
  `token:${row.id}:${row.provider_id}:${row.base_url}`

/** What the vault says of itself: whether there is one, and which. */
export interface VaultIdentity {
  status(): Pick<VaultStatus, 'state'>
  vaultId(): string | null
}

/**
 * Whether the key must be pasted again: the provider's address is not the one it was given for, or the vault that sealed
 * it is gone. While the vault has not answered yet, nothing is said against the key.
 */
export function needsKey(row: TokenRow, provider: KnownProvider, vault: VaultIdentity): boolean {
  if (row.base_url !== (provider.baseUrl ?? '')) return true
  if (vault.status().state === 'opening') return false
  return row.vault_id !== vault.vaultId()
}

/** The longest rest of a token: one hour. A provider with a wrong clock must not lose a key for days. */
export const LONGEST_REST_MS = 3_600_000

/**
 * When a resting token may be used again, as ISO-8601 text; null when it may now, or does not rest. A rest longer than any
 * that is given was noted while this computer's clock was wrong: it is over.
 */
export function restsUntil({ state, cooling_until: until }: TokenRest, now: number): string | null {
  if (state !== 'cooling' || until === null) return null
  const left = Date.parse(until) - now
  return left > 0 && left <= LONGEST_REST_MS ? until : null
}

export type TokenRest = Pick<TokenRow, 'state' | 'cooling_until'>

/** A token as the renderer sees it at a time. */
export const toToken = (row: TokenRow, provider: KnownProvider, vault: VaultIdentity, now: number): Token => ({
  id: row.id,
  providerId: row.provider_id,
  name: row.name,
  last4: row.last4,
  state: row.state,
  coolingUntil: restsUntil(row, now),
  needsKey: needsKey(row, provider, vault),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
})

import { sameJson } from '@contract/json'
import type { NewServerAuth, ServerAuth } from '@contract/entities/server'
import type { AuthScheme } from '@contract/entities/provider'
import { FabulaError, ServerError } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { ServerRow } from '@main/data/server-store'
import type { Vault } from '@main/secrets/vault'
import type { VaultIdentity } from './token-rows'

/** What the vault binds a server's secret to: it opens for this server at this address only. */
const sealContext = (row: Pick<ServerRow, 'id' | 'url'>): string => `server:${row.id}:${row.url}`

/** The part of a row that holds the secret. */
export type SealedAuth = Pick<ServerRow, 'auth' | 'vault_id' | 'sealed' | 'secret_url'>

/** How to put a secret on requests; `secret` is what goes out, not what the user typed. */
export interface OpenAuth {
  scheme: AuthScheme
  secret: string | null
}

/** The auth as it is kept and shown. */
export function withoutSecret(auth: NewServerAuth): ServerAuth {
  switch (auth.type) {
    case 'none':
    case 'bearer':
      return { type: auth.type }
    case 'basic':
      return { type: 'basic', username: auth.username }
    case 'header':
      return { type: 'header', header: auth.header }
  }
}

export const secretOf = (auth: NewServerAuth): string | null => (auth.type === 'none' ? null : (auth.secret ?? null))

/** Puts a typed secret as its kind of auth wants it: basic auth encodes it together with the user name (RFC 7617). */
export function openAuth(auth: ServerAuth, secret: string | null): OpenAuth {
  switch (auth.type) {
    case 'none':
      return { scheme: { type: 'none' }, secret: null }
    case 'basic':
      return {
        scheme: { type: 'header', header: 'authorization', prefix: 'Basic ' },
        secret: secret === null ? null : Buffer.from(`${auth.username}:${secret}`, 'utf8').toString('base64'),
      }
    case 'bearer':
      return { scheme: { type: 'bearer' }, secret }
    case 'header':
      return { scheme: { type: 'header', header: auth.header }, secret }
  }
}

/**
 * Seals what the user gave. Without a new secret the one that is there stays, as long as it is for the same kind of
 * auth; a new address makes it useless until it is given again.
 */
export function sealAuth(
  vault: Vault,
  place: { id: ServerId; url: string },
  given: NewServerAuth,
  before: SealedAuth | null
): SealedAuth {
  const auth = withoutSecret(given)
  const secret = secretOf(given)
  const nothing = { auth, vault_id: null, sealed: null, secret_url: null }
  if (auth.type === 'none') return nothing
  if (secret === null) return before?.auth.type === auth.type ? { ...before, auth } : nothing
  const { vaultId, sealed } = vault.seal(secret, sealContext(place))
  return { auth, vault_id: vaultId, sealed, secret_url: place.url }
}

/** Whether a server is still asked at the same address and with the same secret: only then does an older answer hold. */
export const isAskedAlike = (one: SealedAuth & Pick<ServerRow, 'url'>, other: SealedAuth & Pick<ServerRow, 'url'>) =>
  one.url === other.url && sameJson(one.auth, other.auth) && sameJson(one.sealed, other.sealed)

/** Whether the secret must be given again. While the vault has not answered yet, nothing is said against it. */
export function needsSecret(row: SealedAuth & Pick<ServerRow, 'url'>, vault: VaultIdentity): boolean {
  if (row.auth.type === 'none') return false
  if (row.sealed === null || row.secret_url !== row.url) return true
  return vault.status().state !== 'opening' && row.vault_id !== vault.vaultId()
}

/** Opens a server's secret. Throws `server_needs_secret` for one that is lost, and the vault's errors. */
export function revealAuth(vault: Vault, row: SealedAuth & Pick<ServerRow, 'id' | 'name' | 'url'>): OpenAuth {
  if (row.auth.type === 'none') return openAuth(row.auth, null)
  if (row.sealed === null || row.vault_id === null || needsSecret(row, vault))
    throw new FabulaError(ServerError.NeedsSecret, `The secret of the server ${row.name} must be given again`, {
      details: { name: row.name },
    })
  return openAuth(row.auth, vault.reveal({ vaultId: row.vault_id, sealed: row.sealed }, sealContext(row)))
}

import type { TokenState } from '@contract/entities/token'
import type { ProviderId, TokenId } from '@contract/ids'
import type { Db } from './database'
import { readAnew, type Remember } from './remembered-reads'

/** A key as it is kept: sealed by the vault `vault_id`, and bound to the address it was given for. */
export interface TokenRow {
  id: TokenId
  provider_id: ProviderId
  name: string
  last4: string
  vault_id: string
  sealed: Buffer
  fingerprint: string
  base_url: string
  state: TokenState
  cooling_until: string | null
  created_at: string
  last_used_at: string | null
}

export interface TokenStore {
  list(): TokenRow[]
  get(id: TokenId): TokenRow | null
  ofProvider(providerId: ProviderId): readonly TokenRow[]
  insert(row: TokenRow): void
  update(row: TokenRow): void
  remove(id: TokenId): void
}

export function createTokenStore(db: Db, remember: Remember = readAnew): TokenStore {
  const list = db.prepare<[], TokenRow>('SELECT * FROM tokens ORDER BY created_at, id')
  const get = db.prepare<[TokenId], TokenRow>('SELECT * FROM tokens WHERE id = ?')
  const ofProvider = db.prepare<[ProviderId], TokenRow>(
    'SELECT * FROM tokens WHERE provider_id = ? ORDER BY created_at, id'
  )
  const insert = db.prepare<[TokenRow]>(
    `INSERT INTO tokens VALUES (@id, @provider_id, @name, @last4, @vault_id, @sealed, @fingerprint, @base_url, @state,
       @cooling_until, @created_at, @last_used_at)`
  )
  const update = db.prepare<[TokenRow]>(
    `UPDATE tokens SET name = @name, last4 = @last4, vault_id = @vault_id, sealed = @sealed,
       fingerprint = @fingerprint, base_url = @base_url, state = @state, cooling_until = @cooling_until,
       last_used_at = @last_used_at WHERE id = @id`
  )
  const remove = db.prepare<[TokenId]>('DELETE FROM tokens WHERE id = ?')
  return {
    list: () => list.all(),
    get: remember('tokens', (id: TokenId) => get.get(id) ?? null),
    ofProvider: remember('tokens', (providerId: ProviderId): readonly TokenRow[] => ofProvider.all(providerId)),
    insert: (row) => void insert.run(row),
    update: (row) => void update.run(row),
    remove: (id) => void remove.run(id),
  }
}

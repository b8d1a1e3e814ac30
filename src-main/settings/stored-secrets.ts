import { FabulaError } from '@contract/errors'
import type { Stores } from '@main/data/stores'
import type { Vault } from '@main/secrets/vault'
import { needsSecret, revealAuth } from './server-secrets'
import { sealContext } from './token-rows'

/**
 * Opens every secret that is kept, so that the redactor knows it from the vault although no request of this session has
 * used it. What cannot be opened, because the vault is locked or a key is damaged, stays unknown.
 */
export function learnStoredSecrets(stores: Stores, vault: Vault): void {
  if (vault.status().state !== 'ready') return
  for (const token of stores.tokens.list())
    tryTo(() => vault.reveal({ vaultId: token.vault_id, sealed: token.sealed }, sealContext(token)))
  for (const server of stores.servers.list()) if (!needsSecret(server, vault)) tryTo(() => revealAuth(vault, server))
}

function tryTo(open: () => unknown): void {
  try {
    open()
  } catch (error) {
    if (!(error instanceof FabulaError)) throw error
  }
}

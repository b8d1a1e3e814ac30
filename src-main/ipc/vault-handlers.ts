import type { Vault } from '@main/secrets/vault'
import type { HandlersOf } from './router'

export const vaultHandlers = (vault: Vault): HandlersOf<'vault'> => ({
  'vault.status': () => vault.status(),
  'vault.create': (choice) => vault.create(choice),
  'vault.unlock': ({ passphrase }) => vault.unlock(passphrase),
  'vault.reset': () => vault.reset(),
})

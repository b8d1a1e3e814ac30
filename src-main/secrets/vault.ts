import { FabulaError, VaultError } from '@contract/errors'
import type { VaultStatus } from '@contract/entities/vault'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import type { Keychain } from './keychain'
import { fingerprintOf } from './master-key'
import { openBytes, sealBytes } from './sealing'
import { createVaultLifecycle, type VaultChoice } from './vault-lifecycle'
import type { VaultRecordStore } from './vault-record'
import type { StatusListener } from './vault-status'

/** A secret as it may be stored. It opens only in the vault `vaultId`, with the context it was sealed for. */
export interface SealedSecret {
  vaultId: string
  sealed: Buffer
}

/** Where provider keys are encrypted: docs/decisions/vault.md says how, and why so. */
export interface Vault {
  status(): VaultStatus
  /** Called once after the start, in the background; again, it asks a locked keychain once more. Never throws. */
  open(): Promise<VaultStatus>
  /** @throws FabulaError AlreadyExists, WeakPassphrase, KeychainUnavailable, or of the storage: then nothing was made. */
  create(choice: VaultChoice): Promise<VaultStatus>
  /** @throws FabulaError with the reason why it stays locked. */
  unlock(passphrase?: string): Promise<VaultStatus>
  /** Gives the vault up: what it sealed can never be read again. Does not wait for the keychain. */
  reset(): Promise<VaultStatus>
  /** @throws FabulaError NotCreated, Locked */
  seal(secret: string, context: string): SealedSecret
  /** @throws FabulaError NotCreated, Locked; WrongKey when another vault or context sealed it, or it is damaged. */
  reveal(sealed: SealedSecret, context: string): string
  /**
   * Base64url text, the same for the same secret and scope in one vault; says nothing about the secret.
   * @throws FabulaError NotCreated, Locked
   */
  fingerprint(secret: string, scope: string): string
  /** The vault there is, open or locked; null when there is none, and before `open` was called. */
  vaultId(): string | null
  /** Returns the function that ends the subscription. */
  onChange(listener: StatusListener): () => void
}

export interface VaultPorts {
  records: VaultRecordStore
  keychain: Keychain
  /** FABULA_VAULT_KEY; undefined when it is not set. */
  environmentKey: string | undefined
  logger: Logger
  /** Learns every secret that passes through, so that no log can show it. */
  redactor?: Redactor
}

export function createVault(ports: VaultPorts): Vault {
  const { keys: openKeys, ...lifecycle } = createVaultLifecycle(ports)
  const learn = (secret: string) => ports.redactor?.add(secret)
  if (ports.environmentKey !== undefined) learn(ports.environmentKey.trim())

  return {
    ...lifecycle,
    seal(secret, context) {
      const { vaultId, sealing } = openKeys()
      learn(secret)
      return { vaultId, sealed: sealBytes(sealing, Buffer.from(secret, 'utf8'), context) }
    },
    reveal({ vaultId, sealed }, context) {
      const keys = openKeys()
      if (vaultId !== keys.vaultId) throw new FabulaError(VaultError.WrongKey, 'Another vault sealed this key')
      const plain = openBytes(keys.sealing, sealed, context)
      if (plain === null) throw new FabulaError(VaultError.WrongKey, 'The sealed key is damaged, or belongs elsewhere')
      const secret = plain.toString('utf8')
      plain.fill(0)
      learn(secret)
      return secret
    },
    fingerprint: (secret, scope) => fingerprintOf(openKeys(), secret, scope),
  }
}

import { FabulaError, VaultError, type ErrorCode } from '@contract/errors'
import type { Logger } from '@main/platform/logger'
import type { Keychain } from './keychain'
import { decodeMasterKey, encodeMasterKey, equalInConstantTime, newMasterKey, opens } from './master-key'
import type { VaultRecord } from './vault-record'

/** The master key, or why it cannot be had. */
export type MasterKeyFound = { masterKey: Buffer } | { masterKey: null; reason: ErrorCode }

export type KeychainAnswer = MasterKeyFound & {
  keychainAvailable: boolean
  /** The keychain gave an entry for this vault, be it right or wrong. */
  entryGiven: boolean
}

/** Asks for the master key of a vault that exists. Never writes: "not given" is not "missing". */
export async function readFromKeychain(
  keychain: Keychain,
  record: VaultRecord,
  logger: Logger
): Promise<KeychainAnswer> {
  const entry = await readEntry(keychain, record.vaultId, logger)
  if (entry === null) {
    const keychainAvailable = await keychain.isAvailable()
    const reason = keychainAvailable ? VaultError.Locked : VaultError.KeychainUnavailable
    return { masterKey: null, reason, keychainAvailable, entryGiven: false }
  }
  const found = checked(decodeMasterKey(entry), record)
  return { ...found, keychainAvailable: true, entryGiven: true }
}

/**
 * A new master key that the keychain has taken and gives back.
 * @throws FabulaError KeychainUnavailable; an entry may be left then, which the caller drops.
 */
export async function createInKeychain(keychain: Keychain, vaultId: string): Promise<Buffer> {
  const masterKey = newMasterKey()
  const text = encodeMasterKey(masterKey)
  try {
    await keychain.setPassword(vaultId, text)
    const readBack = await keychain.getPassword(vaultId)
    if (readBack !== null && equalInConstantTime(readBack, text)) return masterKey
    throw new Error('The keychain did not give back what it had taken')
  } catch (cause) {
    masterKey.fill(0)
    throw new FabulaError(VaultError.KeychainUnavailable, 'The keychain did not take the master key', { cause })
  }
}

/** Deletes the entry in the background; one that stays behind is a random key to nothing. */
export function dropFromKeychain(keychain: Keychain, vaultId: string, logger: Logger): void {
  keychain
    .deletePassword(vaultId)
    .catch((error: unknown) => logger.warn('An entry could not be deleted from the keychain', { error }))
}

/** The key of FABULA_VAULT_KEY; where there is a record, only if it opens that. */
export function readFromEnvironment(text: string, record: VaultRecord | null): MasterKeyFound {
  const masterKey = decodeMasterKey(text)
  if (masterKey === null) return { masterKey: null, reason: VaultError.BadEnvironmentKey }
  return record === null ? { masterKey } : checked(masterKey, record)
}

function checked(masterKey: Buffer | null, record: VaultRecord): MasterKeyFound {
  if (masterKey !== null && opens(masterKey, record)) return { masterKey }
  masterKey?.fill(0)
  return { masterKey: null, reason: VaultError.WrongKey }
}

async function readEntry(keychain: Keychain, vaultId: string, logger: Logger): Promise<string | null> {
  try {
    return await keychain.getPassword(vaultId)
  } catch (error) {
    logger.warn('The keychain did not give the master key', { error })
    return null
  }
}

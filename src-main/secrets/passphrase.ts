import { FabulaError, VaultError } from '@contract/errors'
import { createSecretKey, randomBytes, scrypt, type KeyObject } from 'node:crypto'
import { MASTER_KEY_BYTES } from './master-key'
import { openBytes, sealBytes } from './sealing'
import type { ScryptCost, WrappedKey } from './vault-record'

const SHORTEST_PASSPHRASE = 8

/** The strongest of the scrypt settings OWASP's Password Storage Cheat Sheet names: 128 MiB, about half a second. */
const COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 }

/** @throws FabulaError WeakPassphrase under 8 characters. */
export async function wrapMasterKey(masterKey: Buffer, passphrase: string, vaultId: string): Promise<WrappedKey> {
  const text = normalise(passphrase)
  if (Array.from(text).length < SHORTEST_PASSPHRASE)
    throw new FabulaError(VaultError.WeakPassphrase, 'The passphrase is too short', {
      details: { shortest: SHORTEST_PASSPHRASE },
    })
  const salt = randomBytes(16)
  const key = await stretch(text, salt, COST)
  return {
    scrypt: COST,
    salt: salt.toString('base64url'),
    sealed: sealBytes(key, masterKey, contextOf(vaultId)).toString('base64url'),
  }
}

/** The master key, or null for a wrong passphrase. */
export async function unwrapMasterKey(
  wrapped: WrappedKey,
  passphrase: string,
  vaultId: string
): Promise<Buffer | null> {
  const key = await stretch(normalise(passphrase), Buffer.from(wrapped.salt, 'base64url'), wrapped.scrypt)
  return openBytes(key, Buffer.from(wrapped.sealed, 'base64url'), contextOf(vaultId))
}

/** The same passphrase gives the same bytes whichever keyboard or system composed its letters. */
const normalise = (passphrase: string): string => passphrase.normalize('NFKC')

const contextOf = (vaultId: string): string => `master key of ${vaultId}`

/** Runs on a thread of its own: the window stays responsive. */
function stretch(text: string, salt: Buffer, cost: ScryptCost): Promise<KeyObject> {
  const bytes = Buffer.from(text, 'utf8')
  const maxmem = 2 * 128 * cost.N * cost.r * cost.p
  return new Promise((resolve, reject) => {
    scrypt(bytes, salt, MASTER_KEY_BYTES, { ...cost, maxmem }, (error, derived) => {
      bytes.fill(0)
      if (error !== null) return reject(error)
      resolve(createSecretKey(derived))
      derived.fill(0)
    })
  })
}

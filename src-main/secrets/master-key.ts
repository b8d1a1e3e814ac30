import { createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'

export const MASTER_KEY_BYTES = 32

/** What a vault works with once it is open. The master key itself is not needed any more. */
export interface VaultKeys {
  vaultId: string
  sealing: KeyObject
  fingerprinting: KeyObject
}

export const newMasterKey = (): Buffer => randomBytes(MASTER_KEY_BYTES)

export const encodeMasterKey = (masterKey: Buffer): string => masterKey.toString('base64')

/** 32 bytes from base64 or base64url, with or without padding and white space around; null for anything else. */
export function decodeMasterKey(text: string): Buffer | null {
  const trimmed = text.trim()
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return null
  const bytes = Buffer.from(trimmed, 'base64')
  return bytes.length === MASTER_KEY_BYTES ? bytes : null
}

/** Tells the right master key from a wrong one without giving it away. Base64url text. */
export function checkValue(masterKey: Buffer, vaultId: string): string {
  return derive(masterKey, vaultId, 'check').toString('base64url')
}

export const opens = (masterKey: Buffer, record: { vaultId: string; check: string }): boolean =>
  equalInConstantTime(checkValue(masterKey, record.vaultId), record.check)

/** Makes the working keys and then zeroes the master key. */
export function consumeMasterKey(masterKey: Buffer, vaultId: string): VaultKeys {
  const keys = {
    vaultId,
    sealing: secretKey(derive(masterKey, vaultId, 'seal')),
    fingerprinting: secretKey(derive(masterKey, vaultId, 'fingerprint')),
  }
  masterKey.fill(0)
  return keys
}

/** HMAC-SHA-256, base64url. The length before the scope keeps ("ab", "c") apart from ("a", "bc"). */
export function fingerprintOf(keys: VaultKeys, secret: string, scope: string): string {
  const message = `${scope.length}:${scope}:${secret}`
  return createHmac('sha256', keys.fingerprinting).update(message, 'utf8').digest('base64url')
}

export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8')
  const right = Buffer.from(b, 'utf8')
  return left.length === right.length && timingSafeEqual(left, right)
}

/** HKDF-SHA-256 (RFC 5869): one key for each purpose, so that no use of one says anything about another. */
const derive = (masterKey: Buffer, vaultId: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, vaultId, `fabula vault 1 ${purpose}`, MASTER_KEY_BYTES))

function secretKey(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

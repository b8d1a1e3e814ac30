import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/**
 * AES-256-GCM (NIST SP 800-38D) with a fresh random nonce. Layout: format (1 byte), nonce (12), tag (16), ciphertext.
 * `context` is authenticated with it: what was sealed for one place does not open in another.
 */
export function sealBytes(key: KeyObject, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(authenticated(context))
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ciphertext])
}

/** The plain bytes, or null when the key or the context is another, or a bit was changed. */
export function openBytes(key: KeyObject, sealed: Buffer, context: string): Buffer | null {
  if (sealed.length < HEADER_BYTES || sealed[0] !== FORMAT) return null
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(authenticated(context))
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES))
  const plain = decipher.update(sealed.subarray(HEADER_BYTES))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch {
    plain.fill(0)
    return null
  }
}

/** The format byte is authenticated too, so that no later format can be passed off as this one. */
const authenticated = (context: string): Buffer => Buffer.from(`fabula:${FORMAT}:${context}`, 'utf8')

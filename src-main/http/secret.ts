import { randomBytes } from 'node:crypto'
import { digestOf, isSameDigest } from '@main/platform/digest'

/** A secret that lasts as long as this run: who has it was given it by us. */
export interface Secret {
  text: string
  /** In constant time. */
  matches(given: string | undefined): boolean
}

/** 256 random bits, of letters, digits, `-` and `_`. */
export function createSecret(): Secret {
  const text = randomBytes(32).toString('base64url')
  const own = digestOf(text)
  return { text, matches: (given) => given !== undefined && isSameDigest(digestOf(given), own) }
}

/** What a header `Authorization` brings as bearer. The scheme's name may be in any case (RFC 9110). */
export const bearerOf = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]

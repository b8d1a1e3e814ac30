import { hash, timingSafeEqual } from 'node:crypto'

/** SHA-256 of a text. Of a secret of 256 random bits it tells nothing: there is nothing to guess, so it need not be slow. */
export const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer')

/** Compares in constant time: how long it takes does not tell where two digests begin to differ. */
export const isSameDigest = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other)

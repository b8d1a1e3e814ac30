import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const PREFIX = 'fab-'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_BYTES = 32
/** Base62 digits that 256 bits, and the 32 of the checksum, never exceed. */
const RANDOM_DIGITS = 43
const CHECK_DIGITS = 6

const KEY = new RegExp(`^${PREFIX}([0-9A-Za-z]{${RANDOM_DIGITS}})([0-9A-Za-z]{${CHECK_DIGITS}})$`)

function inBase62(value: bigint, digits: number): string {
  let text = ''
  for (let rest = value; text.length < digits; rest /= 62n) text = (DIGITS[Number(rest % 62n)] ?? '') + text
  return text
}

const checkOf = (random: string): string => inBase62(BigInt(crc32(PREFIX + random)), CHECK_DIGITS)

/**
 * A new key for the gateway: `fab-`, 256 random bits, and a checksum (CRC-32), in letters and digits, so that a double click
 * takes it whole, and scanners for keys that were published by mistake can tell it from other text.
 */
export function newKeyText(): string {
  const random = inBase62(BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`), RANDOM_DIGITS)
  return `${PREFIX}${random}${checkOf(random)}`
}

/** Whether a text is a key that Fabula may have made: nothing was cut off or mistyped. */
export function isKeyText(text: string): boolean {
  const [, random, check] = KEY.exec(text) ?? []
  return random !== undefined && checkOf(random) === check
}

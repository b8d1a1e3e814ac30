/**
 * A text in which secrets are looked for: its UTF-8 bytes, one character each, in one spelling, so that a secret is found
 * whatever a server made of its letters. Each byte knows the piece of the original text that it came from.
 */
export interface DecodedText {
  bytes: string
  /** Where the piece of byte `i` begins in the original text. */
  from: readonly number[]
  /** Where it ends. */
  to: readonly number[]
}

/**
 * The ways in which servers write a character by its number: a surrogate pair in JSON, one character in JSON, `\x73`, a
 * short JSON escape, `%73`, `&#115;`, `&#x73;`, `&amp;`.
 */
const escapes =
  /\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/bfnrt])|%([0-9a-f]{2})|&#(\d{1,7});?|&#x([0-9a-f]{1,6});?|&(amp|lt|gt|quot|apos);/g

/** The beginning of an escape that a cut left at the end of a text. */
const begunEscape = /(?:\\u?[0-9a-f]{0,3}|%[0-9a-f]?|&#?x?[0-9a-f]{0,6})$/

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const shortEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const HIGHEST_CODE_POINT = 0x10_ff_ff

/**
 * The spelling in which texts and secrets are compared. Without case, because servers change it. The two alphabets of
 * base64 (RFC 4648) count as one, and a space as the plus that forms put in its place.
 */
export function inOneSpelling(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1')
  return bytes.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/[ +_]/g, sameAs)
}

const sameAs = (character: string): string => (character === '_' ? '/' : '-')

export function decodedText(text: string): DecodedText {
  const from: number[] = []
  const to: number[] = []
  let bytes = ''
  let at = 0
  for (const character of text) {
    const written = inOneSpelling(character)
    bytes += written
    for (let count = 0; count < written.length; count += 1) {
      from.push(at)
      to.push(at + character.length)
    }
    at += character.length
  }
  return { bytes, from, to }
}

/** The same text with one layer of escapes taken off; null when there is none. */
export function withoutEscapes(text: DecodedText): DecodedText | null {
  const from: number[] = []
  const to: number[] = []
  let bytes = ''
  let done = 0
  const keep = (end: number) => {
    bytes += text.bytes.slice(done, end)
    for (; done < end; done += 1) {
      from.push(text.from[done] ?? 0)
      to.push(text.to[done] ?? 0)
    }
  }
  for (const match of text.bytes.matchAll(escapes)) {
    const decoded = bytesOf(match)
    if (decoded === null) continue
    keep(match.index)
    done = match.index + match[0].length
    bytes += decoded
    for (let count = 0; count < decoded.length; count += 1) {
      from.push(text.from[match.index] ?? 0)
      to.push(text.to[done - 1] ?? 0)
    }
  }
  if (done === 0) return null
  keep(text.bytes.length)
  return { bytes, from, to }
}

/** The bytes of a text without the escape that a cut left unfinished at its end. */
export const withoutBegunEscape = ({ bytes }: DecodedText): string => bytes.replace(begunEscape, '')

/** What an escape stands for, in bytes; null when it is no character. */
function bytesOf(match: RegExpMatchArray): string | null {
  const [, high, low, unicode, hex, short, percent, decimal, entity, name] = match
  if (high !== undefined && low !== undefined)
    return inOneSpelling(String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)))
  if (short !== undefined) return shortEscapes[short] ?? short
  if (name !== undefined) return named[name] ?? null
  const byte = hex ?? percent
  if (byte !== undefined) return spelledByte(Number.parseInt(byte, 16))
  const point = decimal === undefined ? Number.parseInt(unicode ?? entity ?? '', 16) : Number(decimal)
  return point <= HIGHEST_CODE_POINT ? inOneSpelling(String.fromCodePoint(point)) : null
}

/** A byte above ASCII is part of a character, and has no other spelling. */
const spelledByte = (byte: number): string =>
  byte < 0x80 ? inOneSpelling(String.fromCodePoint(byte)) : String.fromCodePoint(byte)

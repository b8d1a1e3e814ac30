export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251'

/** Of the bytes that are no ASCII, this share at most may be broken in a text that is taken for UTF-8. */
const MOST_BROKEN = 0.3

/**
 * The text that bytes stand for: UTF-8 or UTF-16, by the mark at their beginning or by what they hold, and else
 * Windows-1251, in which old programs keep Russian. Null for what is none of them: a damaged file.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } | null {
  const encoding = marked(bytes) ?? unmarked(bytes)
  if (encoding === null) return null
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch {
    return null
  }
}

/** A text may hold the sign for what is broken and be whole itself. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** By the byte order mark, which the decoder takes off. */
function marked([first, second]: Uint8Array): TextEncoding | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}

function unmarked(bytes: Uint8Array): TextEncoding | null {
  // JSON begins with a sign of ASCII, of which UTF-16 makes two bytes, one of them 0.
  const [first, second] = bytes
  if (bytes.length % 2 === 0 && first !== undefined && second !== undefined && (first === 0) !== (second === 0))
    return first === 0 ? 'utf-16be' : 'utf-16le'
  if (isUtf8(bytes)) return 'utf-8'
  const broken = new TextDecoder().decode(bytes).split('\ufffd').length - 1
  const beyondAscii = bytes.reduce((count, byte) => (byte > 0x7f ? count + 1 : count), 0)
  return broken > beyondAscii * MOST_BROKEN ? 'windows-1251' : null
}

import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { FabulaError, FileError } from '@contract/errors'

/** A text that a PNG carries beside its picture. */
export interface PngText {
  keyword: string
  text: string
}

/** Bytes of a text after it was unpacked: those that are packed are made to be small, or to do harm. */
const LONGEST_TEXT = 64_000_000

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Chunks that hold texts. */
const TEXTS: ReadonlySet<string> = new Set(['tEXt', 'zTXt', 'iTXt'])

interface Chunk {
  type: string
  data: Buffer
  /** Where it begins and ends in the file, with its length, type and checksum. */
  start: number
  end: number
}

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length))

/** The texts of a PNG, in their order. Throws `file_damaged` for a file that ends too early, `file_too_large` for a bomb. */
export function pngTexts(bytes: Buffer): PngText[] {
  return chunksOf(bytes).flatMap(({ type, data }) => {
    const found = TEXTS.has(type) ? textOf(type, data) : null
    return found ? [found] : []
  })
}

/** The same picture, byte for byte, with these texts in the place of all that have one of the keywords. */
export function withPngTexts(bytes: Buffer, keywords: readonly string[], texts: readonly PngText[]): Buffer {
  const replaced = new Set(keywords.map((keyword) => keyword.toLowerCase()))
  const chunks = chunksOf(bytes)
  const parts: Buffer[] = [SIGNATURE]
  for (const { type, data, start, end } of chunks) {
    if (TEXTS.has(type) && replaced.has(keywordOf(data).toLowerCase())) continue
    if (type === 'IEND') parts.push(...texts.map(({ keyword, text }) => textChunk(keyword, text)))
    parts.push(bytes.subarray(start, end))
  }
  // What other programs put behind the end of the picture stays there.
  parts.push(bytes.subarray(chunks.at(-1)?.end ?? SIGNATURE.length))
  return Buffer.concat(parts)
}

function chunksOf(bytes: Buffer): Chunk[] {
  if (!isPng(bytes)) throw damaged('is no PNG')
  const chunks: Chunk[] = []
  let at = SIGNATURE.length
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (end > bytes.length) throw damaged(`ends in the middle of its part ${type}`)
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), start: at, end })
    if (type === 'IEND') return chunks
    at = end
  }
  throw damaged('has no end')
}

const keywordOf = (data: Buffer): string => data.toString('latin1', 0, Math.max(0, data.indexOf(0)))

/** PNG specification, sections 11.3.4.3 to 11.3.4.5. Null for a chunk that is none. */
function textOf(type: string, data: Buffer): PngText | null {
  const nul = data.indexOf(0)
  if (nul < 1) return null
  const keyword = keywordOf(data)
  const rest = data.subarray(nul + 1)
  if (type === 'tEXt') return { keyword, text: textFrom(rest) }
  if (type === 'zTXt') return { keyword, text: textFrom(inflated(rest.subarray(1))) }
  const packed = rest[0] === 1
  const language = rest.indexOf(0, 2)
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1)
  if (translated < 0) return null
  const text = rest.subarray(translated + 1)
  return { keyword, text: textFrom(packed ? inflated(text) : text) }
}

/** Texts are to be Latin-1, except in `iTXt`; programs that write cards put UTF-8 into all of them. */
function textFrom(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: LONGEST_TEXT })
  } catch (error) {
    if (error instanceof RangeError)
      throw new FabulaError(FileError.TooLarge, 'A text of the picture is too large', {
        details: { limit: LONGEST_TEXT },
        cause: error,
      })
    throw damaged('holds a text that cannot be unpacked', error)
  }
}

function textChunk(keyword: string, text: string): Buffer {
  return chunk('tEXt', Buffer.concat([Buffer.from(`${keyword}\0`, 'latin1'), Buffer.from(text, 'latin1')]))
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, checksum])
}

/** A picture of one colour, for a card that has none: `width` by `height` pixels, colour as red, green and blue, 0 to 255. */
export function plainPng(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for each of three colours, no interlacing.
  header.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

const damaged = (reason: string, cause?: unknown): FabulaError =>
  new FabulaError(FileError.Damaged, `The picture ${reason}`, { details: { reason }, cause })

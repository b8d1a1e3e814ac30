import type { FileHandle } from 'node:fs/promises'
import { flacFacts } from './read-flac'
import type { SaidOfItself } from './said-of-itself'

const MAGIC = 'OggS'
/** Bytes of a page before the list of its segments, and of the largest page that there can be. */
const PAGE_HEAD = 27
const LARGEST_PAGE = 65_307
/** Where the last page of a stream says that no packet ends in it. */
const NO_PLACE = -1n
/** Of Opus, whatever it was made of: hertz. */
const OPUS_RATE = 48_000

/**
 * Reads what an Ogg says of itself: the first page tells the coding (Opus, Vorbis, FLAC), and the last one how many samples
 * there are up to its end.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3533, https://www.rfc-editor.org/rfc/rfc7845, https://xiph.org/vorbis/doc/Vorbis_I_spec.html
 */
export async function readOgg(file: FileHandle): Promise<SaidOfItself> {
  const { size } = await file.stat()
  const first = await bytesAt(file, 0, Math.min(size, LARGEST_PAGE))
  const page = pageAt(first, 0)
  if (!page) return {}
  const stream = streamOf(first.subarray(page.from, page.to))
  if (!stream) return {}
  const from = Math.max(0, size - 2 * LARGEST_PAGE)
  const samples = lastPlace(await bytesAt(file, from, size - from), page.serial)
  const { skipped, channels, sampleRate } = stream
  if (samples === null || samples <= skipped || !Number.isSafeInteger(samples * 1000)) return { channels, sampleRate }
  return { durationMs: Math.round(((samples - skipped) / sampleRate) * 1000), channels, sampleRate }
}

async function bytesAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, from)
  return bytes.subarray(0, bytesRead)
}

interface Page {
  /** Of its content. */
  from: number
  to: number
  serial: number
  /** Samples up to the end of the last packet that ends in it. */
  place: bigint
}

/** The page that begins at a place; null where none does, and where it is not whole. */
function pageAt(bytes: Buffer, at: number): Page | null {
  if (at + PAGE_HEAD > bytes.length || bytes.toString('latin1', at, at + MAGIC.length) !== MAGIC) return null
  if (bytes[at + MAGIC.length] !== 0) return null
  const from = at + PAGE_HEAD + (bytes[at + PAGE_HEAD - 1] ?? 0)
  const to = bytes.subarray(at + PAGE_HEAD, from).reduce((sum, length) => sum + length, from)
  if (to > bytes.length) return null
  return { from, to, serial: bytes.readUInt32LE(at + 14), place: bytes.readBigInt64LE(at + 6) }
}

/** The samples up to the end of the last whole page of a stream. */
function lastPlace(bytes: Buffer, serial: number): number | null {
  for (let at = bytes.lastIndexOf(MAGIC); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(MAGIC, at - 1)) {
    const page = pageAt(bytes, at)
    if (page?.serial === serial && page.place !== NO_PLACE) return Number(page.place)
  }
  return null
}

/** What the first packet of a stream says; null for what is no sound. */
function streamOf(packet: Buffer): { channels: number; sampleRate: number; skipped: number } | null {
  const begins = (word: string) => packet.toString('latin1', 0, word.length) === word
  const stream = (channels = 0, sampleRate = 0, skipped = 0) =>
    channels > 0 && sampleRate > 0 ? { channels, sampleRate, skipped } : null
  if (begins('OpusHead') && packet.length >= 12) return stream(packet[9], OPUS_RATE, packet.readUInt16LE(10))
  if (begins('\u0001vorbis') && packet.length >= 16) return stream(packet[11], packet.readUInt32LE(12))
  if (!begins('\u007fFLAC')) return null
  // The beginning of a FLAC file, behind nine bytes of its own.
  const { channels, sampleRate } = flacFacts(packet.subarray(9))
  return stream(channels, sampleRate)
}

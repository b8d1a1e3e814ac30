import type { FileHandle } from 'node:fs/promises'
import type { SaidOfItself } from './said-of-itself'

/** What a film says of itself stands at its beginning. Bytes. */
const BEGINNING = 1 << 16

/** Elements that hold others: Segment, Info, Tracks, TrackEntry, Video, Audio. */
const HOLDERS = new Set([0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0xe1])
const SCALE = 0x2ad7b1
const DURATION = 0x4489
const NUMBERS = { width: 0xb0, height: 0xba, channels: 0x9f, sampleRate: 0xb5 } as const

/**
 * Reads what a WebM file says of itself: how long it is, and its picture and sound.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9559
 */
export async function readWebm(file: FileHandle): Promise<SaidOfItself> {
  const beginning = Buffer.alloc(BEGINNING)
  const { bytesRead } = await file.read(beginning, 0, BEGINNING, 0)
  const found = new Map<number, number>()
  gather(beginning.subarray(0, bytesRead), found)
  const said: SaidOfItself = {}
  for (const name of ['width', 'height', 'channels', 'sampleRate'] as const) {
    const value = found.get(NUMBERS[name])
    if (value !== undefined && value >= 1) said[name] = Math.round(value)
  }
  const duration = found.get(DURATION)
  // Nanoseconds of one step; a millisecond unless said.
  const scale = found.get(SCALE) ?? 1_000_000
  if (duration !== undefined && duration >= 0) said.durationMs = Math.round((duration * scale) / 1_000_000)
  return said
}

/** Notes the numbers of the elements, as far as they are there; the first of each. */
function gather(bytes: Buffer, found: Map<number, number>): void {
  for (let at = 0; at < bytes.length;) {
    const id = numberAt(bytes, at, true)
    const size = id && numberAt(bytes, id.end, false)
    if (!id || !size) return
    const content = bytes.subarray(size.end, Math.min(bytes.length, size.end + size.value))
    if (HOLDERS.has(id.value)) gather(content, found)
    else if (isNumber(id.value) && !found.has(id.value)) found.set(id.value, valueOf(id.value, content))
    at = size.end + size.value
  }
}

const isNumber = (id: number) => id === SCALE || id === DURATION || Object.values<number>(NUMBERS).includes(id)

/** Two of them are written as floating-point numbers. */
function valueOf(id: number, content: Buffer): number {
  if (id !== DURATION && id !== NUMBERS.sampleRate)
    return content.length > 0 && content.length <= 6 ? content.readUIntBE(0, content.length) : -1
  if (content.length === 8) return content.readDoubleBE()
  return content.length === 4 ? content.readFloatBE() : -1
}

/** A number as long as the zeros before its first bit say; an id keeps that bit. */
function numberAt(bytes: Buffer, at: number, isId: boolean): { value: number; end: number } | null {
  const first = bytes[at]
  if (first === undefined || first === 0) return null
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return null
  let value = isId ? first : first & (0xff >> length)
  for (let index = 1; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0)
  return { value, end: at + length }
}

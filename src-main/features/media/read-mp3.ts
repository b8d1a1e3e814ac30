import type { FileHandle } from 'node:fs/promises'
import type { SaidOfItself } from './said-of-itself'

/** The first frame is looked for in so many bytes behind the tag. */
const SEARCHED = 1 << 14
/** Kilobits a second of layer III, and hertz, by what a frame says: MPEG 1, and MPEG 2 and 2.5. */
const RATES = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const HERTZ = [44_100, 48_000, 32_000] as const

/**
 * Reads what an MP3 says of itself by its first frame: how many frames there are, where it says so (`Xing`, `Info`), else how
 * long it would be if all were as large as the first.
 */
export async function readMp3(file: FileHandle): Promise<SaidOfItself> {
  const { size } = await file.stat()
  const tag = Buffer.alloc(10)
  await file.read(tag, 0, 10, 0)
  const from = tag.toString('latin1', 0, 3) === 'ID3' ? 10 + tagLength(tag) : 0
  const bytes = Buffer.alloc(SEARCHED)
  const { bytesRead } = await file.read(bytes, 0, SEARCHED, from)
  for (let at = 0; at + 200 <= bytesRead; at += 1) {
    if (bytes[at] !== 0xff) continue
    const frame = frameAt(bytes, at)
    if (frame) return lengthOf(frame, bytes.subarray(at, bytesRead), size - from - at)
  }
  return {}
}

/** Seven bits of each byte. */
const tagLength = (tag: Buffer): number =>
  ((tag[6] ?? 0) << 21) | ((tag[7] ?? 0) << 14) | ((tag[8] ?? 0) << 7) | (tag[9] ?? 0)

interface Frame {
  isFirstVersion: boolean
  sampleRate: number
  kilobits: number
  channels: number
}

function frameAt(bytes: Buffer, at: number): Frame | null {
  const [second = 0, third = 0, fourth = 0] = bytes.subarray(at + 1, at + 4)
  const version = (second >> 3) & 3
  if ((second & 0xe0) !== 0xe0 || version === 1 || ((second >> 1) & 3) !== 1) return null
  const isFirstVersion = version === 3
  const hertz = HERTZ[(third >> 2) & 3]
  const kilobits = RATES[isFirstVersion ? 'one' : 'two'][third >> 4]
  if (hertz === undefined || !kilobits) return null
  const sampleRate = isFirstVersion ? hertz : version === 2 ? hertz / 2 : hertz / 4
  return { isFirstVersion, sampleRate, kilobits, channels: fourth >> 6 === 3 ? 1 : 2 }
}

/** @param size bytes from the first frame to the end */
function lengthOf(
  { isFirstVersion, sampleRate, kilobits, channels }: Frame,
  bytes: Buffer,
  size: number
): SaidOfItself {
  const side = isFirstVersion ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17
  const mark = bytes.toString('latin1', 4 + side, 8 + side)
  const countsFrames = (mark === 'Xing' || mark === 'Info') && (bytes.readUInt32BE(8 + side) & 1) === 1
  const seconds = countsFrames
    ? (bytes.readUInt32BE(12 + side) * (isFirstVersion ? 1152 : 576)) / sampleRate
    : size / (kilobits * 125)
  return { durationMs: Math.round(seconds * 1000), channels, sampleRate }
}

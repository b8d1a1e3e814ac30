import type { FileHandle } from 'node:fs/promises'
import type { MediaFile } from '@contract/entities/media'

/** How many steps the loudness of a whole file is told in. */
const PEAKS = 400
/** Bytes that are read at once. */
const PIECE = 1 << 18
/** The loudest that 16 bits can say. */
const LOUDEST = 32_768

interface Format {
  channels: number
  sampleRate: number
  bits: number
  /** 1: whole numbers. */
  coding: number
}

/**
 * Reads a WAV: its format, its length, and the loudest sample of each of 400 equal steps, from 0 to 1 (only of 16-bit sound).
 * Null where it is not whole.
 *
 * @see https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
export async function readWav(
  file: FileHandle
): Promise<{ facts: Pick<MediaFile, 'durationMs' | 'channels' | 'sampleRate'>; peaks: number[] } | null> {
  const { size } = await file.stat()
  const head = Buffer.alloc(24)
  let format: Format | null = null
  for (let at = 12; at + 8 <= size;) {
    // Each part says where the next one begins.
    await file.read(head, 0, 24, at)
    const name = head.toString('latin1', 0, 4)
    const length = Math.min(head.readUInt32LE(4), size - at - 8)
    if (name === 'fmt ' && length >= 16) format = formatOf(head)
    if (name === 'data') return format && (await soundOf(file, format, at + 8, length))
    at += 8 + length + (length % 2)
  }
  return null
}

function formatOf(head: Buffer): Format | null {
  const coding = head.readUInt16LE(8)
  const channels = head.readUInt16LE(10)
  const sampleRate = head.readUInt32LE(12)
  const bits = head.readUInt16LE(22)
  return channels > 0 && sampleRate > 0 && bits >= 8 ? { coding, channels, sampleRate, bits } : null
}

async function soundOf(file: FileHandle, format: Format, from: number, length: number) {
  const { channels, sampleRate, bits, coding } = format
  const frames = Math.floor(length / (channels * Math.ceil(bits / 8)))
  const facts = { durationMs: Math.round((frames / sampleRate) * 1000), channels, sampleRate }
  const isPlain = bits === 16 && (coding === 1 || coding === 0xfffe)
  return { facts, peaks: isPlain && frames > 0 ? await peaksOf(file, from, frames * channels) : [] }
}

/** @param samples of all channels together */
async function peaksOf(file: FileHandle, from: number, samples: number): Promise<number[]> {
  const steps = Math.min(PEAKS, samples)
  const peaks = Array<number>(steps).fill(0)
  const piece = Buffer.alloc(PIECE)
  for (let done = 0; done < samples;) {
    const { bytesRead } = await file.read(piece, 0, Math.min(PIECE, (samples - done) * 2), from + done * 2)
    const read = bytesRead >> 1
    if (read === 0) break
    for (let index = 0; index < read; index += 1) {
      const step = Math.floor(((done + index) / samples) * steps)
      const loud = Math.abs(piece.readInt16LE(index * 2)) / LOUDEST
      if (loud > (peaks[step] ?? 0)) peaks[step] = loud
    }
    done += read
  }
  return peaks.map((loud) => Math.round(loud * 1000) / 1000)
}

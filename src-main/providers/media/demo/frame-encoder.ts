import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import createEncoder from '@jsquash/webp/codec/enc/webp_enc.js'
import { defaultOptions } from '@jsquash/webp/meta.js'

/** Makes a VP8 key frame of a picture with four bytes for each pixel. */
export type EncodeFrame = (
  picture: Uint8ClampedArray<ArrayBuffer>,
  size: { width: number; height: number }
) => Uint8Array

/** Fast, and good enough for shapes: 0 to 6, and 0 to 100. */
const EFFORT = { method: 0, quality: 68 }

let opened: Promise<EncodeFrame> | null = null

/** Opens libwebp, once: a lossy WebP picture is a VP8 key frame in a frame of its own. */
export const openFrameEncoder = (): Promise<EncodeFrame> => (opened ??= open())

async function open(): Promise<EncodeFrame> {
  const file = createRequire(import.meta.url).resolve('@jsquash/webp/codec/enc/webp_enc.wasm')
  const encoder = await createEncoder({ noInitialRun: true, wasmBinary: await readFile(file) })
  return (picture, { width, height }) => {
    const webp = encoder.encode(picture, width, height, { ...defaultOptions, ...EFFORT })
    if (!webp) throw new Error('A picture could not be encoded')
    return frameIn(webp)
  }
}

/** The chunk `VP8 ` of a WebP file (RIFF). */
function frameIn(webp: Uint8Array): Uint8Array {
  const bytes = Buffer.from(webp.buffer, webp.byteOffset, webp.byteLength)
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4)
    if (bytes.toString('latin1', at, at + 4) === 'VP8 ') return Uint8Array.from(bytes.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  throw new Error('The picture has no VP8 frame')
}

import type { FileHandle } from 'node:fs/promises'
import type { SaidOfItself } from './said-of-itself'

/** More than the table of contents of any file that Fabula takes. Bytes. */
const LARGEST_CONTENTS = 1 << 24
/** Boxes that hold others on the way to what is looked for. */
const HOLDERS = new Set(['trak', 'mdia', 'minf', 'stbl'])

/**
 * Reads what an MP4 file says of itself, wherever its table of contents (`moov`) stands.
 *
 * @see https://developer.apple.com/documentation/quicktime-file-format
 */
export async function readMp4(file: FileHandle): Promise<SaidOfItself> {
  const { size } = await file.stat()
  const head = Buffer.alloc(16)
  for (let at = 0; at + 8 <= size;) {
    // Each box says where the next one begins.
    await file.read(head, 0, 16, at)
    const short = head.readUInt32BE(0)
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? size - at : short
    if (length < 8) return {}
    if (head.toString('latin1', 4, 8) === 'moov') {
      const contents = Buffer.alloc(Math.min(length - 8, LARGEST_CONTENTS))
      await file.read(contents, 0, contents.length, at + 8)
      const said: SaidOfItself = {}
      gather(contents, said)
      return said
    }
    at += length
  }
  return {}
}

function gather(boxes: Buffer, said: SaidOfItself): void {
  for (let at = 0; at + 8 <= boxes.length;) {
    const length = boxes.readUInt32BE(at)
    if (length < 8) return
    const name = boxes.toString('latin1', at + 4, at + 8)
    const content = boxes.subarray(at + 8, at + length)
    if (HOLDERS.has(name)) gather(content, said)
    if (name === 'mvhd') readLength(content, said)
    if (name === 'tkhd') readSize(content, said)
    if (name === 'stsd') readSound(content, said)
    at += length
  }
}

/** The second version has times of eight bytes. */
function readLength(box: Buffer, said: SaidOfItself): void {
  const isLong = box[0] === 1
  if (box.length < (isLong ? 32 : 20)) return
  const scale = box.readUInt32BE(isLong ? 20 : 12)
  const duration = isLong ? Number(box.readBigUInt64BE(24)) : box.readUInt32BE(16)
  if (scale > 0) said.durationMs = Math.round((duration / scale) * 1000)
}

/** Of the track that can be seen; numbers of 16 bits before the point and 16 behind it. */
function readSize(box: Buffer, said: SaidOfItself): void {
  if (box.length < 8) return
  const [width, height] = [box.readUInt16BE(box.length - 8), box.readUInt16BE(box.length - 4)]
  if (width > 0 && height > 0) Object.assign(said, { width, height })
}

function readSound(box: Buffer, said: SaidOfItself): void {
  if (box.length < 44 || !/^(mp4a|Opus|ac-3|ec-3|alac|fLaC|\.mp3)$/.test(box.toString('latin1', 12, 16))) return
  const channels = box.readUInt16BE(32)
  const sampleRate = box.readUInt16BE(40)
  if (channels > 0 && sampleRate > 0) Object.assign(said, { channels, sampleRate })
}

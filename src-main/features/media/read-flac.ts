import type { FileHandle } from 'node:fs/promises'
import type { SaidOfItself } from './said-of-itself'

const MAGIC = 'fLaC'
/** Bytes of the block that comes first in every file (`STREAMINFO`), and of the head of a block. */
const STREAM_INFO = 34
const BLOCK_HEAD = 4

/**
 * Reads what a FLAC says of itself.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9639#name-streaminfo
 */
export async function readFlac(file: FileHandle): Promise<SaidOfItself> {
  const head = Buffer.alloc(MAGIC.length + BLOCK_HEAD + STREAM_INFO)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  return flacFacts(head.subarray(0, bytesRead))
}

/** What stands behind the word that every FLAC begins with. A stream that was still going on does not say how long it is. */
export function flacFacts(head: Buffer): SaidOfItself {
  const info = head.subarray(MAGIC.length + BLOCK_HEAD, MAGIC.length + BLOCK_HEAD + STREAM_INFO)
  const kind = (head[MAGIC.length] ?? 0) & 0x7f
  if (info.length < STREAM_INFO || kind !== 0 || head.toString('latin1', 0, MAGIC.length) !== MAGIC) return {}
  // 20 bits of hertz, 3 of channels, 5 of bits, 36 of samples.
  const sampleRate = info.readUIntBE(10, 3) >> 4
  const channels = (((info[12] ?? 0) >> 1) & 7) + 1
  const samples = ((info[13] ?? 0) & 0xf) * 2 ** 32 + info.readUInt32BE(14)
  if (sampleRate === 0) return {}
  const length = samples === 0 ? {} : { durationMs: Math.round((samples / sampleRate) * 1000) }
  return { ...length, channels, sampleRate }
}

import type { Pcm } from '@main/providers/spec/media'

/** Bytes before the samples in the files that Fabula writes. */
const WAV_HEADER_BYTES = 44
const BYTES_PER_SAMPLE = 2
/** The form of the samples: whole numbers, or whatever the extended header says further on. */
const PCM_FORMAT = 1
const EXTENSIBLE_FORMAT = 0xfffe
const MOST_BYTES = 0xffff_ffff
/** A file that was streamed says nothing of its length, or the most there can be. */
const UNKNOWN_LENGTH = 0x7fff_0000

/** The beginning of a WAV file with 16-bit samples (RIFF, Microsoft 1991). `bytes`: of the samples that follow. */
export function wavHeader({ sampleRate, channels }: Pick<Pcm, 'sampleRate' | 'channels'>, bytes: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(WAV_HEADER_BYTES))
  const text = (at: number, word: string) => {
    for (let index = 0; index < word.length; index += 1) header.setUint8(at + index, word.charCodeAt(index))
  }
  const frame = channels * BYTES_PER_SAMPLE
  text(0, 'RIFF')
  header.setUint32(4, Math.min(MOST_BYTES, bytes + WAV_HEADER_BYTES - 8), true)
  text(8, 'WAVEfmt ')
  header.setUint32(16, 16, true)
  header.setUint16(20, PCM_FORMAT, true)
  header.setUint16(22, channels, true)
  header.setUint32(24, sampleRate, true)
  header.setUint32(28, sampleRate * frame, true)
  header.setUint16(32, frame, true)
  header.setUint16(34, BYTES_PER_SAMPLE * 8, true)
  text(36, 'data')
  header.setUint32(40, Math.min(MOST_BYTES, bytes), true)
  return new Uint8Array(header.buffer)
}

/** Samples as they stand in a file. */
export function samplesAsBytes(samples: Int16Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(samples.length * BYTES_PER_SAMPLE))
  for (let at = 0; at < samples.length; at += 1) bytes.setInt16(at * BYTES_PER_SAMPLE, samples[at] ?? 0, true)
  return new Uint8Array(bytes.buffer)
}

/** Samples that stand in bytes one behind the other; half of one at the end is left out. */
export function samplesFrom(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const samples = new Int16Array(Math.floor(bytes.byteLength / BYTES_PER_SAMPLE))
  for (let at = 0; at < samples.length; at += 1) samples[at] = view.getInt16(at * BYTES_PER_SAMPLE, true)
  return samples
}

export const wavFile = (pcm: Pcm): Uint8Array => {
  const samples = samplesAsBytes(pcm.samples)
  const file = new Uint8Array(WAV_HEADER_BYTES + samples.length)
  file.set(wavHeader(pcm, samples.length))
  file.set(samples, WAV_HEADER_BYTES)
  return file
}

export const isWav = (bytes: Uint8Array): boolean => wordAt(bytes, 0) === 'RIFF' && wordAt(bytes, 8) === 'WAVE'

/**
 * Reads a WAV file of 16-bit samples. `cut`: it ends before its header says; `not_wav`: it is something else, or its samples
 * are of another form.
 */
export function readWav(bytes: Uint8Array): Pcm | 'not_wav' | 'cut' {
  if (!isWav(bytes)) return bytes.length < 12 && 'RIFF'.startsWith(wordAt(bytes, 0)) ? 'cut' : 'not_wav'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let form: Pick<Pcm, 'sampleRate' | 'channels'> | null = null
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = wordAt(bytes, at)
    const length = view.getUint32(at + 4, true)
    const begin = at + 8
    if (name === 'fmt ') {
      form = begin + 16 <= bytes.length ? formAt(view, begin) : null
      if (!form) return 'not_wav'
    }
    if (name === 'data') {
      if (!form) return 'not_wav'
      const isKnown = length > 0 && length < UNKNOWN_LENGTH
      if (isKnown && begin + length > bytes.length) return 'cut'
      return { ...form, samples: samplesFrom(bytes.subarray(begin, isKnown ? begin + length : undefined)) }
    }
    // A chunk of odd length is followed by a byte that says nothing.
    at = begin + length + (length % 2)
  }
  return 'cut'
}

function formAt(view: DataView, at: number): Pick<Pcm, 'sampleRate' | 'channels'> | null {
  const format = view.getUint16(at, true)
  const channels = view.getUint16(at + 2, true)
  const sampleRate = view.getUint32(at + 4, true)
  const bits = view.getUint16(at + 14, true)
  const isPcm = format === PCM_FORMAT || format === EXTENSIBLE_FORMAT
  return isPcm && bits === 16 && channels > 0 && sampleRate > 0 ? { sampleRate, channels } : null
}

const wordAt = (bytes: Uint8Array, at: number): string => String.fromCodePoint(...bytes.subarray(at, at + 4))

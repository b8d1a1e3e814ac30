import type { FileHandle } from 'node:fs/promises'
import type { MediaFile } from '@contract/entities/media'
import type { KeptFile, MediaFolder } from '@main/data/media-folder'
import { readFlac } from './read-flac'
import { readMp3 } from './read-mp3'
import { readMp4 } from './read-mp4'
import { readOgg } from './read-ogg'
import { readWav } from './read-wav'
import { readWebm } from './read-webm'
import type { SaidOfItself } from './said-of-itself'

/** What a file says of itself, and how loud it is where that can be read without a decoder. */
export interface MediaFacts {
  file: MediaFile
  peaks: number[]
}

const nothingSaid = { durationMs: null, channels: null, sampleRate: null, width: null, height: null }

const readers: Readonly<Record<string, (file: FileHandle) => Promise<SaidOfItself>>> = {
  'audio/mpeg': readMp3,
  'audio/mp4': readMp4,
  'audio/flac': readFlac,
  'audio/ogg': readOgg,
  'video/mp4': readMp4,
  'video/webm': readWebm,
}

/** Reads what a file of the folder says of itself. One that says nothing that can be understood is kept all the same. */
export async function readMediaFacts(folder: MediaFolder, kept: KeptFile): Promise<MediaFacts> {
  const { hash, type, bytes } = kept
  const known = { hash, type, bytes, ...nothingSaid }
  const source = await folder.open(hash)
  if (!source) return { file: known, peaks: [] }
  try {
    if (type === 'audio/wav') {
      const wav = await readWav(source)
      return wav ? { file: { ...known, ...wav.facts }, peaks: wav.peaks } : { file: known, peaks: [] }
    }
    return { file: { ...known, ...(await readers[type]?.(source)) }, peaks: [] }
  } finally {
    await source.close()
  }
}

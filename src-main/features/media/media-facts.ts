import type { MediaFile } from '@contract/entities/media'
import type { KeptFile, MediaFolder } from '@main/data/media-folder'
import { readWav } from './read-wav'

/** What a file says of itself, and how loud it is where that can be read without a decoder. */
export interface MediaFacts {
  file: MediaFile
  peaks: number[]
}

const nothingSaid = { durationMs: null, channels: null, sampleRate: null, width: null, height: null }

/** Reads what a file of the folder says of itself. One that says nothing that can be understood is kept all the same. */
export async function readMediaFacts(folder: MediaFolder, kept: KeptFile): Promise<MediaFacts> {
  const { hash, type, bytes } = kept
  const known = { hash, type, bytes }
  const source = await folder.open(hash)
  try {
    if (source && type === 'audio/wav') {
      const wav = await readWav(source)
      if (wav) return { file: { ...known, ...nothingSaid, ...wav.facts }, peaks: wav.peaks }
    }
    return { file: { ...known, ...nothingSaid }, peaks: [] }
  } finally {
    await source?.close()
  }
}

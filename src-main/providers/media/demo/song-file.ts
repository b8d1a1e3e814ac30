import { setImmediate as turn } from 'node:timers/promises'
import { samplesAsBytes, wavHeader } from '@main/providers/kit/wav'
import { composeSong, lengthOfSong, SONG_CHANNELS, SONG_RATE } from './compose-song'

/** Bytes of a sample. */
const SAMPLE = 2

/** A song as a WAV, which is composed while it is read: a bar at a time, and then others have their turn. */
export function songFile(text: string): Response {
  const bars = composeSong(text)
  const bytes = lengthOfSong(text) * SONG_CHANNELS * SAMPLE
  const header = wavHeader({ sampleRate: SONG_RATE, channels: SONG_CHANNELS }, bytes)
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(header),
    pull: async (controller) => {
      await turn()
      const { done, value } = bars.next()
      if (done) controller.close()
      else controller.enqueue(samplesAsBytes(value))
    },
  })
  return new Response(body, {
    headers: { 'content-type': 'audio/wav', 'content-length': String(header.length + bytes) },
  })
}

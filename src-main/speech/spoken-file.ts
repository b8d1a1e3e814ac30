import type { SpokenSentence } from '@contract/entities/media'
import { samplesAsBytes, wavHeader } from '@main/providers/kit/wav'
import type { SpokenText } from './pieces'
import { resampled, resampledLength } from './resample'
import { timesIn } from './sentence-times'
import type { Mono } from './sound'

/** The whole of a text as it is heard. */
export interface SpokenFile {
  /** Hertz; in one channel. */
  sampleRate: number
  durationMs: number
  /** When each sentence is heard, in their order. */
  sentences: SpokenSentence[]
  /** A WAV file, a piece at a time: it may be longer than memory. */
  bytes(): AsyncGenerator<Uint8Array>
}

const BYTES_PER_SAMPLE = 2

/**
 * Joins the sounds of the pieces of a text, with rests between them, at the rate of the first.
 *
 * @param soundOf a piece that was `smoothed`; is asked for twice
 */
export async function spokenFile(
  text: string,
  { sentences, pieces }: SpokenText,
  soundOf: (index: number) => Promise<Mono>
): Promise<SpokenFile> {
  const times: SpokenSentence[] = []
  let sampleRate = 0
  let samples = 0
  const toMs = (count: number) => Math.round((count / sampleRate) * 1_000)
  for (const [index, piece] of pieces.entries()) {
    const sound = await soundOf(index)
    if (sampleRate === 0) ({ sampleRate } = sound)
    samples += pauseLength(piece.pauseMs, sampleRate)
    const begin = toMs(samples)
    for (const { unit, startMs, endMs } of timesIn(text, piece, sound)) {
      const known = times.at(-1)
      const span = sentences[unit.sentence]
      // A sentence that several voices share is one, from the first to the last of them.
      if (known && span && known.from === span.from) known.endMs = begin + endMs
      else if (span) times.push({ ...span, startMs: begin + startMs, endMs: begin + endMs })
    }
    samples += resampledLength(sound.samples.length, sound.sampleRate, sampleRate)
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield wavHeader({ sampleRate, channels: 1 }, samples * BYTES_PER_SAMPLE)
    for (const [index, { pauseMs }] of pieces.entries()) {
      const pause = pauseLength(pauseMs, sampleRate)
      if (pause > 0) yield new Uint8Array(pause * BYTES_PER_SAMPLE)
      const { samples: some } = await resampled(await soundOf(index), sampleRate)
      yield samplesAsBytes(some)
    }
  }
  return { sampleRate, durationMs: toMs(samples), sentences: times, bytes }
}

const pauseLength = (ms: number, sampleRate: number): number => Math.round((ms / 1_000) * sampleRate)

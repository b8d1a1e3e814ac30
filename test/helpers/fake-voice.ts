import type { Pcm } from '@main/providers/spec/media'

/** Hertz of what a fake voice hums, and the seconds of it for a character. */
const HERTZ = 220
const SECONDS_PER_CHARACTER = 0.02
/** Before the first and after the last of it, as real voices have it. */
const SILENCE_SECONDS = 0.1

export interface FakeVoiceOptions {
  /** What every sample is too high by. */
  offset?: number
  /** Of 32,767. */
  loudness?: number
  /** Silence at both ends: seconds. */
  around?: number
}

/** A voice that hums as long as its text is, from nowhere to nowhere: a joint that is not smoothed clicks. */
export function fakeVoice(
  text: string,
  sampleRate: number,
  { offset = 0, loudness = 12_000, around = SILENCE_SECONDS }: FakeVoiceOptions = {}
): Pcm {
  const silence = Math.round(around * sampleRate)
  const hum = Math.round(text.length * SECONDS_PER_CHARACTER * sampleRate)
  const samples = Int16Array.from({ length: silence * 2 + hum }, (_, at) => {
    const sounds = at >= silence && at < silence + hum
    // Begins at its loudest.
    return Math.round(offset + (sounds ? Math.cos((2 * Math.PI * HERTZ * (at - silence)) / sampleRate) * loudness : 0))
  })
  return { sampleRate, channels: 1, samples }
}

import type { Pcm } from '@main/providers/spec/media'

/** Sound in one channel. */
export type Mono = Pick<Pcm, 'sampleRate' | 'samples'>

/** Milliseconds in which a piece swells and fades, so that nothing jumps at its ends. */
const FADE_MS = 6
/** Milliseconds of a provider's own silence that stay before the first word and after the last one. */
const KEPT_SILENCE = { before: 40, after: 80 }
/** What is quieter than this part of the loudest sample, or than so much of 32,767, is silence. */
const SILENCE_SHARE = 0.015
const SILENCE_LEVEL = 40
const HIGHEST = 32_767
/** Milliseconds of which the loudness is measured at once. */
const WINDOW_MS = 10

/**
 * Brings what a provider sent into the form in which it can stand beside other pieces: one channel, around zero, without the
 * long silences at its ends, faded in and out, and never louder than can be.
 */
export function smoothed({ samples: given, channels, sampleRate }: Pcm): Mono {
  const samples = centred(inOneChannel(given, channels))
  const { from, to } = soundingPart(samples, sampleRate)
  const kept = samples.slice(from, to)
  fade(kept, Math.min(Math.floor(kept.length / 2), Math.round((FADE_MS / 1_000) * sampleRate)))
  return { sampleRate, samples: inRange(kept) }
}

function inOneChannel(samples: Int16Array, channels: number): Float64Array {
  if (channels === 1) return new Float64Array(samples)
  const mono = new Float64Array(Math.floor(samples.length / channels))
  for (let at = 0; at < mono.length * channels; at += 1)
    mono[Math.floor(at / channels)] = (mono[Math.floor(at / channels)] ?? 0) + (samples[at] ?? 0) / channels
  return mono
}

/** Moved to where its middle is zero: two pieces with different middles would make a step. */
function centred(samples: Float64Array): Float64Array {
  let sum = 0
  for (const sample of samples) sum += sample
  const middle = samples.length === 0 ? 0 : sum / samples.length
  if (Math.abs(middle) < 0.5) return samples
  return samples.map((sample) => sample - middle)
}

/** From a little before the first sound to a little after the last one. Of silence alone, its beginning. */
function soundingPart(samples: Float64Array, sampleRate: number): { from: number; to: number } {
  const size = Math.max(1, Math.round((WINDOW_MS / 1_000) * sampleRate))
  const levels = levelsOf(samples, size)
  const level = silenceLevel(levels)
  const first = levels.findIndex((loudness) => loudness > level)
  if (first < 0) return { from: 0, to: Math.min(samples.length, size * 10) }
  const last = levels.findLastIndex((loudness) => loudness > level)
  const before = Math.round((KEPT_SILENCE.before / 1_000) * sampleRate)
  const after = Math.round((KEPT_SILENCE.after / 1_000) * sampleRate)
  return { from: Math.max(0, first * size - before), to: Math.min(samples.length, (last + 1) * size + after) }
}

/** How loud each window is: its loudest sample. */
export function levelsOf(samples: Float64Array | Int16Array, size: number): number[] {
  const levels: number[] = []
  for (let from = 0; from < samples.length; from += size) {
    let loudest = 0
    for (let at = from; at < Math.min(samples.length, from + size); at += 1)
      loudest = Math.max(loudest, Math.abs(samples[at] ?? 0))
    levels.push(loudest)
  }
  return levels
}

export const silenceLevel = (levels: readonly number[]): number =>
  Math.max(SILENCE_LEVEL, levels.reduce((most, level) => Math.max(most, level), 0) * SILENCE_SHARE)

function fade(samples: Float64Array, length: number): void {
  for (let at = 0; at < length; at += 1) {
    // Half a cosine: it begins and ends without a corner.
    const share = (1 - Math.cos((Math.PI * at) / length)) / 2
    samples[at] = (samples[at] ?? 0) * share
    const end = samples.length - 1 - at
    samples[end] = (samples[end] ?? 0) * share
  }
}

/** In 16 bits; what would be louder than they can say makes the whole quieter. */
export function inRange(samples: Float64Array): Int16Array {
  let loudest = 0
  for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample))
  const share = loudest > HIGHEST ? HIGHEST / loudest : 1
  const made = new Int16Array(samples.length)
  for (let at = 0; at < samples.length; at += 1) made[at] = Math.round((samples[at] ?? 0) * share)
  return made
}

import type { Voice } from '@contract/entities/stage'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { Pcm, SpeechAnswer, SpeechRequest } from '@main/providers/spec/media'
import { syllablesOf, type Beat } from './syllables'

/** Hertz. */
const SAMPLE_RATE = 24_000
/** How long a syllable sounds at the usual speed. */
const SYLLABLE_SECONDS = 0.15
const ATTACK_SECONDS = 0.012
const RELEASE_SECONDS = 0.045
/** The loudest sample, of 32,767. */
const LOUDNESS = 9_000
/** The lowest pitch of a voice, how much higher the highest is, and how far a melody goes up and down: semitones. */
const LOWEST_HERTZ = 92
const VOICE_SEMITONES = 22
const MELODY = [0, 2, 4, 2, 7, 4, 0, -3] as const

/** Shares of the overtones: a dark vowel and a bright one, between which syllables change. */
const VOWELS: readonly (readonly number[])[] = [
  [1, 0.5, 0.2, 0.1, 0.05],
  [1, 0.25, 0.45, 0.2, 0.12],
  [1, 0.7, 0.1, 0.3, 0.02],
]
const TABLE_LENGTH = 2048

/**
 * Reads a text aloud without words: a tone for each syllable, in a melody that goes down at the end of a sentence and up at
 * a question, with rests where a reader breathes. The same text sounds the same, and every voice has a pitch of its own.
 */
export async function speak(
  { models }: Pick<MediaDefinition, 'models'>,
  { text, voice, model, parameters, signal }: SpeechRequest
): Promise<SpeechAnswer> {
  signal.throwIfAborted()
  const speed = typeof parameters['speed'] === 'number' ? parameters['speed'] : 1
  const base = pitchOfVoice(models.find((one) => one.model === model)?.voices ?? [], voice)
  const beats = syllablesOf(text)
  const length = beats.reduce((sum, beat) => sum + lengthOf(beat, speed), 0)
  // A text without a word is silence, but no empty file.
  const samples = new Int16Array(Math.max(length, SAMPLE_RATE / 10))
  let at = 0
  for (const [index, beat] of beats.entries()) {
    const end = at + lengthOf(beat, speed)
    if (beat.kind === 'syllable') sing(samples.subarray(at, end), base * 2 ** (pitchOf(beat) / 12), beat)
    at = end
    // Long texts must not hold up the app.
    if (index % 400 === 399) await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
  }
  const pcm: Pcm = { sampleRate: SAMPLE_RATE, channels: 1, samples }
  return { pcm, cost: 0 }
}

/** Hertz: the voices stand between the lowest and the highest, in the order of the list. */
function pitchOfVoice(voices: readonly Voice[], wanted: string | null): number {
  const place = Math.max(
    0,
    voices.findIndex(({ id }) => id === wanted)
  )
  return LOWEST_HERTZ * 2 ** ((VOICE_SEMITONES * place) / Math.max(1, voices.length - 1) / 12)
}

const lengthOf = (beat: Beat, speed: number): number =>
  Math.round(
    ((beat.kind === 'rest' ? beat.seconds : SYLLABLE_SECONDS * (beat.stressed ? 1.25 : 1)) * SAMPLE_RATE) / speed
  )

/** Semitones above the voice's own pitch. */
function pitchOf({ place, toEnd, end, stressed }: Beat & { kind: 'syllable' }): number {
  const melody = MELODY[place % MELODY.length] ?? 0
  const turn = toEnd > 2 ? 0 : (3 - toEnd) * (end === '?' ? 2 : -2)
  return melody + turn + (stressed ? 2 : 0)
}

/** Writes a tone that swells and fades within the samples. */
function sing(samples: Int16Array, hertz: number, { sound, stressed }: Beat & { kind: 'syllable' }): void {
  const table = tables[sound % tables.length] ?? new Float64Array(TABLE_LENGTH)
  const step = (hertz * TABLE_LENGTH) / SAMPLE_RATE
  const attack = ATTACK_SECONDS * SAMPLE_RATE
  const release = RELEASE_SECONDS * SAMPLE_RATE
  const loudness = LOUDNESS * (stressed ? 1 : 0.75)
  for (let at = 0, phase = 0; at < samples.length; at += 1, phase = (phase + step) % TABLE_LENGTH) {
    const swell = Math.min(1, at / attack, (samples.length - 1 - at) / release)
    samples[at] = Math.round((table[Math.floor(phase)] ?? 0) * loudness * swell)
  }
}

/** One wave of each vowel, as loud as 1. */
const tables: readonly Float64Array[] = VOWELS.map((overtones) => {
  const wave = Float64Array.from({ length: TABLE_LENGTH }, (_, at) =>
    overtones.reduce((sum, share, index) => sum + share * Math.sin((2 * Math.PI * (index + 1) * at) / TABLE_LENGTH), 0)
  )
  const loudest = wave.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return wave.map((value) => value / loudest)
})

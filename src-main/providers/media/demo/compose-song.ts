import { hashText, seededRandom } from '@main/providers/protocols/demo/seeded-random'

/** Hertz, and samples side by side. */
export const SONG_RATE = 44_100
export const SONG_CHANNELS = 2

const BEATS_A_MINUTE = 96
const BEATS = 4
/** Samples of a bar, in each channel. */
const BAR = Math.round((SONG_RATE * 60 * BEATS) / BEATS_A_MINUTE)
/** A line is sung in one bar, in so many steps at most. */
const STEPS = 8
const LONGEST_SONG = { bars: 14, lines: 12 }
/** A bar of the chords alone before the first line; the last bar dies away. */
const INTRO = 1

/** Semitones over the key: the four chords of many songs, and the scale that never sounds wrong over them. */
const CHORDS = [
  [0, 4, 7],
  [7, 11, 14],
  [9, 12, 16],
  [5, 9, 12],
] as const
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16] as const
const KEYS = [48, 50, 53, 55] as const

interface Note {
  /** MIDI number. */
  pitch: number
  /** In samples of the bar. */
  from: number
  length: number
  loud: number
  /** From 0, all left, to 1. */
  side: number
  /** Overtones: their strength, from the first. */
  colour: readonly number[]
}

const PLUCKED = [1, 0.45, 0.2, 0.1] as const
const SUNG = [1, 0.6, 0.25] as const
const DEEP = [1, 0.2] as const

/** The lines that are sung, as the number of their syllables. */
function sungLines(text: string): number[] {
  const lines = text
    .split(/\n+|(?<=[.!?…])\s+/)
    .map((line) => line.match(/[aeiouyаеёиоуыэюя]+/giu)?.length ?? 0)
    .filter((count) => count > 0)
    .slice(0, LONGEST_SONG.lines)
  return lines.length > 0 ? lines : [4]
}

/** Samples of a song in each channel. */
export const lengthOfSong = (text: string): number => (sungLines(text).length + INTRO + 1) * BAR

/**
 * A song from the words of a poem, bar by bar: a voice that hums a note for each syllable over four chords and a bass. The
 * same words make the same song. Samples of 16 bits, the channels in turn.
 */
export function* composeSong(text: string): Generator<Int16Array> {
  const random = seededRandom(hashText(text))
  const key = KEYS[Math.floor(random() * KEYS.length)] ?? KEYS[0]
  const lines = sungLines(text)
  const bars = lines.length + INTRO + 1
  let at = Math.floor(random() * SCALE.length)
  for (let bar = 0; bar < bars; bar += 1) {
    const chord = CHORDS[bar % CHORDS.length] ?? CHORDS[0]
    const isLast = bar === bars - 1
    const notes: Note[] = [
      { pitch: key - 12 + chord[0], from: 0, length: BAR, loud: 0.22, side: 0.5, colour: DEEP },
      ...pluck(chord, key, isLast),
    ]
    const syllables = lines[bar - INTRO]
    if (syllables !== undefined) {
      const count = Math.min(STEPS, syllables)
      for (let step = 0; step < count; step += 1) {
        // A melody goes by small steps, and seldom leaps.
        at = Math.min(SCALE.length - 1, Math.max(0, at + Math.round((random() - 0.5) * 4)))
        const length = Math.floor(BAR / count)
        notes.push({
          pitch: key + 12 + (SCALE[at] ?? 0),
          from: step * length,
          length: Math.round(length * 0.92),
          loud: 0.3,
          side: 0.5,
          colour: SUNG,
        })
      }
    }
    yield barOf(notes)
  }
}

/** A chord, note by note, from the left to the right and back; in the last bar all at once, to die away. */
function pluck(chord: readonly number[], key: number, atOnce: boolean): Note[] {
  const steps = atOnce ? chord.length : STEPS
  return Array.from({ length: steps }, (_, step) => {
    const from = atOnce ? 0 : Math.floor((BAR * step) / STEPS)
    const tone = chord[step % chord.length] ?? 0
    const side = 0.2 + 0.6 * (step % 2)
    return { pitch: key + tone, from, length: BAR - from, loud: 0.11, side, colour: PLUCKED }
  })
}

function barOf(notes: readonly Note[]): Int16Array {
  const left = new Float32Array(BAR)
  const right = new Float32Array(BAR)
  for (const note of notes) addNote(note, left, right)
  const samples = new Int16Array(BAR * SONG_CHANNELS)
  for (let index = 0; index < BAR; index += 1) {
    // Each bar begins and ends in silence, so that no joint clicks.
    const edge = Math.min(1, index / 200, (BAR - 1 - index) / 200)
    samples[index * 2] = toSample((left[index] ?? 0) * edge)
    samples[index * 2 + 1] = toSample((right[index] ?? 0) * edge)
  }
  return samples
}

function addNote({ pitch, from, length, loud, side, colour }: Note, left: Float32Array, right: Float32Array): void {
  const step = (2 * Math.PI * 440 * 2 ** ((pitch - 69) / 12)) / SONG_RATE
  const attack = SONG_RATE * 0.015
  for (let index = 0; index < length; index += 1) {
    const rise = Math.min(1, index / attack)
    const fall = Math.min(1, (length - index) / (SONG_RATE * 0.03)) * Math.exp((-1.6 * index) / length)
    let wave = 0
    for (let overtone = 0; overtone < colour.length; overtone += 1)
      wave += (colour[overtone] ?? 0) * Math.sin(step * (overtone + 1) * index)
    const value = wave * loud * rise * fall
    left[from + index] = (left[from + index] ?? 0) + value * (1 - side)
    right[from + index] = (right[from + index] ?? 0) + value * side
  }
}

/** Bent before it is cut, as a tape does. */
const toSample = (value: number): number => Math.round(Math.tanh(value * 1.6) * 30_000)

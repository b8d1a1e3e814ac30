import { describe, expect, it } from 'vitest'
import { runThrough } from '@test/helpers/run-through'
import { readWav } from '@main/providers/kit/wav'
import { speak } from '@main/providers/media/demo/speak'
import type { Pcm } from '@main/providers/spec/media'
import { piecesOf, type SpokenText } from '@main/speech/pieces'
import { smoothed } from '@main/speech/sound'
import { spokenFile } from '@main/speech/spoken-file'
import { fakeVoice } from '@test/helpers/fake-voice'

const fileOf = async (text: string, spoken: SpokenText, sounds: readonly Pcm[]) => {
  const smooth = sounds.map(smoothed)
  const file = await spokenFile(text, spoken, async (index) => {
    const sound = smooth[index]
    if (!sound) throw new Error('There is no such piece')
    return sound
  })
  const bytes: Uint8Array[] = []
  for await (const some of file.bytes()) bytes.push(some)
  const pcm = readWav(Buffer.concat(bytes))
  if (typeof pcm === 'string') throw new Error(`The file is ${pcm}`)
  return { ...file, pcm }
}

const loudestJump = (samples: Int16Array) =>
  samples.reduce((most, sample, at) => Math.max(most, Math.abs(sample - (samples[at - 1] ?? 0))), 0)
const loudest = (samples: Int16Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
const part = (pcm: Pcm, fromMs: number, toMs: number) =>
  pcm.samples.subarray((fromMs / 1_000) * pcm.sampleRate, (toMs / 1_000) * pcm.sampleRate)

/** Two voices, each a piece. */
const TALK = 'Первая фраза. Вторая фраза.'
const talk = runThrough(
  piecesOf(TALK, [{ from: 14, to: 27, entryId: null, voice: 'b' }], { longest: null, language: 'ru' })
)

describe('a spoken file', () => {
  it('has no click at its joints, where each sound begins at its loudest and stands off the middle', async () => {
    const raw = [
      fakeVoice('x'.repeat(40), 24_000, { offset: 1_500, around: 0 }),
      fakeVoice('x'.repeat(30), 24_000, { offset: -900, around: 0 }),
    ]
    const [first, second] = raw
    if (!first || !second) throw new Error('Two sounds were made')
    // Put one behind the other as they are, they click.
    expect(loudestJump(Int16Array.of(...first.samples, ...second.samples))).toBeGreaterThan(8_000)
    const { pcm, durationMs } = await fileOf(TALK, talk, raw)
    // A hum of 220 hertz at this loudness moves by 700 from one sample to the next.
    expect(loudestJump(pcm.samples)).toBeLessThan(900)
    expect(Math.abs(pcm.samples[0] ?? 0) + Math.abs(pcm.samples.at(-1) ?? 0)).toBeLessThan(100)
    expect(pcm.samples.length / 24).toBeCloseTo(durationMs, -1)
    // Two hums, and the rest between.
    expect(durationMs).toBeCloseTo(1_400 + 220, -1)
  })

  it('has one rate, whatever the provider mixes, and keeps the pitch', async () => {
    const { pcm, sampleRate } = await fileOf(TALK, talk, [
      fakeVoice('x'.repeat(30), 22_050, { around: 0 }),
      fakeVoice('x'.repeat(30), 48_000, { around: 0 }),
    ])
    expect([pcm.sampleRate, sampleRate]).toEqual([22_050, 22_050])
    const crossings = (samples: Int16Array) =>
      samples.reduce((count, sample, at) => count + (sample >= 0 && (samples[at - 1] ?? 0) < 0 ? 1 : 0), 0)
    const middle = (from: number) => crossings(part(pcm, from, from + 300)) / 0.3
    expect(middle(150)).toBeCloseTo(220, -1)
    expect(middle(1_000)).toBeCloseTo(220, -1)
    expect(loudestJump(pcm.samples)).toBeLessThan(1_000)
  })

  it('is not louder than can be, and has two channels as one', async () => {
    const loud = Int16Array.from({ length: 48_000 }, (_, at) => (at % 200 < 150 ? 32_767 : -32_768))
    const { pcm } = await fileOf('Раз.', runThrough(piecesOf('Раз.', [], { longest: null, language: 'ru' })), [
      { sampleRate: 24_000, channels: 2, samples: loud },
    ])
    expect(pcm.samples.length / 24_000).toBeLessThanOrEqual(1)
    expect(loudest(pcm.samples)).toBeLessThanOrEqual(32_767)
    expect(loudest(pcm.samples)).toBeGreaterThan(30_000)
  })

  it('keeps what cannot be heard short, and is empty of nothing', () => {
    expect(smoothed({ sampleRate: 24_000, channels: 1, samples: new Int16Array(100_000) }).samples.length).toBeLessThan(
      5_000
    )
    expect(smoothed({ sampleRate: 24_000, channels: 1, samples: new Int16Array(0) }).samples.length).toBe(0)
  })
})

describe('when sentences are heard', () => {
  it('is exact for a piece of one, and in the rests of a piece of several', async () => {
    const text = 'Маяк молчал. Туман стоял до самого утра, и никто не спал. Почему? Потому что ждали корабль.'
    const spoken = runThrough(piecesOf(text, [], { longest: null, language: 'ru' }))
    expect(spoken.pieces).toHaveLength(1)
    const models = [{ model: 'demo', name: 'Demo', voices: null, price: null, longestText: null }]
    const { signal } = new AbortController()
    const { pcm: sound } = await speak({ models }, { model: 'demo', voice: null, text, parameters: {}, signal })
    const { sentences, durationMs, pcm } = await fileOf(text, spoken, [sound])
    expect(sentences.map(({ from, to }) => text.slice(from, to))).toEqual([
      'Маяк молчал.',
      'Туман стоял до самого утра, и никто не спал.',
      'Почему?',
      'Потому что ждали корабль.',
    ])
    expect(sentences[0]?.startMs).toBe(0)
    expect(sentences.at(-1)?.endMs).toBe(durationMs)
    const rests = sentences.slice(1).map(({ startMs }, index) => ({ from: sentences[index]?.endMs ?? 0, to: startMs }))
    // Between two sentences it is silent, and the Demo rests for a third of a second.
    for (const { from, to } of rests) {
      expect(to - from).toBeGreaterThan(200)
      expect(loudest(part(pcm, from + 15, to - 15))).toBeLessThan(300)
    }
  })

  it('is not moved by rests within a sentence, and is told as well as can be without any', async () => {
    const hum = (ms: number) => Int16Array.from({ length: ms * 8 }, (_, at) => Math.round(Math.sin(at / 6) * 9_000))
    const rest = (ms: number) => new Int16Array(ms * 8)
    const soundOf = (...parts: Int16Array[]): Pcm => ({
      sampleRate: 8_000,
      channels: 1,
      samples: Int16Array.from(parts.flatMap((samples) => [...samples])),
    })
    const text = 'Раз, два, три, четыре, пять. Шесть семь восемь девять.'
    const spoken = runThrough(piecesOf(text, [], { longest: null, language: 'ru' }))
    const breathing = soundOf(hum(500), rest(120), hum(500), rest(400), hum(450), rest(110), hum(400))
    const heard = await fileOf(text, spoken, [breathing])
    expect(heard.sentences[0]?.endMs).toBeCloseTo(1_120, -2)
    expect(heard.sentences[1]?.startMs).toBeCloseTo(1_520, -2)
    const even = await fileOf(text, spoken, [soundOf(hum(2_000))])
    expect(even.sentences[0]?.endMs).toBe(even.sentences[1]?.startMs)
    expect(even.sentences[0]?.endMs).toBeGreaterThan(900)
    expect(even.sentences[0]?.endMs).toBeLessThan(1_400)
  })

  it('covers a sentence that several voices share from the first to the last', async () => {
    const text = '— Иду, — сказал он. — Жди.'
    const spoken = runThrough(
      piecesOf(text, [{ from: 2, to: 6, entryId: null, voice: 'b' }], { longest: null, language: 'ru' })
    )
    const sounds = spoken.pieces.map(({ text: words }) => fakeVoice(words, 24_000))
    const { sentences, durationMs } = await fileOf(text, spoken, sounds)
    expect(sentences.map(({ from, to }) => text.slice(from, to))).toEqual(['— Иду, — сказал он.', '— Жди.'])
    expect(sentences[0]?.startMs).toBe(0)
    expect(sentences[1]?.endMs).toBe(durationMs)
  })
})

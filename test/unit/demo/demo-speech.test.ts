import { describe, expect, it } from 'vitest'
import { speak } from '@main/providers/media/demo/speak'
import { readWav, wavFile, wavHeader } from '@main/providers/kit/wav'

const voices = ['bass', 'tenor', 'alto'].map((id) => ({ id, name: id, languages: [] }))
const models = [{ model: 'demo-voice', name: 'Demo', voices, price: null, longestText: null }]

const say = async (text: string, { voice = 'alto', speed = 1 } = {}) => {
  const { signal } = new AbortController()
  const { pcm } = await speak({ models }, { model: 'demo-voice', voice, text, parameters: { speed }, signal })
  return pcm
}

const secondsOf = ({ samples, sampleRate }: { samples: Int16Array; sampleRate: number }) => samples.length / sampleRate
const loudestOf = (samples: Int16Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

/** How often it swings a second: by where it correlates best with itself. */
function pitchOf(samples: Int16Array, sampleRate: number): number {
  const part = samples.subarray(1_500, 3_500)
  let best = { lag: 0, score: Number.NEGATIVE_INFINITY }
  for (let lag = Math.round(sampleRate / 900); lag < sampleRate / 60; lag += 1) {
    let score = 0
    for (let at = 0; at + lag < part.length; at += 1) score += (part[at] ?? 0) * (part[at + lag] ?? 0)
    score /= part.length - lag
    if (score > best.score * 1.02) best = { lag, score }
  }
  return sampleRate / best.lag
}

describe('the voices of the Demo', () => {
  it('sound, the same each time, as long as the text, and without a click', async () => {
    const short = await say('Маяк молчал.')
    const long = await say('Маяк молчал. Туман стоял до утра, и никто не спал.')
    expect(await say('Маяк молчал.')).toEqual(short)
    expect(short).toMatchObject({ sampleRate: 24_000, channels: 1 })
    expect(loudestOf(short.samples)).toBeGreaterThan(4_000)
    expect(loudestOf(long.samples)).toBeLessThan(20_000)
    expect(secondsOf(short)).toBeGreaterThan(0.6)
    expect(secondsOf(long)).toBeGreaterThan(secondsOf(short) * 2)
    expect(secondsOf(await say('Маяк молчал.', { speed: 2 }))).toBeCloseTo(secondsOf(short) / 2, 1)
    const jumps = long.samples.map((sample, at) => Math.abs(sample - (long.samples[at - 1] ?? 0)))
    expect(loudestOf(jumps)).toBeLessThan(4_500)
  })

  it('have each a pitch of their own, and read what they cannot say as silence', async () => {
    const pitches = await Promise.all(
      ['alto', 'tenor', 'bass'].map(async (voice) => {
        const { samples, sampleRate } = await say('Ааа.', { voice })
        return pitchOf(samples, sampleRate)
      })
    )
    expect(new Set(pitches.map((hertz) => Math.round(hertz / 5))).size).toBe(3)
    for (const hertz of pitches) expect(hertz).toBeGreaterThan(70)
    expect(loudestOf((await say('…')).samples)).toBe(0)
    expect((await say('…')).samples.length).toBeGreaterThan(0)
    expect(loudestOf((await say('月夜')).samples)).toBeGreaterThan(4_000)
  })
})

describe('WAV files', () => {
  it('are read as they were written, with chunks that nobody knows between', async () => {
    const pcm = await say('Hello.')
    const file = wavFile(pcm)
    expect(readWav(file)).toEqual(pcm)
    const chunk = Buffer.from('LIST\u0003\u0000\u0000\u0000abc\u0000', 'latin1')
    expect(readWav(Buffer.concat([file.subarray(0, 36), chunk, file.subarray(36)]))).toEqual(pcm)
    const streamed = Buffer.concat([wavHeader(pcm, 0xffff_ffff), file.subarray(44)])
    expect(readWav(streamed)).toEqual(pcm)
  })

  it('are known to be cut, or to be something else', async () => {
    const file = wavFile(await say('Hello.'))
    expect(readWav(file.subarray(0, 1_000))).toBe('cut')
    expect(readWav(file.subarray(0, 40))).toBe('cut')
    expect(readWav(Buffer.from('ID3 and so on, for a while'))).toBe('not_wav')
    const floating = Uint8Array.from(file)
    floating[20] = 3
    expect(readWav(floating)).toBe('not_wav')
  })
})

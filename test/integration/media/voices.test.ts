import { execFile } from 'node:child_process'
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Media } from '@contract/entities/media'
import { StageId, type ProviderId } from '@contract/ids'
import { readWav, wavFile } from '@main/providers/kit/wav'
import { jsonReply, type RecordedRequest } from '@test/helpers/fake-server'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { fakeVoice } from '@test/helpers/fake-voice'
import { createGate } from '@test/helpers/gate'
import { ended, made, request } from '@test/helpers/media-stage'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, lastPassage, providerOf, storyWith } from '@test/helpers/test-story'

const POEM = StageId.parse('poem')
const VOICE = StageId.parse('voice')
const KEY = 'sk-voice-0123456789abcdef'
const SPEECH = '/audio/speech'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
})

const useDemo = async (stage: StageId, settings = {}) => {
  const { id } = await providerOf(app, 'demo')
  await app.ask('stages.save', { id: stage, providerId: id, key: null, model: null, settings })
}
/** Points the stage of voices to a fake of OpenAI's. */
const useFake = async (): Promise<{ fake: FakeOpenAi; providerId: ProviderId }> => {
  const fake = await startFakeOpenAi({ keys: [KEY], models: ['gpt-5', 'tts-1'] })
  onTestFinished(() => fake.stop())
  const { id: providerId } = await providerOf(app, 'openai')
  await app.ask('providers.update', { id: providerId, patch: { baseUrl: fake.url } })
  const key = { name: 'Home', secret: KEY }
  await app.ask('stages.save', { id: VOICE, providerId, key, model: 'tts-1', settings: { voice: 'nova' } })
  return { fake, providerId }
}
const calls = async (from: TestCore = app) =>
  (await from.ask('usage.calls', { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' })).calls
const said = ({ body }: RecordedRequest) => {
  const { input, voice } = Object.assign({ input: '', voice: '' }, body)
  return [voice, input]
}
const spoken = (fake: FakeOpenAi) => fake.requestsTo(SPEECH).map(said)

/** Four pieces: a paragraph each, too long to stand together. */
const LONG = ['Раз', 'Два', 'Три', 'Четыре']
  .map((word) => `${word}. ${'Туман стоял до утра. '.repeat(28)}`.trim())
  .join('\n\n')

/** What ffprobe says of a file. */
async function probed(file: string) {
  const { stdout } = await promisify(execFile)(
    'ffprobe',
    `-v error -of json -show_entries format=duration:stream=codec_name,channels,sample_rate`.split(' ').concat(file)
  )
  const { streams, format }: { streams: Record<string, unknown>[]; format: { duration: string } } = JSON.parse(stdout)
  return { ...streams[0], durationMs: Math.round(Number(format.duration) * 1_000) }
}

const fileOf = (media: Media, from: TestCore = app) => join(from.dataDir, 'media', media.file?.hash ?? '')

it('from a passage to a poem to its voice, with the Demo: a WAV that ffprobe reads, and when each line is heard', async () => {
  await useDemo(POEM, { form: 'sonnet', pace: 0 })
  await useDemo(VOICE)
  const story = await storyWith(app, await demoSettings(app), undefined, 'ru')
  await app.turn({ kind: 'send', storyId: story.id, text: 'Я зажигаю лампу на маяке.' })
  const { id: messageId, text } = await lastPassage(app, story)
  const place = { storyId: story.id, messageId }

  const asked = request(POEM, { ...place, text })
  expect(await app.ask('media.plan', asked)).toMatchObject({ provider: 'Demo', requests: 1, cost: 0, durationMs: null })
  const poem = await made(app, asked)
  expect(poem).toMatchObject({ state: 'complete', error: null, file: null, cost: 0 })
  expect(poem.title).not.toBe('')
  expect(poem.words.split('\n').filter(Boolean)).toHaveLength(14)

  const read = request(VOICE, { ...place, sourceId: poem.id, text: poem.words, settings: { voice: 'mila' } })
  const plan = await app.ask('media.plan', read)
  const voice = await made(app, read)
  expect(voice).toMatchObject({ state: 'complete', error: null, title: poem.title, cost: 0, words: '' })
  const { file, sentences, peaks } = voice
  expect(await probed(fileOf(voice))).toEqual({
    codec_name: 'pcm_s16le',
    sample_rate: String(file?.sampleRate),
    channels: file?.channels,
    durationMs: file?.durationMs,
  })
  expect(file).toMatchObject({ type: 'audio/wav', channels: 1, sampleRate: 24_000 })
  expect(Math.abs((plan.durationMs ?? 0) - (file?.durationMs ?? 0))).toBeLessThan((file?.durationMs ?? 0) / 2)
  expect(Math.max(...peaks)).toBeGreaterThan(0.1)
  expect(sentences.length).toBeGreaterThanOrEqual(14)
  expect(
    sentences.every(({ startMs, endMs }, at) => startMs < endMs && startMs >= (sentences[at - 1]?.endMs ?? 0))
  ).toBe(true)
  expect(sentences.at(-1)?.endMs).toBeLessThanOrEqual(file?.durationMs ?? 0)
  const media = (await calls()).filter(({ purpose }) => purpose.kind === 'media')
  expect(media.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
    ...Array.from({ length: plan.requests }, () => [{ kind: 'media', stage: VOICE, storyId: story.id }, 'complete']),
    [{ kind: 'media', stage: POEM, storyId: story.id }, 'complete'],
  ])
})

it('characters speak with their voices, and the user says otherwise', async () => {
  const { fake, providerId } = await useFake()
  const story = await storyWith(app, await demoSettings(app), undefined, 'ru')
  const world = await app.ask('worlds.create', { name: 'Маяк', language: 'ru' })
  const add = (name: string) =>
    app.ask('worlds.addEntry', { worldId: world.id, kind: 'character', name, language: 'ru' })
  const [anna, ignat] = [await add('Анна'), await add('Игнат')]
  await app.ask('storyWorlds.setWorlds', { storyId: story.id, worldIds: [world.id] })
  await app.ask('media.setVoice', { entryId: anna.id, providerId, voice: 'coral' })
  await app.ask('media.setVoice', { entryId: ignat.id, providerId, voice: 'onyx' })
  expect(await app.ask('media.voices', { providerId })).toHaveLength(2)

  const text = 'Стемнело.\n— Иду, — сказал Игнат.\n— Жди! — крикнула Анна.'
  const asked = request(VOICE, { storyId: story.id, text })
  const { parts, requests, cost, characters } = await app.ask('media.plan', asked)
  expect(parts.map(({ from, to, entryId, voice }) => [text.slice(from, to), entryId, voice])).toEqual([
    ['Стемнело.', null, null],
    ['Иду,', ignat.id, 'onyx'],
    ['— сказал Игнат.', null, null],
    ['Жди!', anna.id, 'coral'],
    ['— крикнула Анна.', null, null],
  ])
  const voice = await made(app, asked)
  const heard = [
    ['nova', 'Стемнело.'],
    ['onyx', 'Иду,'],
    ['nova', '— сказал Игнат.'],
    ['coral', 'Жди!'],
    ['nova', '— крикнула Анна.'],
  ]
  expect(spoken(fake)).toEqual(expect.arrayContaining(heard))
  expect(requests).toBe(heard.length)
  // 15 dollars for a million characters.
  expect(cost).toBeCloseTo((characters / 1_000_000) * 15, 9)
  expect(voice).toMatchObject({ state: 'complete', cost: expect.closeTo(cost ?? 0, 9), costSource: 'price', parts })
  expect(await calls()).toHaveLength(heard.length)

  const corrected = parts.map((part) => ({ ...part, voice: 'echo' }))
  await made(app, { ...asked, parts: corrected })
  expect(spoken(fake).slice(heard.length)).toEqual([['echo', text]])

  await app.ask('media.setVoice', { entryId: anna.id, providerId, voice: null })
  await app.ask('worlds.deleteEntries', { worldId: world.id, ids: [ignat.id] })
  expect(await app.ask('media.voices', { providerId })).toEqual([])
  expect(await app.refusal('media.setVoice', { entryId: ignat.id, providerId, voice: 'ash' })).toMatchObject({
    code: 'not_found',
    details: { path: 'entryId' },
  })
  expect(await app.refusal('media.plan', request(VOICE, { text: '* * *' }))).toMatchObject({ code: 'bad_input' })
})

describe('a long text', () => {
  it('that a kill cut off goes on with what came, and pays for nothing twice', async () => {
    const { fake } = await useFake()
    const gate = createGate()
    let asked = 0
    const hold = ({ body }: RecordedRequest) => {
      asked += 1
      const { input } = Object.assign({ input: '' }, body)
      const reply = { status: 200, headers: { 'content-type': 'audio/pcm' } }
      const sound = new Uint8Array(48_000).fill(7)
      return {
        ...reply,
        steps: input.startsWith('Три') || input.startsWith('Четыре') ? [{ wait: gate }, sound] : [sound],
      }
    }
    fake.answerAt(SPEECH, hold, hold, hold, hold)
    const { id } = await app.ask('media.make', request(VOICE, { text: LONG }))
    await gate.reached
    const piecesIn = (folder: string) => {
      const pieces = join(folder, 'voice-pieces', id)
      return existsSync(pieces) ? readdirSync(pieces).filter((name) => name.endsWith('.json')) : []
    }
    await expect.poll(() => piecesIn(app.dataDir).length, { timeout: 60_000 }).toBe(2)
    // Two are asked for at a time.
    await expect.poll(() => asked, { timeout: 60_000 }).toBe(4)
    // As a kill leaves it: nothing of what runs could say that it ends.
    const copy = temporaryFolder()
    onTestFinished(() => copy.remove())
    cpSync(app.dataDir, copy.path, { recursive: true })
    gate.open()
    expect((await ended(app, id)).state).toBe('complete')
    // They go when the voice is there.
    await expect.poll(() => piecesIn(app.dataDir), { timeout: 60_000 }).toEqual([])
    expect(asked).toBe(4)

    const again = await startTestCore({ dataDir: copy.path, vaultKey: app.vaultKey })
    onTestFinished(() => again.close())
    const voice = await ended(again, id)
    expect(voice).toMatchObject({ state: 'complete', error: null })
    const later = spoken(fake).slice(4)
    expect(new Set(later.map(([, input = '']) => input.split('.', 1)[0]))).toEqual(new Set(['Три', 'Четыре']))
    expect(later).toHaveLength(2)
    // All four are in it, and in its cost.
    expect(voice.cost).toBeCloseTo((LONG.length / 1_000_000) * 15, 3)
    expect((await probed(fileOf(voice, again))).durationMs).toBe(voice.file?.durationMs)
    expect(piecesIn(copy.path)).toEqual([])
  })

  it('that failed or was stopped half-way keeps what was paid, waits where it is put off, and is gone on with', async () => {
    const { fake } = await useFake()
    // With more samples than a voice has use for.
    const fine = wavFile(fakeVoice('x', 48_000))
    const sound = { status: 200, headers: { 'content-type': 'audio/wav' }, steps: [fine] }
    const busy = jsonReply({ error: { message: 'Slow down', code: 'rate_limit_exceeded' } }, 429, {
      'retry-after': '0',
    })
    const refused = jsonReply({ error: { message: 'Not this', code: 'content_policy_violation' } }, 400)
    fake.answerAt(SPEECH, sound, busy, sound, refused)
    const first = await made(app, request(VOICE, { text: LONG }))
    expect(first).toMatchObject({ state: 'failed', error: { code: 'provider_refused' }, file: null })
    const outcomes = async () => (await calls()).map(({ outcome }) => outcome).toSorted()
    const paid = (await outcomes()).filter((one) => one === 'complete').length
    expect(paid).toBeGreaterThanOrEqual(2)

    const gate = createGate()
    fake.answerAt(SPEECH, { ...sound, steps: [{ wait: gate }] })
    await app.ask('media.retry', { id: first.id })
    await gate.reached
    await app.ask('media.stop', { id: first.id })
    expect((await ended(app, first.id)).state).toBe('stopped')
    gate.open()
    await app.ask('media.retry', { id: first.id })
    const voice = await ended(app, first.id)
    expect(voice.state).toBe('complete')
    const complete = (await outcomes()).filter((one) => one === 'complete')
    expect(complete).toHaveLength(4)
    const wav = readWav(await readFile(fileOf(voice)))
    expect(wav).toMatchObject({ sampleRate: 24_000, channels: 1 })
  })
})

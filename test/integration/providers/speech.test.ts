import { afterEach, describe, expect, it } from 'vitest'
import { speak as speakOpenAi } from '@main/providers/media/openai-speech/speak'
import { speak as speakSpeechKit } from '@main/providers/media/speechkit/speak'
import { mediaParameters } from '@main/providers/kit/media-parameters'
import { samplesAsBytes, wavFile } from '@main/providers/kit/wav'
import type { SpeechRequest } from '@main/providers/spec/media'
import type { JsonObject } from '@contract/values'
import { connectTo, definitionOf, PLANTED_KEY, rejection } from '@test/helpers/connect'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { htmlReply, jsonReply, redirectReply, startFakeServer, type Reply } from '@test/helpers/fake-server'
import { spokenObjects, startFakeSpeechKit, v1Error, v3Error, type FakeSpeechKit } from '@test/helpers/fake-speechkit'
import { fakeVoice } from '@test/helpers/fake-voice'
import { createGate } from '@test/helpers/gate'

const open: { stop(): Promise<void> }[] = []
const opened = async <Server extends { stop(): Promise<void> }>(server: Promise<Server>): Promise<Server> => {
  open.push(await server)
  return await server
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()))
})

const TEXT = 'Туман пришёл засветло.'

interface Asked {
  wire?: JsonObject
  parameters?: JsonObject
  text?: string
  voice?: string | null
  signal?: AbortSignal
}

const requestOf = ({ parameters = {}, text = TEXT, signal = new AbortController().signal }: Asked): SpeechRequest => ({
  model: 'a-voice-model',
  voice: 'alloy',
  text,
  parameters,
  signal,
})

const soundReply = (type: string, ...steps: Reply['steps']): Reply => ({
  status: 200,
  headers: { 'content-type': type },
  steps,
})
const block = new Uint8Array(1_500_000)
/** 3 GB, if anybody takes them. */
const endless = (type: string): Reply => soundReply(type, ...Array.from({ length: 2_048 }, () => block))

describe('OpenAI and OpenRouter', () => {
  const ask = (fake: FakeOpenAi, { wire = {}, ...asked }: Asked = {}) =>
    speakOpenAi(connectTo('openai', fake.url), { wire }, requestOf(asked))
  const start = () => opened(startFakeOpenAi({ keys: [PLANTED_KEY] }))

  it('sends the text, the voice and the settings, and reads bare samples', async () => {
    const fake = await start()
    const { pcm, cost } = await ask(fake, { parameters: { speed: 1.5, instructions: 'Whisper.' } })
    expect(fake.requests[0]).toMatchObject({
      path: '/v1/audio/speech',
      body: {
        model: 'a-voice-model',
        input: TEXT,
        voice: 'alloy',
        speed: 1.5,
        instructions: 'Whisper.',
        response_format: 'pcm',
      },
    })
    expect({ ...pcm, samples: pcm.samples.length }).toEqual({
      sampleRate: 24_000,
      channels: 1,
      samples: fakeVoice(TEXT, 24_000).samples.length,
    })
    expect(cost).toBeNull()
  })

  it('reads a WAV file, by what stands in it and not by what was asked for', async () => {
    const fake = await start()
    expect((await ask(fake, { wire: { format: 'wav' } })).pcm).toEqual(fakeVoice(TEXT, 24_000))
    fake.answerAt('/audio/speech', soundReply('application/octet-stream', wavFile(fakeVoice(TEXT, 16_000))))
    expect((await ask(fake)).pcm.sampleRate).toBe(16_000)
    const bare = samplesAsBytes(new Int16Array(800))
    fake.answerAt('/audio/speech', soundReply('audio/L16; rate=8000; channels=2', bare))
    expect((await ask(fake)).pcm).toMatchObject({ sampleRate: 8_000, channels: 2 })
  })

  const half = wavFile(fakeVoice(TEXT, 24_000)).slice(0, 4_000)
  it.each<[name: string, reply: Reply, expected: object]>([
    ['a wrong key', jsonReply({ error: { code: 'invalid_api_key' } }, 401), { code: 'provider_unauthorized' }],
    ['no credit', jsonReply({ error: { code: 'insufficient_quota' } }, 429), { code: 'provider_payment_required' }],
    [
      'too many requests',
      jsonReply({}, 429, { 'retry-after': '7' }),
      { code: 'provider_rate_limited', retryable: true },
    ],
    ['a refusal', jsonReply({ error: { code: 'content_policy_violation' } }, 400), { code: 'provider_refused' }],
    ['a web page', htmlReply(200), { code: 'provider_bad_answer', details: { reason: 'html' } }],
    ['an error under 200', jsonReply({ error: { message: 'busy', code: 503 } }), { code: 'provider_overloaded' }],
    ['other JSON', jsonReply({ hello: 1 }), { code: 'media_wrong_type', details: { reason: 'application/json' } }],
    ['nothing', soundReply('audio/pcm'), { code: 'media_wrong_type', details: { reason: 'empty' } }],
    ['MP3', soundReply('audio/pcm', Buffer.from('ID3\u0004 …')), { details: { reason: 'audio/mpeg' } }],
    ['a film', soundReply('video/mp4', Buffer.from('....ftyp')), { details: { reason: 'video/mp4' } }],
    ['half of a WAV file', soundReply('audio/wav', half), { code: 'provider_bad_answer', retryable: true }],
    ['a broken end', soundReply('audio/pcm', half, { do: 'hang-up' }), { code: 'provider_broke_off' }],
    ['3 GB', endless('audio/pcm'), { code: 'provider_answer_too_large', retryable: false }],
  ])('names %s', async (_name, reply, expected) => {
    const fake = await start()
    fake.answerAt('/audio/speech', reply)
    const error = await rejection(ask(fake))
    expect(error).toMatchObject(expected)
    expect(JSON.stringify(error)).not.toContain(PLANTED_KEY)
  })

  it('does not carry the key to another host, and ends when it is stopped', async () => {
    const fake = await start()
    const other = await opened(startFakeServer(() => jsonReply({})))
    fake.answerAt('/audio/speech', redirectReply(`${other.origin}/v1/audio/speech`))
    expect(await rejection(ask(fake))).toMatchObject({ code: 'provider_unreachable', details: { reason: 'redirect' } })
    expect(other.requests).toEqual([])

    const gate = createGate()
    fake.answerAt('/audio/speech', soundReply('audio/pcm', new Uint8Array(10), { wait: gate }))
    const stop = new AbortController()
    const stopped = rejection(ask(fake, { signal: stop.signal }))
    await gate.reached
    stop.abort(new Error('stopped by the user'))
    expect(await stopped).toMatchObject({ message: 'stopped by the user' })
    gate.open()
  })
})

describe('Yandex SpeechKit', () => {
  const { media } = definitionOf('yandex-speechkit')
  const ask = (fake: FakeSpeechKit, { wire = {}, parameters = {}, voice = null, ...asked }: Asked = {}) => {
    const settings = { folder_id: 'b1g', ...parameters }
    const connection = connectTo('yandex-speechkit', fake.origin, { settings })
    // As the settings of the stage reach it.
    const wired = media.speech ? mediaParameters(media.speech, settings) : {}
    const request = requestOf({ ...asked, parameters: { ...wired, ...parameters } })
    return speakSpeechKit(connection, { wire }, { ...request, model: 'alena', voice })
  }
  const start = (options: { voices?: string[] } = {}) => opened(startFakeSpeechKit({ keys: [PLANTED_KEY], ...options }))

  it('asks v3 with hints, and joins the pieces of its answer', async () => {
    const fake = await start()
    const { pcm } = await ask(fake, {
      parameters: { role: 'good', speed: 1.2, hints: { pitchShift: 100 }, loudnessNormalizationType: 'LUFS' },
    })
    const [request] = fake.v3()
    expect(request?.headers).toMatchObject({ authorization: `Api-Key ${PLANTED_KEY}`, 'x-folder-id': 'b1g' })
    expect(request?.body).toEqual({
      text: TEXT,
      hints: [{ voice: 'alena' }, { role: 'good' }, { speed: 1.2 }, { pitchShift: 100 }],
      outputAudioSpec: { containerAudio: { containerAudioType: 'WAV' } },
      loudnessNormalizationType: 'LUFS',
      unsafeMode: false,
    })
    expect(pcm).toEqual(fakeVoice(TEXT, 22_050))
  })

  it('lets characters speak without the role of the voice that is chosen', async () => {
    const fake = await start()
    await ask(fake, { voice: 'filipp', parameters: { role: 'good', speed: 1.2 } })
    expect(fake.v3()[0]?.body).toMatchObject({ hints: [{ voice: 'filipp' }, { speed: 1.2 }] })
  })

  it('has a long text split by the server, and takes samples without a header', async () => {
    const fake = await start()
    const text = 'Долгая строка. '.repeat(30).trim()
    expect((await ask(fake, { text })).pcm.samples.length).toBe(fakeVoice(text, 22_050).samples.length)
    expect(fake.v3()[0]?.body).toMatchObject({ unsafeMode: true })
    const bare = fakeVoice(TEXT, 22_050)
    fake.answerV3({
      status: 200,
      headers: { 'content-type': 'application/json' },
      steps: spokenObjects(samplesAsBytes(bare.samples)).map((one) => `${one}\r\n`),
    })
    expect((await ask(fake)).pcm).toEqual(bare)
  })

  it('speaks by v1 where there is no v3, and where it is told to', async () => {
    const fake = await start()
    fake.answerV3(jsonReply({ code: 12, message: 'Not implemented' }, 404))
    const { pcm } = await ask(fake, { parameters: { role: 'good', speed: 0.8, lang: 'ru-RU' } })
    expect(pcm).toEqual(fakeVoice(TEXT, 48_000))
    expect(fake.v1()[0]).toMatchObject({
      headers: { authorization: `Api-Key ${PLANTED_KEY}` },
      body: {
        text: TEXT,
        voice: 'alena',
        emotion: 'good',
        speed: '0.8',
        lang: 'ru-RU',
        format: 'lpcm',
        sampleRateHertz: '48000',
        folderId: 'b1g',
      },
    })
    await ask(fake, { parameters: { way: 'v1' } })
    expect([fake.v3().length, fake.v1().length]).toEqual([1, 2])
  })

  it.each([
    ['alena', 'ru-RU'],
    ['madi_ru', 'ru-RU'],
    ['john', 'en-US'],
    ['lea', 'de-DE'],
    ['naomi', 'he-IL'],
    ['madi', 'kk-KK'],
    ['nigora', 'uz-UZ'],
  ])('tells v1 which language the voice %s speaks, which v3 knows by itself', async (voice, lang) => {
    const fake = await start()
    const { wire } = media.speech ?? {}
    await ask(fake, { wire, voice, parameters: { way: 'v1' } })
    await ask(fake, { wire, voice, parameters: { way: 'v3' } })
    expect(fake.v1()[0]).toMatchObject({ body: { voice, lang } })
    expect(JSON.stringify(fake.v3()[0]?.body)).not.toContain(lang)
    // What the settings say goes before.
    await ask(fake, { wire, voice, parameters: { way: 'v1', lang: 'tr-TR' } })
    expect(fake.v1()[1]).toMatchObject({ body: { lang: 'tr-TR' } })
  })

  it('tells why v3 could not be used where v1 does not help either', async () => {
    const fake = await start()
    const denied = jsonReply(v3Error(403, 'Permission denied for the folder b1g'), 403)
    fake.answerV3(denied)
    fake.answerV1(v1Error(400, 'Unsupported voice: alena'))
    const error = await rejection(ask(fake))
    expect(error).toMatchObject({
      code: 'provider_unauthorized',
      details: { providerMessage: 'Permission denied for the folder b1g' },
    })
    fake.answerV3(denied)
    expect(await rejection(ask(fake, { parameters: { way: 'v3' } }))).toMatchObject({ code: 'provider_unauthorized' })
    expect(fake.v1()).toHaveLength(1)
    fake.answerV1(v1Error(400, 'Unsupported voice: alena'))
    expect(await rejection(ask(fake, { parameters: { way: 'v1' } }))).toMatchObject({
      code: 'provider_request_rejected',
      details: { reason: 'bad_request', providerMessage: 'Unsupported voice: alena' },
    })
  })

  const sequence = (...steps: Reply['steps']) => soundReply('application/json', ...steps)
  const [first = '', second = ''] = spokenObjects(wavFile(fakeVoice(TEXT, 22_050)))
  it.each<[name: string, reply: Reply, expected: object]>([
    ['a bad key', jsonReply(v3Error(401, 'The token is invalid'), 401), { code: 'provider_unauthorized' }],
    ['a limit', jsonReply(v3Error(429, 'Too many requests'), 429), { code: 'provider_rate_limited', retryable: true }],
    [
      'an error in the sequence',
      sequence(first, JSON.stringify(v3Error(503, 'Later'))),
      { code: 'provider_overloaded' },
    ],
    [
      'a voice it does not have',
      jsonReply(v3Error(400, 'Voice x is not supported'), 400),
      { code: 'provider_request_rejected' },
    ],
    ['a cut object', sequence(first, second.slice(0, 100)), { code: 'provider_bad_answer', retryable: true }],
    ['a cut sound', sequence(first), { code: 'provider_bad_answer', details: { reason: 'cut_off' } }],
    ['no JSON', sequence('so long'), { code: 'provider_bad_answer', details: { reason: 'not_json' } }],
    ['another shape', sequence('{"result":{"audioChunk":{"data":5}}}'), { details: { reason: 'wrong_shape' } }],
    ['a web page', htmlReply(200), { code: 'provider_bad_answer', details: { reason: 'html' } }],
    ['nothing', sequence(), { code: 'media_wrong_type', details: { reason: 'empty' } }],
    ['a sequence without a sound', sequence('{"result":{}}'), { code: 'media_wrong_type' }],
    ['a film', soundReply('video/mp4', 'ftyp'), { code: 'media_wrong_type', details: { reason: 'video/mp4' } }],
    ['3 GB', endless('application/json'), { code: 'provider_answer_too_large' }],
  ])('names %s', async (_name, reply, expected) => {
    const fake = await start()
    fake.answerV3(reply)
    const error = await rejection(ask(fake))
    expect(error).toMatchObject(expected)
    expect(JSON.stringify(error)).not.toContain(PLANTED_KEY)
  })

  it('does not carry the key to another host', async () => {
    const fake = await start()
    const other = await opened(startFakeServer(() => jsonReply({})))
    fake.answerV3(redirectReply(`${other.origin}/tts`))
    expect(await rejection(ask(fake))).toMatchObject({ code: 'provider_unreachable', details: { reason: 'redirect' } })
    expect(other.requests).toEqual([])
  })
})

import OpenAI, { BadRequestError, NotFoundError, PermissionDeniedError } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StageId } from '@contract/ids'
import { readWav } from '@main/providers/kit/wav'
import { freePort } from '@test/helpers/free-port'
import { createGate } from '@test/helpers/gate'
import { anyKey } from '@test/helpers/gateway-keys-stage'
import { openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'
import { providerOf } from '@test/helpers/test-story'

let stage: GatewayStage
let program: OpenAI
beforeAll(async () => {
  stage = await openGatewayStage()
  program = new OpenAI({ baseURL: stage.gateway.url, apiKey: 'fab-any', maxRetries: 0 })
  const { id } = await providerOf(stage.app, 'openai')
  await stage.app.ask('providers.update', { id, patch: { baseUrl: stage.fake.url } })
  await stage.app.ask('tokens.add', { providerId: id, name: 'Voices', secret: 'sk-first-0123456789' })
})
afterAll(() => stage.close())

const VOICE = StageId.parse('voice')
const always = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }

type Asked = Partial<OpenAI.Audio.SpeechCreateParams>
const speak = (asked: Asked = {}) =>
  program.audio.speech.create({ model: 'demo/demo-voice', input: 'The lamp is lit.', voice: DEMO_VOICE, ...asked })
const bytesOf = async (asked: Asked) => new Uint8Array(await (await speak(asked)).arrayBuffer())
const DEMO_VOICE = 'vera'
const sent = () => stage.fake.requestsTo('/audio/speech').at(-1)?.body

describe('POST /v1/audio/speech', () => {
  it('makes a WAV file of what gives samples alone, and the bare samples', async () => {
    const response = await speak()
    expect(response.headers.get('content-type')).toBe('audio/wav')
    expect(response.headers.get('x-fabula-provider')).toBe('Demo')
    const wav = readWav(new Uint8Array(await response.arrayBuffer()))
    if (typeof wav === 'string') throw new Error(wav)
    expect(wav).toMatchObject({ sampleRate: 24_000, channels: 1 })
    expect(wav.samples.length).toBeGreaterThan(10_000)
    expect((await bytesOf({ response_format: 'pcm' })).length).toBe(wav.samples.length * 2)
    // Longer than is asked for at once, and twice as fast.
    const long = 'The lamp is lit. '.repeat(100)
    const [slow, fast] = [await bytesOf({ input: long }), await bytesOf({ input: long, speed: 2 })]
    expect(fast.length).toBeLessThan(slow.length * 0.8)
  })

  it('hands on the file of a provider that makes it, as it comes', async () => {
    const gate = createGate()
    stage.fake.answerAt('/audio/speech', {
      status: 200,
      headers: { 'content-type': 'audio/mpeg' },
      steps: [Buffer.from('ID3 first'), { wait: gate }, Buffer.from(' second')],
    })
    const asked = { model: 'openai/gpt-4o-mini-tts', voice: 'coral', instructions: 'Whisper.', speed: 1.5 }
    const response = await speak(asked)
    expect(response.headers.get('content-type')).toBe('audio/mpeg')
    const reader = response.body?.getReader()
    const read = async () => Buffer.from((await reader?.read())?.value ?? []).toString()
    expect(await read()).toBe('ID3 first')
    expect(stage.gateway.outcomes).not.toContainEqual(expect.objectContaining({ model: asked.model }))
    gate.open()
    expect(await read()).toBe(' second')
    expect((await reader?.read())?.done).toBe(true)
    expect(sent()).toMatchObject({
      model: 'gpt-4o-mini-tts',
      input: 'The lamp is lit.',
      voice: 'coral',
      instructions: 'Whisper.',
      speed: 1.5,
      response_format: 'mp3',
    })
    expect(stage.gateway.outcomes.at(-1)).toMatchObject({ model: asked.model, attempts: 1, error: null, left: false })
    const { calls } = await stage.app.ask('usage.calls', { ...always, limit: 1 })
    expect(calls[0]).toMatchObject({ purpose: { kind: 'gateway' }, model: 'gpt-4o-mini-tts', outcome: 'complete' })
  })

  it('divides what is longer than the model takes, and refuses it where the parts cannot be joined', async () => {
    const { id } = await providerOf(stage.app, 'openrouter')
    await stage.app.ask('providers.update', { id, patch: { baseUrl: stage.fake.url } })
    await stage.app.ask('tokens.add', { providerId: id, name: 'Long', secret: 'sk-or-v1-0123456789' })
    const long = { model: 'openrouter/maker/voice', voice: 'ann', input: 'The lamp is lit. '.repeat(240) }
    const before = stage.fake.requestsTo('/audio/speech').length
    const refused = await speak(long).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(BadRequestError)
    expect(refused).toMatchObject({ param: 'input', code: 'string_above_max_length' })
    expect(String(refused)).toMatch(/4079 characters.* at most 4000 .*wav or pcm/)
    expect(stage.fake.requestsTo('/audio/speech').length).toBe(before)

    const sound = { status: 200, headers: { 'content-type': 'audio/pcm' }, steps: [Buffer.alloc(480)] }
    stage.fake.answerAt('/audio/speech', ...Array.from({ length: 6 }, () => sound))
    expect((await bytesOf({ ...long, response_format: 'pcm' })).length).toBeGreaterThan(480)
    const asked = stage.fake.requestsTo('/audio/speech').slice(before)
    expect(asked).toHaveLength(6)
    for (const { body } of asked) expect(body).toMatchObject({ model: 'maker/voice', response_format: 'pcm' })
  })

  it('lets the provider go when the program leaves amid it', async () => {
    const gate = createGate()
    stage.fake.answerAt('/audio/speech', {
      status: 200,
      headers: { 'content-type': 'audio/mpeg' },
      steps: [Buffer.from('ID3'), { wait: gate }],
    })
    const left = new AbortController()
    const response = await program.audio.speech.create(
      { model: 'openai/tts-1', input: 'Hello', voice: 'alloy' },
      { signal: left.signal }
    )
    await response.body?.getReader().read()
    const asked = stage.fake.requestsTo('/audio/speech').at(-1)
    left.abort()
    await asked?.ended
    expect(asked?.closedEarly).toBe(true)
    await expect.poll(() => stage.gateway.outcomes.at(-1), { timeout: 30_000 }).toMatchObject({ left: true })
    gate.open()
  })

  it('speaks as the app does, with the voice that is chosen there', async () => {
    await expect(speak({ model: 'stage/voice' })).rejects.toThrow(/Nothing is set up/)
    const { id } = await providerOf(stage.app, 'demo')
    const settings = { voice: DEMO_VOICE }
    await stage.app.ask('stages.save', { id: VOICE, providerId: id, key: null, model: null, settings })
    const response = await fetch(`${stage.gateway.url}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'stage/voice', input: 'The lamp is lit.' }),
    })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(await bytesOf({}))
  })

  it('lists the chosen voice, which a key may be limited to, and which only speaks', async () => {
    const port = await freePort()
    await stage.app.ask('gateway.change', { port })
    const { url } = await stage.app.ask('gateway.switch', { on: true })
    if (url === null) throw new Error('The gateway does not listen')
    const clientOf = async (models: string[]) => {
      const { key } = await stage.app.ask('gateway.createKey', anyKey(models.join(' '), { models }))
      return new OpenAI({ baseURL: url, apiKey: key, maxRetries: 0 })
    }
    const [voice, others] = [await clientOf(['stage/*']), await clientOf(['demo/*'])]
    const say = (client: OpenAI, model: string) =>
      client.audio.speech.create({ model, voice: DEMO_VOICE, input: 'The lamp is lit.' })
    expect((await voice.models.list()).data).toEqual([
      expect.objectContaining({ id: 'stage/voice', owned_by: 'fabula' }),
    ])
    expect((await voice.models.retrieve('stage/voice')).id).toBe('stage/voice')
    expect((await say(voice, 'stage/voice')).status).toBe(200)
    await expect(say(voice, 'demo/demo-voice')).rejects.toThrow(PermissionDeniedError)
    expect((await others.models.list()).data.map(({ id }) => id)).not.toContain('stage/voice')
    await expect(others.models.retrieve('stage/voice')).rejects.toThrow(PermissionDeniedError)
    await expect(say(others, 'stage/voice')).rejects.toThrow(PermissionDeniedError)
    expect((await say(others, 'demo/demo-voice')).status).toBe(200)
    const chat = voice.chat.completions.create({ model: 'stage/voice', messages: [{ role: 'user', content: 'Hello' }] })
    await expect(chat).rejects.toThrow(/only speaks/)

    expect(await stage.app.ask('gateway.models', {})).toContain('stage/voice')
    await stage.app.ask('stages.clear', { id: VOICE })
    expect(await stage.app.ask('gateway.models', {})).not.toContain('stage/voice')
    await expect(voice.models.retrieve('stage/voice')).rejects.toThrow(NotFoundError)
    const { id } = await providerOf(stage.app, 'demo')
    await stage.app.ask('stages.save', {
      id: VOICE,
      providerId: id,
      key: null,
      model: null,
      settings: { voice: DEMO_VOICE },
    })
  })

  it('is refused for what there is not, and says what there is', async () => {
    await expect(speak({ voice: 'nobody' })).rejects.toThrow(BadRequestError)
    await expect(speak({ voice: 'nobody' })).rejects.toThrow(/It has .*vera/)
    await expect(speak({ response_format: 'opus' })).rejects.toThrow(/wav, pcm/)
    await expect(speak({ input: 'x'.repeat(4097) })).rejects.toThrow(BadRequestError)
    await expect(speak({ input: '…' })).rejects.toThrow(/nothing to say/)
    await expect(speak({ model: 'demo/nobody' })).rejects.toThrow(NotFoundError)
    await expect(speak({ model: 'anthropic/claude-x' })).rejects.toThrow(/does not speak/)
    stage.gateway.allow((model) => model === 'stage/voice')
    await expect(speak()).rejects.toThrow(PermissionDeniedError)
    expect((await speak({ model: 'stage/voice' })).status).toBe(200)
    stage.gateway.allow(() => true)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { answered, chunksOf, linesOf, post, WireError } from '@test/helpers/gateway-client'
import { fakeKeys, openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'
import { ollamaReply } from '@test/helpers/ollama-reply'

let stage: GatewayStage
beforeEach(async () => {
  stage = await openGatewayStage()
})
afterEach(() => stage.close())

const hello = [{ role: 'user', content: 'Hello' }]
const ask = (model: string, more: Record<string, unknown> = {}) =>
  post(stage.gateway.url, '/chat/completions', { model, messages: hello, ...more })
const headersOf = (response: { headers: Headers }) =>
  ['x-fabula-provider', 'x-fabula-model', 'x-fabula-attempts'].map((name) => response.headers.get(name))

describe('behind a program that knows nothing of it', () => {
  it('the second key answers where the first one is limited', async () => {
    const { fake } = stage
    fake.answerWith(chatReply.error(429, 'slow down', { 'retry-after': '20' }))
    const response = await ask('fake/fake-model')
    expect(response.status).toBe(200)
    expect(headersOf(response)).toEqual(['Fake', 'fake-model', '2'])
    expect(fake.requestsTo('/chat/completions').map(({ headers }) => headers['authorization'])).toEqual(
      fakeKeys.map((key) => `Bearer ${key}`)
    )
  })

  it('the backup model of a preset answers where the provider is gone, with what the program asked for', async () => {
    await stage.fake.goDown()
    const response = await ask('preset/Gothic nights/main', {
      stream: true,
      temperature: 0.7,
      stop: 'END',
      max_tokens: 9,
    })
    expect(headersOf(response)).toEqual(['Ollama', 'llama-test:8b', '2'])
    const chunks = chunksOf(await linesOf(response))
    expect(chunks.at(-1)).toBe('[DONE]')
    expect(stage.ollama.chats()).toMatchObject([{ options: { temperature: 0.7, stop: ['END'], num_predict: 9 } }])
    expect(stage.gateway.outcomes).toMatchObject([
      { model: 'preset/Gothic nights/main', answeredBy: { provider: 'Ollama', model: 'llama-test:8b' }, attempts: 2 },
    ])
  })

  it('another server that has the model answers where the best one is gone', async () => {
    const { app, ollama } = stage
    const response = await ask('ollama/llama-test:8b')
    expect(response.status).toBe(200)
    const far = await app.ask('servers.add', { name: 'Far', url: 'http://127.0.0.1:1' })
    await app.ask('servers.reorder', { ids: [far.id, stage.server.id] })
    await app.ask('models.create', {
      providerId: stage.backup.settings.providerId ?? stage.provider.id,
      serverId: far.id,
      model: 'llama-test:8b',
      kind: 'chat',
    })
    expect((await ask('ollama/llama-test:8b')).status).toBe(200)
    expect(ollama.chats()).toHaveLength(2)
  })

  it('an answer that is not streamed begins anew where it broke off, and only the whole one arrives', async () => {
    stage.fake.answerWith(chatReply.resetAfter(['Once upon']))
    const { body } = await answered(await ask('preset/Gothic nights/main'))
    expect(JSON.stringify(body)).not.toContain('Once upon"')
    expect(body).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
  })
})

describe('where nothing steps in', () => {
  it('a paid model does not follow one of this computer without consent', async () => {
    const { app, provider, ollama, preset } = stage
    const paid = await app.ask('modelConfigs.create', {
      name: 'Paid',
      kind: 'chat',
      settings: { providerId: provider.id, model: 'fake-model' },
    })
    await app.ask('providers.update', { id: provider.id, patch: { saidLocal: false } })
    const chains = { ...preset.fallback.chains, errors: [paid.id] }
    await app.ask('presets.update', { id: preset.id, patch: { fallback: { ...preset.fallback, chains } } })
    ollama.alwaysAnswerWith(ollamaReply.error(500, 'out of memory'))
    const refused = await ask('preset/Gothic nights/guard')
    expect(refused.status).toBe(502)
    expect(stage.fake.chats()).toEqual([])
    await app.ask('presets.update', {
      id: preset.id,
      patch: { fallback: { ...preset.fallback, chains, allowPaid: true } },
    })
    expect((await ask('preset/Gothic nights/guard')).status).toBe(200)
  })

  it('the program hears when to ask again, and no key that anybody wrote', async () => {
    const { fake } = stage
    fake.alwaysAnswerWith(chatReply.error(429, `Slow down, ${fakeKeys[1]}`, { 'retry-after': '90' }))
    const first = await ask('fake/fake-model')
    const { error } = WireError.parse(await first.json())
    expect([first.status, error.code]).toEqual([429, 'rate_limit_exceeded'])
    expect(first.headers.get('retry-after')).toBe('90')
    expect(first.headers.get('x-should-retry')).toBe('true')
    expect(['attempts', 'provider'].map((name) => first.headers.get(`x-fabula-${name}`))).toEqual(['2', 'Fake'])
    expect(JSON.stringify(error)).not.toMatch(/sk-(first|second)/)
    // By now both keys rest.
    const second = await ask('fake/fake-model')
    expect([second.status, WireError.parse(await second.json()).error.code]).toEqual([429, 'rate_limit_exceeded'])
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(30)
  })

  it('an account without credit is a quota that is spent, and not worth asking again', async () => {
    stage.fake.alwaysAnswerWith(chatReply.error(402, 'Pay first.'))
    const response = await ask('fake/fake-model')
    expect(response.headers.get('x-should-retry')).toBe('false')
    expect(WireError.parse(await response.json()).error).toMatchObject({
      code: 'insufficient_quota',
      type: 'insufficient_quota',
    })
    expect(WireError.parse(await (await ask('fake/fake-model')).json()).error.code).toBe('insufficient_quota')
  })

  it('a server that is switched off is said to be so', async () => {
    await stage.app.ask('servers.update', { id: stage.server.id, patch: { active: false } })
    const response = await ask('ollama/Attic room/llama-test:8b')
    expect([response.status, WireError.parse(await response.json()).error.code]).toEqual([403, 'server_inactive'])
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import openRouterRows from '@test/fixtures/openrouter/models.json'
import { collect, connectTo, PLANTED_KEY, rejection } from '@test/helpers/connect'
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '@test/helpers/fake-openai'
import { htmlReply, jsonReply } from '@test/helpers/fake-server'
import { fakeVector } from '@test/helpers/fake-text'

let fake: FakeOpenAi
afterEach(async () => {
  await fake.stop()
})

const { signal } = new AbortController()

async function list(slug: string, options: FakeOpenAiOptions) {
  fake = await startFakeOpenAi(options)
  return (await collect(openAiChatProtocol.listModels(connectTo(slug, fake.url), signal))).flat()
}

describe('the list of models', () => {
  it('keeps what OpenRouter tells, and forgives a row that is odd', async () => {
    const models = await list('openrouter', { models: openRouterRows, embeddingModels: ['maker/embedding'] })
    expect(models).toEqual([
      {
        model: 'maker/novelist',
        name: 'Maker: Novelist',
        kind: 'chat',
        contextLength: 200_000,
        maxOutput: 8192,
        supportedParameters: ['temperature', 'max_tokens', 'reasoning', 'tools', 'structured_outputs'],
        capabilities: ['text', 'image', 'tools', 'thinking', 'structured'],
        price: { input: 3, output: 15 },
        size: null,
        quantization: null,
        local: false,
        modalities: { input: ['text', 'image', 'file'], output: ['text'] },
        reasoning: { mandatory: false, efforts: ['high', 'low'], defaultEffort: null },
      },
      expect.objectContaining({
        model: 'maker/free',
        price: { input: 0, output: 0 },
        contextLength: null,
        maxOutput: null,
      }),
      expect.objectContaining({ model: 'router/auto', price: null, name: 'router/auto', supportedParameters: null }),
      expect.objectContaining({ model: 'maker/embedding', kind: 'embedding', capabilities: ['text'] }),
    ])
  })

  it('has every page, each model once', async () => {
    const ids = Array.from({ length: 25 }, (_, at) => `maker/model-${at}`)
    const models = await list('openrouter', { models: [...ids, ids[0] ?? ''], pageSize: 10, embeddingModels: [] })
    expect(models.map((model) => model.model)).toEqual(ids)
    expect(fake.requestsTo('/v1/models').map((request) => request.query['offset'])).toEqual([undefined, '10', '20'])
  })

  it('does not follow a link to another origin', async () => {
    fake = await startFakeOpenAi()
    fake.answerAt('/models', jsonReply({ data: [{ id: 'gpt-a' }], links: { next: 'http://127.0.0.1:9/more' } }))
    const models = await collect(openAiChatProtocol.listModels(connectTo('openai', fake.url), signal))
    expect(models.flat().map((model) => model.model)).toEqual(['gpt-a'])
  })

  it('sorts OpenAI’s models by what they are for, and says what each takes', async () => {
    const models = await list('openai', {
      models: [
        'gpt-5.1',
        'o3-mini',
        'gpt-4o',
        'text-embedding-3-small',
        'whisper-1',
        'dall-e-3',
        'tts-1',
        'gpt-4o-audio-preview',
        'gpt-5-pro',
        'omni-moderation-latest',
      ],
    })
    const facts = models.map((model) => [
      model.model,
      model.kind,
      model.supportedParameters?.includes('temperature') ?? null,
    ])
    expect(facts).toEqual([
      ['gpt-5.1', 'chat', false],
      ['o3-mini', 'chat', false],
      ['gpt-4o', 'chat', true],
      ['text-embedding-3-small', 'embedding', false],
    ])
  })

  it('takes the context length under the names that other servers give it, and a bare array', async () => {
    fake = await startFakeOpenAi()
    const rows = [{ id: 'a', context_window: 1 }, { id: 'b', max_model_len: 2 }, { id: 'nomic-embed-text' }]
    fake.answerAt('/models', jsonReply(rows))
    const models = await collect(openAiChatProtocol.listModels(connectTo('openai-compatible', fake.url), signal))
    expect(models.flat().map((model) => [model.model, model.kind, model.contextLength])).toEqual([
      ['a', 'chat', 1],
      ['b', 'chat', 2],
      ['nomic-embed-text', 'embedding', null],
    ])
  })

  it.each([
    ['a web page', htmlReply(200)],
    ['other JSON', jsonReply({ hello: 'world' })],
    ['nothing', jsonReply(null)],
  ])('is a bad answer when %s stands there', async (_name, reply) => {
    fake = await startFakeOpenAi()
    fake.answerAt('/models', reply)
    const read = collect(openAiChatProtocol.listModels(connectTo('openai', fake.url), signal))
    expect(await rejection(read)).toMatchObject({ code: ProviderError.BadAnswer })
  })
})

describe('checking a key', () => {
  it('asks OpenRouter for the key, since its models are open to all', async () => {
    fake = await startFakeOpenAi({ keys: [PLANTED_KEY], creditLeft: 7.5 })
    const connection = connectTo('openrouter', fake.url)
    expect(await openAiChatProtocol.checkKey(connection, signal)).toEqual({ models: null, creditLeft: 7.5 })
    const wrong = connectTo('openrouter', fake.url, { secret: () => 'sk-wrong' })
    expect(await rejection(openAiChatProtocol.checkKey(wrong, signal))).toMatchObject({
      code: ProviderError.Unauthorized,
      status: 401,
    })
  })

  it('tells what the key may spend in all, where it has a limit', async () => {
    fake = await startFakeOpenAi({ keys: [PLANTED_KEY] })
    fake.answerAt('/key', jsonReply({ data: { label: 'fake', limit: 10, limit_remaining: 4.2 } }))
    const check = await openAiChatProtocol.checkKey(connectTo('openrouter', fake.url), signal)
    expect(check).toEqual({ models: null, creditLeft: 4.2, creditLimit: 10 })
  })

  it('knows no credit for a key without a limit', async () => {
    fake = await startFakeOpenAi({ creditLeft: null })
    const check = await openAiChatProtocol.checkKey(connectTo('openrouter', fake.url), signal)
    expect(check.creditLeft).toBeNull()
  })

  it('counts the models elsewhere', async () => {
    fake = await startFakeOpenAi({ keys: [PLANTED_KEY], models: ['gpt-4o', 'whisper-1'] })
    const check = await openAiChatProtocol.checkKey(connectTo('openai', fake.url), signal)
    expect(check).toEqual({ models: 1, creditLeft: null })
    const wrong = connectTo('openai', fake.url, { secret: () => 'sk-wrong' })
    expect(await rejection(openAiChatProtocol.checkKey(wrong, signal))).toMatchObject({
      code: ProviderError.Unauthorized,
    })
  })
})

describe('embeddings', () => {
  const embed = async (texts: readonly string[], embedBatch = 2) =>
    await openAiChatProtocol.embed?.(connectTo('openai', fake.url, { definition: { embedBatch } }), {
      model: 'e',
      texts,
      parameters: { dimensions: 4 },
      signal,
    })

  it('belong to their texts over several requests, in whatever order they come', async () => {
    fake = await startFakeOpenAi()
    const texts = ['one', 'two', 'three', 'four', 'five']
    const answer = await embed(texts)
    expect(answer?.vectors).toEqual(texts.map((text) => fakeVector(text, 4)))
    expect(answer?.usage.inputTokens).toBe(5)
    expect(fake.requests.map((request) => request.body)).toEqual([
      { model: 'e', input: ['one', 'two'], dimensions: 4 },
      { model: 'e', input: ['three', 'four'], dimensions: 4 },
      { model: 'e', input: ['five'], dimensions: 4 },
    ])
  })

  it('that are too few are a bad answer, not a shift of all that follow', async () => {
    fake = await startFakeOpenAi()
    fake.answerAt('/embeddings', jsonReply({ data: [{ index: 1, embedding: [1] }] }))
    expect(await rejection(embed(['one', 'two']).then(String))).toMatchObject({ code: ProviderError.BadAnswer })
  })
})

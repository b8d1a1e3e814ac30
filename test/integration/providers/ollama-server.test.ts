import { afterEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { ollamaProtocol } from '@main/providers/protocols/ollama/ollama-protocol'
import { collect, connectTo, rejection } from '@test/helpers/connect'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { htmlReply, jsonReply } from '@test/helpers/fake-server'
import { fakeVector } from '@test/helpers/fake-text'
import { ollamaReply } from '@test/helpers/ollama-reply'

let fake: FakeOllama
afterEach(async () => {
  await fake.stop()
})

describe('the server', () => {
  const { signal } = new AbortController()
  const list = async () => (await collect(ollamaProtocol.listModels(connectTo('ollama', fake.url), signal))).flat()

  it('lists its models with what each can do', async () => {
    fake = await startFakeOllama({
      models: [
        {
          name: 'thinker:latest',
          capabilities: ['completion', 'thinking', 'tools', 'vision'],
          contextLength: 40_960,
          size: 5,
          quantization: 'Q8_0',
        },
        { name: 'embedder:v1', capabilities: ['embedding'], architecture: 'nomic-bert', contextLength: 2048 },
        { name: 'giant:cloud', capabilities: ['completion'], remoteHost: 'https://ollama.com', size: 300 },
      ],
    })
    const [thinker, embedder, cloud] = await list()
    expect(thinker).toEqual({
      model: 'thinker:latest',
      name: 'thinker',
      kind: 'chat',
      contextLength: 40_960,
      maxOutput: null,
      supportedParameters: expect.arrayContaining(['temperature', 'num_ctx', 'think']),
      capabilities: ['text', 'thinking', 'tools', 'image', 'structured'],
      price: null,
      size: 5,
      quantization: 'Q8_0',
      local: true,
      modalities: { input: ['text', 'image'], output: ['text'] },
      file: { digest: 'f'.repeat(64), family: 'llama', parameters: '8.0B', embeddingLength: 4096 },
    })
    expect(embedder).toMatchObject({ kind: 'embedding', contextLength: 2048, capabilities: ['text'] })
    expect(cloud).toMatchObject({ local: false, size: null })
    expect(cloud?.supportedParameters).not.toContain('think')
  })

  it('of an old version tells less, and nothing is taken to be refused', async () => {
    fake = await startFakeOllama({ old: true, models: [{ name: 'old:7b' }, { name: 'nomic-embed-text:latest' }] })
    expect((await list()).map((model) => [model.name, model.kind, model.supportedParameters])).toEqual([
      ['old:7b', 'chat', null],
      ['nomic-embed-text', 'embedding', null],
    ])
  })

  it('lists the other models when one is damaged', async () => {
    fake = await startFakeOllama({ models: [{ name: 'broken:1' }, { name: 'whole:1' }] })
    fake.answerAt('/api/show', (request) =>
      JSON.stringify(request.body).includes('broken') ? ollamaReply.error(500, 'damaged') : jsonReply({})
    )
    expect((await list()).map((model) => [model.name, model.contextLength])).toEqual([
      ['broken:1', null],
      ['whole:1', 131_072],
    ])
  })

  it.each([
    ['answers 404', jsonReply({ error: 'not found' }, 404)],
    ['answers with a web page', htmlReply(200)],
    ['answers with other JSON', jsonReply({ hello: 'world' })],
  ])('is not Ollama when it %s', async (_name, reply) => {
    fake = await startFakeOllama()
    fake.answerAt('/api/version', reply)
    const connection = connectTo('ollama', fake.url)
    const asked = Promise.resolve(ollamaProtocol.host?.version(connection, signal))
    expect(await rejection(asked)).toMatchObject({ code: ProviderError.NotOllama, retryable: false })
  })

  it('turns texts into vectors, some at a time', async () => {
    fake = await startFakeOllama()
    const connection = connectTo('ollama', fake.url, { definition: { embedBatch: 2 } })
    const texts = ['one', 'two', 'three']
    const request = { model: 'embed-test', texts, parameters: { dimensions: 3, truncate: false }, signal }
    expect(await ollamaProtocol.embed?.(connection, request)).toEqual({
      vectors: texts.map((text) => fakeVector(text, 3)),
      usage: { inputTokens: 3, outputTokens: null, cost: null },
    })
    expect(fake.requests.map((one) => one.body)).toEqual([
      { model: 'embed-test', input: ['one', 'two'], dimensions: 3, truncate: false },
      { model: 'embed-test', input: ['three'], dimensions: 3, truncate: false },
    ])
  })
})

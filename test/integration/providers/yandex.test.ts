import { afterEach, describe, expect, it } from 'vitest'
import { PresetError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import { ProviderFailure } from '@main/providers/spec/failure'
import { collect, connectTo, rejection } from '@test/helpers/connect'
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '@test/helpers/fake-openai'
import { fakeVector } from '@test/helpers/fake-text'

let fake: FakeOpenAi
const start = async (options: FakeOpenAiOptions = {}) => {
  fake = await startFakeOpenAi({ flavour: 'yandex', ...options })
}
afterEach(async () => {
  await fake.stop()
})

const { signal } = new AbortController()
const folder = { folder_id: 'b1gfolder' }

const chat = (model: string, settings: JsonObject, headers: Record<string, string> = {}) =>
  collect(
    openAiChatProtocol.chat(connectTo('yandex', fake.url, { settings, headers }), {
      model,
      messages: [{ role: 'user', content: 'Дальше.' }],
      parameters: {},
      signal,
    })
  )

const embed = (settings: JsonObject, purpose?: 'document' | 'query', model = 'text-search-doc/latest') =>
  Promise.resolve(
    openAiChatProtocol.embed?.(connectTo('yandex', fake.url, { settings }), {
      model,
      texts: ['раз', 'два'],
      parameters: {},
      signal,
      ...(purpose ? { purpose } : {}),
    })
  )

describe('the folder of Yandex AI Studio', () => {
  it('stands in a header and in the name of the model, and nowhere in the body', async () => {
    await start()
    await chat('yandexgpt/latest', folder)
    const [request] = fake.requests
    expect(request?.headers['openai-project']).toBe('b1gfolder')
    expect(request?.body).toEqual({
      model: 'gpt://b1gfolder/yandexgpt/latest',
      messages: [{ role: 'user', content: 'Дальше.' }],
      stream: true,
    })
  })

  it('is not needed for a whole name, as the list has them', async () => {
    await start()
    await chat('gpt://b1gother/yandexgpt-lite/latest', {})
    expect(fake.chats()[0]).toMatchObject({ model: 'gpt://b1gother/yandexgpt-lite/latest' })
    expect(fake.requests[0]?.headers).not.toHaveProperty('openai-project')
  })

  it('that is missing for a short name is named, before anything is sent', async () => {
    await start()
    const without: JsonObject[] = [{}, { folder_id: ' ' }, { folder_id: 7 }]
    for (const settings of without) {
      const failure = await rejection(chat('yandexgpt/latest', settings))
      expect(failure).toBeInstanceOf(ProviderFailure)
      expect(failure).toMatchObject({ code: PresetError.InvalidSetting, details: { path: 'settings.folder_id' } })
    }
    expect(await rejection(embed({}))).toMatchObject({ code: PresetError.InvalidSetting })
    expect(fake.requests).toEqual([])
  })

  it('goes over a header of the user’s own', async () => {
    await start()
    const model = 'gpt://b1gfolder/yandexgpt/latest'
    await chat(model, folder, { 'OpenAI-Project': 'b1gother' })
    await chat('gpt://b1gother/yandexgpt/latest', {}, { 'OpenAI-Project': 'b1gother' })
    expect(fake.requests.map(({ headers }) => headers['openai-project'])).toEqual(['b1gfolder', 'b1gother'])
  })

  it('that no header can carry is left out of it', async () => {
    await start()
    await chat('gpt://b1gfolder/x', { folder_id: 'каталог\r\nX-Evil: 1' })
    expect(fake.requests[0]?.headers).not.toHaveProperty('openai-project')
    expect(fake.requests[0]?.headers).not.toHaveProperty('x-evil')
  })
})

describe('Yandex AI Studio', () => {
  it.each([
    [true, 'true'],
    [false, 'false'],
  ])('is told whether it may keep texts: %s', async (data_logging, header) => {
    await start()
    await chat('yandexgpt/latest', { ...folder, data_logging })
    expect(fake.requests[0]?.headers['x-data-logging-enabled']).toBe(header)
  })

  it('embeds one text a call, passages and queries by models of their own', async () => {
    await start()
    const answer = await embed(folder)
    expect(answer?.vectors).toEqual([fakeVector('раз', 8), fakeVector('два', 8)])
    await embed(folder, 'document')
    await embed(folder, 'query')
    const document = 'emb://b1gfolder/text-search-doc/latest'
    const query = 'emb://b1gfolder/text-search-query/latest'
    expect(fake.requests.map(({ body }) => body)).toEqual(
      [document, document, query].flatMap((model) => [
        { model, input: 'раз' },
        { model, input: 'два' },
      ])
    )
  })

  it('asks a model that has no twin for queries too', async () => {
    await start()
    await embed(folder, 'query', 'emb://b1gfolder/own/latest')
    expect(fake.requests[0]?.body).toMatchObject({ model: 'emb://b1gfolder/own/latest' })
  })

  it('lists models by what they are for, and the model for queries not apart', async () => {
    await start({
      models: [
        'gpt://b1g/yandexgpt/latest',
        'gpt://b1g/qwen3-235b-a22b-fp8/latest',
        'emb://b1g/text-search-doc/latest',
        'emb://b1g/text-search-query/latest',
        'art://b1g/yandex-art/latest',
        'cls://b1g/yandexgpt/latest',
      ],
    })
    const models = (await collect(openAiChatProtocol.listModels(connectTo('yandex', fake.url), signal))).flat()
    expect(models.map(({ model, kind, supportedParameters }) => [model, kind, supportedParameters])).toEqual([
      ['gpt://b1g/yandexgpt/latest', 'chat', ['temperature', 'max_tokens']],
      ['gpt://b1g/qwen3-235b-a22b-fp8/latest', 'chat', ['temperature', 'max_tokens']],
      ['emb://b1g/text-search-doc/latest', 'embedding', []],
    ])
  })

  it('answers by a schema', async () => {
    await start()
    const responseSchema: JsonObject = { type: 'object', properties: {}, required: [], additionalProperties: false }
    const connection = connectTo('yandex', fake.url, { settings: folder })
    const request = {
      model: 'yandexgpt',
      messages: [],
      parameters: {},
      responseFormat: { type: 'schema' as const, schema: responseSchema },
      signal,
    }
    await collect(openAiChatProtocol.chat(connection, request))
    expect(fake.chats()[0]).toMatchObject({ response_format: { type: 'json_schema' } })
  })
})

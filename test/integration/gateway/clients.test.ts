import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, embedMany, generateText, Output, stepCountIs, streamText, tool } from 'ai'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import OpenAI from 'openai'
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { collect, rejection } from '@test/helpers/connect'
import { openScenes, type Scenes } from '@test/helpers/gateway-scenes'
import { hasPythonOpenAi, pythonEnvironment } from '@test/helpers/python-openai'

const run = promisify(execFile)
const model = 'fake/fake-model'
const Dice = z.object({ sides: z.number() })

let stage: Scenes
beforeAll(async () => {
  stage = await openScenes()
  await stage.app.ask('models.update', { id: 'fake/org/fake model', patch: { enabled: false } })
})
afterAll(() => stage.close())

/** The connection of the last request with this text to the model. */
const upstreamOf = (text: string) =>
  stage.fake.requestsTo('/chat/completions').findLast(({ body }) => JSON.stringify(body).includes(text))

describe('the openai package of npm', () => {
  let client: OpenAI
  beforeAll(() => {
    client = new OpenAI({ apiKey: stage.key, baseURL: stage.url, maxRetries: 0 })
  })
  const user = (content: string) => [{ role: 'user' as const, content }]
  const chat = (text: string, more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}) =>
    client.chat.completions.create({ model, messages: user(text), ...more })
  const roll: OpenAI.ChatCompletionTool = {
    type: 'function',
    function: { name: 'roll', parameters: { type: 'object' } },
  }

  it('gets a whole answer, and who gave it', async () => {
    const { data, response } = await chat('Hello').withResponse()
    expect(data).toMatchObject({
      object: 'chat.completion',
      model,
      choices: [{ finish_reason: 'stop', message: { content: 'Good evening.', reasoning_content: 'It is late.' } }],
      usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
    })
    expect(response.headers.get('x-fabula-model')).toBe('fake-model')
    expect(response.headers.get('x-request-id')).toMatch(/^req-/)
  })

  it('streams, with the usage where it is wanted', async () => {
    const stream = client.chat.completions.stream({
      model,
      messages: user('Hello'),
      stream_options: { include_usage: true },
    })
    const heard: string[] = []
    stream.on('content', (text) => heard.push(text))
    expect(await stream.finalContent()).toBe('Good evening.')
    expect(heard).toEqual(['Good ', 'evening.'])
    expect((await stream.totalUsage()).total_tokens).toBe(17)
  })

  it('calls tools and hands back what they gave', async () => {
    const runner = client.chat.completions.runTools({
      model,
      messages: user('Roll'),
      tools: [zodFunction({ name: 'roll', parameters: Dice, function: ({ sides }) => `4 of ${sides}` })],
    })
    expect(await runner.finalContent()).toBe('You rolled "4 of 6".')
  })

  it('streams tool calls', async () => {
    const stream = client.chat.completions.stream({ model, messages: user('Roll'), tools: [roll] })
    const { choices } = await stream.finalChatCompletion()
    expect(choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ id: 'call_1', function: { name: 'roll', arguments: '{"sides":6}' } }] },
    })
  })

  it('gets what fits a schema', async () => {
    const answer = await client.chat.completions.parse({
      model,
      messages: user('Who?'),
      response_format: zodResponseFormat(z.object({ name: z.string(), age: z.number() }), 'person'),
    })
    expect(answer.choices[0]?.message.parsed).toEqual({ name: 'Ann', age: 41 })
  })

  it('lists models, asks for one, and gets vectors, which it asks for in base64', async () => {
    expect((await collect(client.models.list())).map(({ id }) => id)).toContain('preset/Gothic nights/main')
    expect(await client.models.retrieve('preset/Gothic nights/main')).toMatchObject({ owned_by: 'fabula' })
    const { data } = await client.embeddings.create({
      model: 'fake/fake-embedding',
      input: ['one', 'two'],
      dimensions: 4,
    })
    expect(data.map(({ embedding }) => embedding.length)).toEqual([4, 4])
  })

  it.each([
    ['an unknown model', { model: 'nothing/here' }, OpenAI.NotFoundError, 'model_not_found'],
    ['a model that is off', { model: 'fake/org/fake model' }, OpenAI.PermissionDeniedError, 'model_disabled'],
    ['a wrong field', { n: 2 }, OpenAI.BadRequestError, 'invalid_value'],
    ['a limit', { model: 'limited/fake-model' }, OpenAI.RateLimitError, 'rate_limit_exceeded'],
    ['a text that is too long', { messages: user('Too long') }, OpenAI.BadRequestError, 'context_length_exceeded'],
  ])('throws its own typed error for %s', async (_what, more, kind, code) => {
    const error = await rejection(chat('Hello', more))
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ code })
  })

  it('throws its own typed error for a key that the gateway does not know', async () => {
    const stranger = new OpenAI({ apiKey: 'fab-unknown', baseURL: stage.url, maxRetries: 0 })
    const error = await rejection(stranger.models.list())
    expect(error).toBeInstanceOf(OpenAI.AuthenticationError)
    expect(error).toMatchObject({ code: 'invalid_api_key' })
  })

  it('throws amid a stream what broke off', async () => {
    const stream = await client.chat.completions.create({ model, messages: user('Break off'), stream: true })
    expect(await rejection(collect(stream))).toMatchObject({ code: 'provider_broke_off' })
  })

  it('does not notice that a key is limited and a server is dead', async () => {
    await stage.prepareFailures()
    const { data, response } = await chat('Fail over').withResponse()
    expect(data.choices[0]?.message.content).toBe('From the second key.')
    expect(response.headers.get('x-fabula-attempts')).toBe('2')
    const other = await chat('Hello', { model: 'ollama/llama-test:8b' }).withResponse()
    expect(other.response.headers.get('x-fabula-attempts')).toBe('2')
  })

  it('stops the model when it leaves', async () => {
    const stream = await client.chat.completions.create({ model, messages: user('Never end'), stream: true })
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content === 'Once') break
    await upstreamOf('Never end')?.ended
    expect(upstreamOf('Never end')?.closedEarly).toBe(true)
  })
})

describe("the AI SDK's provider for what is compatible with OpenAI", () => {
  const provider = () =>
    createOpenAICompatible({
      name: 'fabula',
      baseURL: stage.url,
      apiKey: stage.key,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })
  const chat = () => provider()(model)

  it('gets a whole answer with its reasoning and usage', async () => {
    const { text, reasoningText, usage, finishReason } = await generateText({ model: chat(), prompt: 'Hello' })
    expect({ text, reasoningText, finishReason, total: usage.totalTokens }).toEqual({
      text: 'Good evening.',
      reasoningText: 'It is late.',
      finishReason: 'stop',
      total: 17,
    })
  })

  it('streams', async () => {
    const stream = streamText({ model: chat(), prompt: 'Hello' })
    expect(await collect(stream.textStream)).toEqual(['Good ', 'evening.'])
    expect((await stream.usage).totalTokens).toBe(17)
  })

  it('calls tools and hands back what they gave', async () => {
    const { text, steps } = await generateText({
      model: chat(),
      prompt: 'Roll',
      tools: {
        roll: tool({ inputSchema: Dice, execute: ({ sides }) => `4 of ${sides}` }),
      },
      stopWhen: stepCountIs(3),
    })
    expect(text).toBe('You rolled "4 of 6".')
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop'])
  })

  it('gets what fits a schema', async () => {
    const { output } = await generateText({
      model: chat(),
      prompt: 'Who?',
      output: Output.object({ schema: z.object({ name: z.string(), age: z.number() }) }),
    })
    expect(output).toEqual({ name: 'Ann', age: 41 })
  })

  it('gets vectors', async () => {
    const { embeddings } = await embedMany({
      model: provider().embeddingModel('fake/fake-embedding'),
      values: ['one', 'two'],
    })
    expect(embeddings.map((vector) => vector.length)).toEqual([8, 8])
  })

  it('throws what went wrong, and amid a stream too', async () => {
    const error = await rejection(generateText({ model: provider()('nothing/here'), prompt: 'Hello', maxRetries: 0 }))
    expect(APICallError.isInstance(error) && error.statusCode).toBe(404)
    const failures: unknown[] = []
    const stream = streamText({ model: chat(), prompt: 'Break off', onError: ({ error }) => void failures.push(error) })
    await collect(stream.textStream)
    expect(JSON.stringify(failures)).toContain('broke off')
  })
})

describe('the openai package of Python', () => {
  it.skipIf(!hasPythonOpenAi)('does all of that too (skipped where .ci/python-openai was not run)', async () => {
    await stage.prepareFailures()
    const script = fileURLToPath(new URL('../../fixtures/openai-client.py', import.meta.url))
    const env = { ...pythonEnvironment(), BASE: stage.url, KEY: stage.key }
    const said: unknown = JSON.parse((await run('python3', [script], { env })).stdout)
    expect(said).toEqual({
      chat: ['Good evening.', model, 17, 'fake-model'],
      stream: ['Good evening.', 17],
      tools: ['tool_calls', 'roll', { sides: 6 }, 'You rolled "4".'],
      parse: { name: 'Ann', age: 41 },
      embeddings: [4, 4],
      models: [true, 'preset/Gothic nights/main'],
      errors: {
        unknown: ['NotFoundError', 404, 'model_not_found'],
        wrong: ['BadRequestError', 400, 'invalid_value'],
        long: ['BadRequestError', 400, 'context_length_exceeded'],
        limited: ['RateLimitError', 429, 'rate_limit_exceeded'],
        off: ['PermissionDeniedError', 403, 'model_disabled'],
        key: ['AuthenticationError', 401, 'invalid_api_key'],
        broken: ['APIError', 'provider_broke_off'],
      },
      'second key': ['From the second key.', '2'],
      'second server': ['stop', '2'],
      abort: ['', 'Once'],
      async: Array.from({ length: 5 }, () => 'Good evening.'),
    })
    await upstreamOf('Never end')?.ended
    expect(upstreamOf('Never end')?.closedEarly).toBe(true)
  })
})

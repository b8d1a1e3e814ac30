import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { answered, post, WireError, type Answered } from '@test/helpers/gateway-client'
import { openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'
import { providerOf } from '@test/helpers/test-story'

let stage: GatewayStage
beforeAll(async () => {
  stage = await openGatewayStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.gateway.outcomes.splice(0))

const hello = [{ role: 'user', content: 'Hello' }]
const chat = async (body: Record<string, unknown>): Promise<Answered> =>
  answered(await post(stage.gateway.url, '/chat/completions', { model: 'fake/fake-model', messages: hello, ...body }))
const sent = () => stage.fake.chats().at(-1)
const sentToOllama = () => stage.ollama.chats().at(-1)

describe('what a program says', () => {
  it('goes over the settings of the preset, and what it leaves out stays as that has it', async () => {
    await chat({ model: 'preset/Gothic nights/main' })
    expect(sent()).toMatchObject({ temperature: 0.2, max_tokens: 50 })
    await chat({ model: 'preset/Gothic nights/main', temperature: 0.9, max_completion_tokens: 70, seed: 3 })
    expect(sent()).toMatchObject({ temperature: 0.9, max_tokens: 70, seed: 3 })
  })

  it('goes over custom parameters of reusable settings too, wherever these stand', async () => {
    const { app, provider } = stage
    const config = await app.ask('modelConfigs.create', {
      name: 'Own words',
      kind: 'chat',
      settings: {
        providerId: provider.id,
        model: 'fake-model',
        custom: { temperature: 0.1, mirostat: 2, chat_template_kwargs: { thinking: true } },
      },
    })
    await chat({ model: 'config/Own words', temperature: 0.8, user: 'ann' })
    expect(sent()).toMatchObject({
      temperature: 0.8,
      mirostat: 2,
      chat_template_kwargs: { thinking: true },
      user: 'ann',
    })
    await app.ask('modelConfigs.delete', { id: config.id })
  })

  it('goes on as it is to a provider that speaks OpenAI, and stands where Ollama wants it', async () => {
    const more = { top_k: 40, user: 'ann', stop: 'END', presence_penalty: 1, keep_alive: '1m', num_ctx: 4096 }
    await chat(more)
    expect(sent()).toMatchObject({ ...more, stop: ['END'], stream: true })
    await chat({ model: 'ollama/llama-test:8b', ...more })
    expect(sentToOllama()).toMatchObject({
      keep_alive: '1m',
      options: { top_k: 40, stop: ['END'], presence_penalty: 1, num_ctx: 4096 },
    })
    expect(JSON.stringify(sentToOllama())).not.toContain('ann')
  })

  it('is answered by words that nobody packs and unpacks on their way', async () => {
    await chat({})
    const { headers } = stage.fake.requestsTo('/chat/completions').at(-1) ?? {}
    expect(headers?.['accept-encoding']).toBe('identity')
  })

  it('in tools, images and formats arrives as the provider takes it', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }
    const tools = [{ type: 'function', function: { name: 'roll', parameters: { type: 'object', properties: {} } } }]
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'What is this?' }, image] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'roll', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '4' },
    ]
    await chat({ messages, tools, tool_choice: 'required', parallel_tool_calls: false })
    expect(sent()).toMatchObject({ messages, tools, tool_choice: 'required', parallel_tool_calls: false })
  })

  it('counts in the ledger, under the name of its key', async () => {
    await chat({})
    const period = { from: new Date(0).toISOString(), to: new Date(Date.now() + 60_000).toISOString() }
    const { calls } = await stage.app.ask('usage.calls', { ...period, limit: 1 })
    expect(calls).toMatchObject([
      {
        purpose: { kind: 'gateway', keyName: 'Test', keyId: null },
        provider: 'Fake',
        outcome: 'complete',
        inputTokens: 12,
      },
    ])
    expect(stage.gateway.outcomes).toEqual([
      {
        model: 'fake/fake-model',
        answeredBy: { provider: 'Fake', model: 'fake-model' },
        attempts: 1,
        usage: { inputTokens: 12, outputTokens: 5, cost: null },
        error: null,
        left: false,
      },
    ])
  })
})

describe('an answer', () => {
  it('has the tool calls of the model, whole, and says why it ended', async () => {
    stage.fake.answerWith(
      chatReply.toolCalls([
        [{ index: 0, id: 'call_a', type: 'function', function: { name: 'roll', arguments: '{"si' } }],
        [{ index: 0, function: { arguments: 'des":6}' } }],
        [{ index: 1, id: 'call_b', type: 'function', function: { name: 'draw', arguments: '{}' } }],
      ])
    )
    const { body } = await chat({ tools: [{ type: 'function', function: { name: 'roll' } }] })
    expect(body).toMatchObject({
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [
              { id: 'call_a', type: 'function', function: { name: 'roll', arguments: '{"sides":6}' } },
              { id: 'call_b', type: 'function', function: { name: 'draw', arguments: '{}' } },
            ],
          },
        },
      ],
    })
  })

  it('says that it was cut off at the token limit', async () => {
    stage.fake.answerWith(chatReply.stream(['Once'], { finish: 'length', usage: null }))
    const { body } = await chat({})
    expect(body).toMatchObject({ choices: [{ finish_reason: 'length', message: { content: 'Once' } }] })
  })

  it('has numbers of tokens also where the provider counts none: about as many as there are', async () => {
    stage.fake.answerWith(chatReply.stream(['Once ', 'upon a time.'], { reasoning: ['Hm.'], usage: null }))
    const { body } = await chat({})
    expect(body).toMatchObject({ usage: { prompt_tokens: 8, completion_tokens: 6, total_tokens: 14 } })
  })
})

describe('what cannot be answered', () => {
  it.each([
    ['no JSON', '{"model":', 400, 'invalid_json', null],
    ['a model that makes vectors', { model: 'fake/fake-embedding', messages: hello }, 400, 'invalid_value', 'model'],
    ['a wrong field', { model: 'fake/fake-model', messages: hello, n: 3 }, 400, 'invalid_value', 'n'],
    [
      'an image, for a model that reads words alone',
      {
        model: 'demo/demo-novelist',
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] },
        ],
      },
      400,
      'model_without_images',
      'messages',
    ],
  ])('is refused: %s', async (_what, body, status, code, param) => {
    const response = await post(stage.gateway.url, '/chat/completions', body)
    expect(response.status).toBe(status)
    expect(WireError.parse(await response.json()).error).toMatchObject({ code, param })
    expect(stage.gateway.outcomes).toMatchObject([{ error: { code }, attempts: 0 }])
  })

  it.each([
    ['GET', '/chat/completions', 405, 'method_not_allowed', 'POST'],
    ['POST', '/models', 405, 'method_not_allowed', 'GET'],
    ['DELETE', '/models/fake/fake-model', 405, 'method_not_allowed', 'GET'],
    ['POST', '/chats', 404, 'unknown_url', null],
    ['GET', '/', 404, 'unknown_url', null],
  ])('is refused: %s %s', async (method, path, status, code, allow) => {
    const response = await fetch(`${stage.gateway.url}${path}`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow])
    expect(WireError.parse(await response.json()).error).toMatchObject({ code, type: 'invalid_request_error' })
  })
})

it.each([
  ['/responses', 'The gateway has /v1/models, /v1/chat/completions'],
  ['/v1/chat/completions', 'ends in /v1'],
  ['/chat/completions/chat/completions', 'ends in /v1'],
  ['/../chat/completions', 'ends in /v1'],
])('an address that there is not is answered with what may have been meant: %s', async (path, hint) => {
  const response = await post(stage.gateway.url, path, {})
  expect(WireError.parse(await response.json()).error.message).toContain(hint)
})

describe('a model that is asked for what it does not do', () => {
  it('is named with the address that takes it, and is not said to be missing', async () => {
    const told = async (path: string, body: unknown) => {
      const response = await post(stage.gateway.url, path, body)
      return [response.status, WireError.parse(await response.json()).error.message] as const
    }
    const wrong = [400, expect.stringMatching(/is for embeddings and writes no text.*\/v1\/embeddings/)]
    expect(await told('/chat/completions', { model: 'fake/fake-embedding', messages: hello })).toEqual(wrong)
    expect(await told('/completions', { model: 'demo/demo-embedder', prompt: 'Once' })).toEqual(wrong)
    expect(await told('/embeddings', { model: 'demo/demo-novelist', input: 'one' })).toEqual([
      400,
      expect.stringMatching(/writes text and makes no embeddings.*\/v1\/chat\/completions/),
    ])
    // Its list was never read: the model may be there.
    const anthropic = await providerOf(stage.app, 'anthropic')
    const unreachable = 'http://127.0.0.1:9'
    await stage.app.ask('providers.update', { id: anthropic.id, patch: { baseUrl: unreachable } })
    await stage.app.ask('tokens.add', { providerId: anthropic.id, name: 'Mine', secret: 'sk-ant-0123456789' })
    expect(await told('/embeddings', { model: 'anthropic/claude-x', input: 'one' })).toEqual([
      400,
      expect.stringContaining('makes no vectors'),
    ])
  })
})

describe('vectors', () => {
  const embed = async (body: Record<string, unknown>) =>
    answered(await post(stage.gateway.url, '/embeddings', { model: 'fake/fake-embedding', ...body }))

  it('come in the order of the texts, as numbers or in base64', async () => {
    const { body, header } = await embed({ input: ['one', 'two'], dimensions: 3 })
    expect(body).toMatchObject({
      object: 'list',
      model: 'fake/fake-embedding',
      data: [{ object: 'embedding', index: 0 }, { index: 1 }],
      usage: { prompt_tokens: 2, total_tokens: 2 },
    })
    expect([header('x-fabula-provider'), header('x-fabula-attempts')]).toEqual(['Fake', '1'])
    const numbers = (await embed({ input: 'one', dimensions: 3 })).body
    const packed = (await embed({ input: 'one', dimensions: 3, encoding_format: 'base64' })).body
    const floats = (numbers as { data: [{ embedding: number[] }] }).data[0].embedding
    const bytes = Buffer.from((packed as { data: [{ embedding: string }] }).data[0].embedding, 'base64')
    expect([0, 4, 8].map((at) => bytes.readFloatLE(at))).toEqual(floats.map(Math.fround))
  })

  it('come from Ollama by the same request', async () => {
    const { status, body } = await embed({ model: 'ollama/Attic room/embed-test:latest', input: 'one' })
    expect([status, body]).toMatchObject([200, { data: [{ index: 0 }] }])
  })

  it.each([
    ['lists of token numbers', { input: [1, 2, 3] }, 'input'],
    ['several lists of token numbers', { input: [[1], [2]] }, 'input'],
    ['nothing', {}, 'input'],
    ['no text at all', { input: [] }, 'input'],
    ['another form', { input: 'x', encoding_format: 'int8' }, 'encoding_format'],
    ['a model that writes', { model: 'fake/fake-model', input: 'x' }, 'model'],
    ['a length that no vector has', { input: 'x', dimensions: 0 }, 'dimensions'],
    [
      'a length, of a model that has only one',
      { model: 'demo/demo-embedder', input: 'x', dimensions: 8 },
      'dimensions',
    ],
  ])('are refused for %s', async (_what, more, param) => {
    const { status, body } = await embed(more)
    expect(status).toBe(400)
    expect(WireError.parse(body).error.param).toBe(param)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import { anthropicProtocol } from '@main/providers/protocols/anthropic/anthropic-protocol'
import type { ChatEvent, ChatRequest } from '@main/providers/spec/chat'
import { anthropicReply } from '@test/helpers/anthropic-reply'
import { collect, connectTo, PLANTED_KEY, rejection, textOf } from '@test/helpers/connect'
import { startFakeAnthropic, type FakeAnthropic } from '@test/helpers/fake-anthropic'
import { htmlReply, jsonReply, stallReply } from '@test/helpers/fake-server'
import { FAKE_STORY } from '@test/helpers/fake-text'
import { createGate } from '@test/helpers/gate'

let fake: FakeAnthropic
beforeEach(async () => {
  fake = await startFakeAnthropic()
})
afterEach(async () => {
  await fake.stop()
})

const request = (more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'claude-test-4',
  messages: [
    { role: 'system', content: 'Write.' },
    { role: 'user', content: 'Go on.' },
  ],
  parameters: {},
  signal: new AbortController().signal,
  ...more,
})

const ask = (more: Partial<ChatRequest> = {}) => anthropicProtocol.chat(connectTo('anthropic', fake.url), request(more))

describe('an answer from Anthropic', () => {
  it('comes piece by piece, and ends with its usage', async () => {
    const events = await collect(ask())
    expect(events.filter((event) => event.type === 'text').map((event) => event.text)).toEqual(FAKE_STORY)
    expect(events.at(-1)).toEqual({
      type: 'end',
      reason: 'stop',
      usage: { inputTokens: 12, outputTokens: 5, cost: null },
    })
  })

  it('is counted while it comes, for one that never comes to its end', async () => {
    fake.answerWith(anthropicReply.stream(['The door '], { stop: null }))
    const told: unknown[] = []
    await rejection(collect(ask({ onUsage: (usage) => told.push(usage) })))
    expect(told).toEqual([{ inputTokens: 12, outputTokens: 1, cost: null }])
  })

  it('is passed on while the rest is still being written', async () => {
    const gate = createGate()
    fake.answerWith(anthropicReply.stream(['first', gate, 'second']))
    const events = ask()[Symbol.asyncIterator]()
    expect(await events.next()).toEqual({ done: false, value: { type: 'text', text: 'first' } })
    gate.open()
    expect(await events.next()).toEqual({ done: false, value: { type: 'text', text: 'second' } })
  })

  it('has its thinking apart', async () => {
    fake.answerWith(anthropicReply.stream(['Text'], { thinking: ['Let me', ' see'] }))
    const events = await collect(ask())
    expect(events.map((event) => event.type)).toEqual(['reasoning', 'reasoning', 'text', 'end'])
    expect(textOf(events)).toBe('Text')
  })

  it('counts what came out of the cache as input', async () => {
    const usage = { input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 7 }
    fake.answerWith(anthropicReply.stream(['a'], { usage }))
    expect((await collect(ask())).at(-1)).toMatchObject({ usage: { inputTokens: 100, outputTokens: 7 } })
  })

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
  ])('that stopped for %s ended by %s', async (stop, reason) => {
    fake.answerWith(anthropicReply.stream(['Once'], { stop }))
    expect((await collect(ask())).at(-1)).toMatchObject({ type: 'end', reason })
  })

  it('keeps characters whole whose bytes come one by one, and passes over events of the future', async () => {
    const bytes = Buffer.from(
      'event: news\r\ndata: {"type":"news","value":[1]}\r\n\r\n' +
        'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"маяк 🌊"}}\r\n\r\n' +
        'data: {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{}}}\r\n\r\n' +
        'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}\r\n\r\n' +
        'data: {"type":"message_stop"}\r\n\r\n'
    )
    fake.answerWith(anthropicReply.bytes(Array.from(bytes, (byte) => Uint8Array.of(byte))))
    expect(textOf(await collect(ask()))).toBe('маяк 🌊')
  })

  it('is taken whole from a server that does not stream', async () => {
    const content = [
      { type: 'thinking', thinking: 'Hm' },
      { type: 'text', text: 'All at once.' },
    ]
    fake.answerWith(anthropicReply.whole(content))
    expect(await collect(ask())).toEqual([
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: 'All at once.' },
      { type: 'end', reason: 'stop', usage: { inputTokens: 12, outputTokens: 5, cost: null } },
    ])
  })
})

describe('a request to Anthropic', () => {
  const bodyOf = async (more: Partial<ChatRequest>, definition = {}, extraBody: JsonObject = {}) => {
    await collect(anthropicProtocol.chat(connectTo('anthropic', fake.url, { definition, extraBody }), request(more)))
    return fake.chats().at(-1)
  }
  const bare = {
    model: 'claude-test-4',
    system: 'Write.',
    messages: [{ role: 'user', content: 'Go on.' }],
    max_tokens: 4096,
    stream: true,
  }

  it('carries the key and the version in headers of their own', async () => {
    await collect(ask())
    expect(fake.requests[0]?.headers).toMatchObject({ 'x-api-key': PLANTED_KEY, 'anthropic-version': '2023-06-01' })
    expect(fake.requests[0]?.headers).not.toHaveProperty('authorization')
  })

  it('has only what is required when nothing is set, which what is set goes over', async () => {
    expect(await bodyOf({})).toEqual(bare)
    expect(await bodyOf({}, {}, { max_tokens: 9, top_k: 1 })).toEqual({ ...bare, max_tokens: 9, top_k: 1 })
    const parameters = { max_tokens: 77, model: 'other', stream: false, messages: [] }
    expect(await bodyOf({ parameters }, {}, { max_tokens: 9 })).toEqual({ ...bare, max_tokens: 77 })
    expect(await bodyOf({}, { requiredParameters: { max_tokens: 1000 } })).toMatchObject({ max_tokens: 1000 })
  })

  it('leaves room for the answer beside a budget for thinking', async () => {
    expect(await bodyOf({ parameters: { thinking: { budget_tokens: 2048 } } })).toEqual({
      ...bare,
      max_tokens: 2048 + 4096,
      thinking: { type: 'enabled', budget_tokens: 2048 },
    })
    expect(await bodyOf({ parameters: { thinking: { budget_tokens: 2048 }, max_tokens: 3000 } })).toMatchObject({
      max_tokens: 3000,
    })
  })

  it('means thinking when it says how to show it', async () => {
    expect(await bodyOf({ parameters: { thinking: { display: 'summarized' } } })).toMatchObject({
      thinking: { type: 'adaptive', display: 'summarized' },
    })
  })
})

describe('an answer by a schema from Anthropic', () => {
  const open: JsonObject = { properties: { name: { type: 'string', minLength: 2 } }, required: ['name'] }
  const closed: JsonObject = {
    type: 'object',
    // A name of a property may look like a keyword that the API refuses.
    properties: { pattern: { type: 'string' } },
    required: ['pattern'],
    additionalProperties: false,
  }

  it('is the input of a tool that must be called, in pieces, without what is said around it', async () => {
    fake.answerWith(anthropicReply.stream(['Sure:'], { toolInput: ['', '{"name"', ':"Нина"}'], stop: 'tool_use' }))
    const events = await collect(ask({ responseFormat: { type: 'schema', schema: open } }))
    expect(textOf(events)).toBe('{"name":"Нина"}')
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
    expect(fake.chats()[0]).toMatchObject({
      tools: [{ name: 'answer', input_schema: { type: 'object', ...open } }],
      tool_choice: { type: 'tool', name: 'answer' },
    })
  })

  it('comes whole too', async () => {
    fake.answerWith(anthropicReply.whole([{ type: 'tool_use', name: 'answer', input: { name: 'Нина' } }], 'tool_use'))
    expect(textOf(await collect(ask({ responseFormat: { type: 'schema', schema: open } })))).toBe('{"name":"Нина"}')
  })

  it('is forced by no tool while the model thinks, which the API refuses', async () => {
    const parameters = { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }
    await collect(ask({ responseFormat: { type: 'schema', schema: closed }, parameters }))
    expect(fake.chats()[0]).toMatchObject({
      output_config: { effort: 'low', format: { type: 'json_schema', schema: closed } },
    })
    expect(fake.chats()[0]).not.toHaveProperty('tools')
    fake.answerWith(anthropicReply.stream(['{"name":"Нина"}']))
    expect(textOf(await collect(ask({ responseFormat: { type: 'schema', schema: open }, parameters })))).toBe(
      '{"name":"Нина"}'
    )
    expect(fake.chats()[1]).toMatchObject({ tool_choice: { type: 'auto' } })
  })
})

describe('cancelling a call to Anthropic', () => {
  it.each([
    ['before the first byte', (gate: ReturnType<typeof createGate>) => stallReply(gate)],
    ['in the middle', (gate: ReturnType<typeof createGate>) => anthropicReply.stream(['Once', gate, 'never'])],
  ])('%s closes the connection and throws the reason', async (_name, reply) => {
    const gate = createGate()
    fake.answerWith(reply(gate))
    const stop = new AbortController()
    const reason = new Error('the writer pressed stop')
    const failed = rejection(collect(ask({ signal: stop.signal })))
    const seen = await fake.nextRequest('/messages')
    await gate.reached
    stop.abort(reason)
    expect(await failed).toBe(reason)
    await seen.ended
    expect(seen.closedEarly).toBe(true)
  })

  it('closes the connection of a reader who leaves', async () => {
    fake.answerWith(anthropicReply.stream(['Once', createGate(), 'never']))
    const read: ChatEvent[] = []
    for await (const event of ask()) {
      read.push(event)
      break
    }
    const seen = await fake.nextRequest('/messages')
    await seen.ended
    expect([read, seen.closedEarly]).toEqual([[{ type: 'text', text: 'Once' }], true])
  })

  it('sends nothing when it was cancelled before', async () => {
    const reason = new Error('too late')
    expect(await rejection(collect(ask({ signal: AbortSignal.abort(reason) })))).toBe(reason)
    expect(fake.requests).toEqual([])
  })
})

describe('the models of Anthropic', () => {
  const { signal } = new AbortController()
  const list = async (connection = connectTo('anthropic', fake.url)) =>
    (await collect(anthropicProtocol.listModels(connection, signal))).flat()

  it('come page by page, each once', async () => {
    await fake.stop()
    const models = Array.from({ length: 7 }, (_, at) => `claude-${at}`)
    fake = await startFakeAnthropic({ models, pageSize: 3 })
    expect((await list()).map(({ model }) => model)).toEqual(models)
    expect(fake.requestsTo('/models').map(({ query }) => query)).toEqual([
      { limit: '1000' },
      { limit: '1000', after_id: 'claude-2' },
      { limit: '1000', after_id: 'claude-5' },
    ])
  })

  it('that answer with the same page for ever end', async () => {
    for (let page = 0; page < 200; page += 1)
      fake.answerAt('/models', jsonReply({ data: [{ id: 'claude-a' }], has_more: true, last_id: 'claude-a' }))
    expect((await list()).map(({ model }) => model)).toEqual(['claude-a'])
    expect(fake.requests.length).toBe(100)
  })

  it('have the facts that the provider tells, which go before what the definition guesses', async () => {
    await fake.stop()
    const yes = { supported: true }
    const no = { supported: false }
    const capabilities = {
      effort: yes,
      image_input: yes,
      structured_outputs: yes,
      thinking: { supported: true, types: { adaptive: yes, enabled: no } },
    }
    fake = await startFakeAnthropic({
      models: [
        {
          id: 'claude-sonnet-4-6',
          display_name: 'Claude Sonnet 4.6',
          max_input_tokens: 1_000_000,
          max_tokens: 64_000,
          capabilities,
        },
        { id: 'claude-opus-5', display_name: 'Claude Opus 5' },
        { id: 'claude-new', capabilities: { effort: no, thinking: 'odd' } },
        { id: 7 },
      ],
    })
    const [sonnet, opus, fresh, ...more] = await list()
    expect(sonnet).toEqual({
      model: 'claude-sonnet-4-6',
      name: 'Claude Sonnet 4.6',
      kind: 'chat',
      contextLength: 1_000_000,
      maxOutput: 64_000,
      supportedParameters: [
        'temperature',
        'max_tokens',
        'top_p',
        'top_k',
        'stop',
        'effort',
        'thinking',
        'adaptive_thinking',
      ],
      capabilities: ['text', 'image', 'tools', 'thinking', 'structured'],
      price: null,
      size: null,
      quantization: null,
      local: false,
      modalities: { input: ['text', 'image'], output: ['text'] },
    })
    expect(opus?.supportedParameters).not.toContain('temperature')
    expect(opus?.supportedParameters).toContain('adaptive_thinking')
    expect(fresh?.supportedParameters).toContain('temperature')
    expect(more).toEqual([])
  })

  it.each([
    ['a web page', htmlReply(200)],
    ['other JSON', jsonReply({ hello: 'world' })],
    ['no JSON', { ...jsonReply(''), steps: ['{"data":'] }],
  ])('are a bad answer when %s stands there', async (_name, reply) => {
    fake.answerAt('/models', reply)
    expect(await rejection(list())).toMatchObject({ code: ProviderError.BadAnswer })
  })

  it('tell whether a key is taken', async () => {
    await fake.stop()
    fake = await startFakeAnthropic({ keys: [PLANTED_KEY], models: ['claude-a', 'claude-b'] })
    expect(await anthropicProtocol.checkKey(connectTo('anthropic', fake.url), signal)).toEqual({
      models: 2,
      creditLeft: null,
    })
    const wrong = connectTo('anthropic', fake.url, { secret: () => 'sk-wrong' })
    const failure = await rejection(anthropicProtocol.checkKey(wrong, signal))
    expect(failure).toMatchObject({ code: ProviderError.Unauthorized, status: 401 })
    expect(JSON.stringify(failure)).not.toContain('sk-wrong')
  })
})

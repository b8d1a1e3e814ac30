import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { anthropicProtocol } from '@main/providers/protocols/anthropic/anthropic-protocol'
import type { ChatEvent, ChatMessage, ChatRequest, Tool } from '@main/providers/spec/chat'
import { anthropicReply } from '@test/helpers/anthropic-reply'
import { collect, connectTo, detailsOf, rejection, textOf, toolCallsOf } from '@test/helpers/connect'
import { startFakeAnthropic, type FakeAnthropic } from '@test/helpers/fake-anthropic'

let fake: FakeAnthropic
beforeEach(async () => {
  fake = await startFakeAnthropic()
})
afterEach(async () => {
  await fake.stop()
})

const question: ChatMessage = { role: 'user', content: 'How is the weather?' }
const ask = (more: Partial<ChatRequest> = {}) =>
  anthropicProtocol.chat(connectTo('anthropic', fake.url), {
    model: 'claude-test-4',
    messages: [question],
    parameters: {},
    signal: new AbortController().signal,
    ...more,
  })

const schema = { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] }
const weather: Tool = { name: 'weather', description: 'Tells the weather.', parameters: schema }
const answering: ChatRequest['responseFormat'] = { type: 'schema', schema: { type: 'object', properties: {} } }

describe('a request with tools to Anthropic', () => {
  it.each([
    [undefined, undefined, undefined],
    ['auto', undefined, { type: 'auto' }],
    ['required', undefined, { type: 'any' }],
    ['none', undefined, { type: 'none' }],
    [{ name: 'weather' }, false, { type: 'tool', name: 'weather', disable_parallel_tool_use: true }],
    [undefined, false, { type: 'auto', disable_parallel_tool_use: true }],
  ] as const)(
    'with the choice %j, and several at once %j, says %j',
    async (toolChoice, parallelToolCalls, expected) => {
      await collect(ask({ tools: [weather, { name: 'now' }], toolChoice, parallelToolCalls }))
      expect(fake.chats()[0]).toMatchObject({
        tools: [
          { name: 'weather', description: 'Tells the weather.', input_schema: schema },
          { name: 'now', input_schema: { type: 'object' } },
        ],
      })
      expect(Reflect.get(Object(fake.chats()[0]), 'tool_choice')).toEqual(expected)
    }
  )

  it('defines the tools that were called, where none is offered any more', async () => {
    const toolCalls = ['weather', 'weather'].map((name, at) => ({ id: `c${at}`, name, arguments: '{}' }))
    const results = toolCalls.map(({ id }): ChatMessage => ({ role: 'tool', toolCallId: id, content: 'Rain' }))
    const events = await collect(
      ask({ messages: [question, { role: 'assistant', content: null, toolCalls }, ...results] })
    )
    expect(events.at(-1)).toMatchObject({ reason: 'stop' })
    expect(fake.chats()[0]).toMatchObject({
      tools: [{ name: 'weather', input_schema: { type: 'object' } }],
      tool_choice: { type: 'none' },
    })
  })

  it('does not think where a call is forced, and where the thoughts before the last call are gone', async () => {
    const parameters = { thinking: { budget_tokens: 2000 } }
    await collect(ask({ tools: [weather], toolChoice: 'required', parameters }))
    const called: ChatMessage[] = [
      question,
      { role: 'assistant', content: null, toolCalls: [{ id: 'c1', name: 'weather', arguments: '{}' }] },
      { role: 'tool', toolCallId: 'c1', content: 'Rain' },
    ]
    await collect(ask({ tools: [weather], messages: called, parameters }))
    for (const body of fake.chats()) expect(body).not.toHaveProperty('thinking')
    await collect(ask({ tools: [weather], messages: called, parameters: { thinking: { type: 'adaptive' } } }))
    expect(fake.chats()[2]).toMatchObject({ thinking: { type: 'adaptive' } })
  })
})

describe('what Claude thought before its calls', () => {
  const parameters = { thinking: { type: 'enabled', budget_tokens: 2000 } }
  const result: ChatMessage = { role: 'tool', toolCallId: 'toolu_1', content: 'Rain' }
  const calls = [{ id: 'toolu_1', name: 'weather', input: ['{"place":"Rome"}'] }]
  const after = (events: Awaited<ReturnType<typeof collect<ChatEvent>>>): ChatMessage[] => [
    question,
    { role: 'assistant', content: null, toolCalls: toolCallsOf(events), reasoningDetails: detailsOf(events) },
    result,
  ]

  it('goes back with them and their signature, so that it can go on thinking', async () => {
    fake.answerWith(anthropicReply.stream([], { thinking: ['Let me', ' see.'], calls, stop: 'tool_use' }))
    const events = await collect(ask({ tools: [weather], parameters }))
    await collect(ask({ tools: [weather], messages: after(events), parameters }))
    expect(fake.chats()[1]).toMatchObject({
      thinking: { type: 'enabled' },
      messages: [
        { role: 'user' },
        { content: [{ type: 'thinking', thinking: 'Let me see.', signature: 'x' }, { type: 'tool_use' }] },
        { role: 'user' },
      ],
    })
    await collect(ask({ tools: [weather], messages: after(events) }))
    expect(JSON.stringify(fake.chats()[2])).not.toContain('thinking')
  })

  it('goes back also where it is hidden, and never where another model thought it', async () => {
    fake.answerWith(
      anthropicReply.whole(
        [
          { type: 'thinking', thinking: '', signature: 'y' },
          { type: 'redacted_thinking', data: 'aGlkZGVu' },
          { type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} },
        ],
        'tool_use'
      )
    )
    const events = await collect(ask({ tools: [weather], parameters }))
    await collect(ask({ tools: [weather], messages: after(events), parameters }))
    expect(fake.chats()[1]).toMatchObject({
      messages: [
        {},
        {
          content: [
            { type: 'thinking', thinking: '', signature: 'y' },
            { type: 'redacted_thinking', data: 'aGlkZGVu' },
            { type: 'tool_use' },
          ],
        },
        {},
      ],
    })
    const toolCalls = toolCallsOf(events)
    const foreign = { type: 'reasoning.encrypted', data: 'b3RoZXI=', format: 'google-gemini-v1', index: 0 }
    const messages: ChatMessage[] = [
      question,
      { role: 'assistant', content: null, toolCalls, reasoningDetails: [foreign] },
      result,
    ]
    await collect(ask({ tools: [weather], messages, parameters }))
    expect(fake.chats()[2]).not.toHaveProperty('thinking')
    expect(JSON.stringify(fake.chats()[2])).not.toContain('b3RoZXI=')
  })
})

describe('tool calls of Anthropic', () => {
  it('come as they stream, several in one answer, beside words and thoughts', async () => {
    const calls = [
      { id: 'toolu_1', name: 'weather', input: ['', '{"pl', 'ace":"Rome"}'] },
      { id: 'toolu_2', name: 'now', input: [''] },
    ]
    fake.answerWith(anthropicReply.stream(['Let me see.'], { thinking: ['Hm'], calls, stop: 'tool_use' }))
    const events = await collect(ask({ tools: [weather, { name: 'now' }] }))
    expect(textOf(events)).toBe('Let me see.')
    expect(toolCallsOf(events)).toEqual([
      { id: 'toolu_1', name: 'weather', arguments: '{"place":"Rome"}' },
      { id: 'toolu_2', name: 'now', arguments: '{}' },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'toolCalls' })
  })

  it('are an answer without text, whole too', async () => {
    const content = [{ type: 'tool_use', id: 'toolu_1', name: 'weather', input: { place: 'Rome' } }]
    fake.answerWith(anthropicReply.whole(content, 'tool_use'))
    const events = await collect(ask({ tools: [weather] }))
    expect(toolCallsOf(events)).toEqual([{ id: 'toolu_1', name: 'weather', arguments: '{"place":"Rome"}' }])
    expect(events.at(-1)).toMatchObject({ reason: 'toolCalls' })
  })

  it('that the stream breaks off in are a failure, of an answer that had begun', async () => {
    const calls = [{ id: 'toolu_1', name: 'weather', input: ['{"pl'] }]
    fake.answerWith(anthropicReply.stream([], { calls, stop: null }))
    expect(await rejection(collect(ask({ tools: [weather] })))).toMatchObject({ code: ProviderError.BrokeOff })
  })

  it('of the provider’s own tools are no part of the answer', async () => {
    const started = {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'server_tool_use', name: 'search' },
    }
    const input = {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'input_json_delta', partial_json: '{"q":1}' },
    }
    const text = { type: 'content_block_start', index: 1, content_block: { type: 'text', text: 'Rain' } }
    const stop = { type: 'message_delta', delta: { stop_reason: 'end_turn' } }
    fake.answerWith(
      anthropicReply.bytes([started, input, text, stop].map((event) => `data: ${JSON.stringify(event)}\n\n`))
    )
    const events = await collect(ask())
    expect(textOf(events)).toBe('Rain')
    expect(toolCallsOf(events)).toEqual([])
  })
})

describe('a structured answer beside tools', () => {
  it('is one more tool, of which some must be called, under a name that none of the others has', async () => {
    const own: Tool = { name: 'answer' }
    await collect(ask({ tools: [own], responseFormat: answering, parallelToolCalls: false }))
    expect(fake.chats()[0]).toMatchObject({
      tools: [{ name: 'answer' }, { name: 'final_answer' }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
    })
    fake.answerWith(
      anthropicReply.stream(['Well:'], { calls: [{ id: 'a', name: 'final_answer', input: ['{"x":', '1}'] }] })
    )
    const events = await collect(ask({ tools: [own], responseFormat: answering }))
    expect(textOf(events)).toBe('{"x":1}')
    expect(toolCallsOf(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ reason: 'stop' })
  })

  it('gives way to a call of the others, with what is said before it', async () => {
    const calls = [{ id: 'a', name: 'weather', input: ['{"place":"Rome"}'] }]
    fake.answerWith(anthropicReply.stream(['Let me see.'], { calls, stop: 'tool_use' }))
    const events = await collect(ask({ tools: [weather], responseFormat: answering }))
    expect(toolCallsOf(events)).toHaveLength(1)
    expect(textOf(events)).toBe('Let me see.')
    expect(events.at(-1)).toMatchObject({ reason: 'toolCalls' })
  })

  it('is no matter where a tool must be called, and needs no other tool where none may be', async () => {
    await collect(ask({ tools: [weather], toolChoice: 'required', responseFormat: answering }))
    expect(fake.chats()[0]).toMatchObject({ tools: [{ name: 'weather' }], tool_choice: { type: 'any' } })
    await collect(ask({ tools: [weather], toolChoice: 'none', responseFormat: { type: 'json' } }))
    expect(fake.chats()[1]).toMatchObject({
      tools: [{ name: 'answer' }],
      tool_choice: { type: 'tool', name: 'answer' },
    })
  })
})

it('images go out as blocks, in base64 or by their address', async () => {
  const content = [
    { type: 'image', url: 'data:image/png;base64,iVBORw0KGgo=' },
    { type: 'image', url: 'https://example.org/a.png' },
    { type: 'text', text: 'What is this?' },
  ] as const
  await collect(ask({ messages: [{ role: 'user', content }] }))
  expect(fake.chats()[0]).toMatchObject({
    messages: [
      {
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ],
  })
})

it('usage tells what was read from the cache', async () => {
  const usage = { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 90 }
  fake.answerWith(anthropicReply.stream(['a'], { usage }))
  expect((await collect(ask())).at(-1)).toMatchObject({ usage: { inputTokens: 100, cachedTokens: 90 } })
})

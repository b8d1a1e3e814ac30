import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import type { ChatRequest, Tool } from '@main/providers/spec/chat'
import { chatReply } from '@test/helpers/chat-reply'
import { collect, connectTo, detailsOf, rejection, textOf, toolCallsOf } from '@test/helpers/connect'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'

let fake: FakeOpenAi
beforeEach(async () => {
  fake = await startFakeOpenAi()
})
afterEach(async () => {
  await fake.stop()
})

const ask = (more: Partial<ChatRequest> = {}) =>
  openAiChatProtocol.chat(connectTo('openai', fake.url), {
    model: 'gpt-test',
    messages: [{ role: 'user', content: 'How is the weather?' }],
    parameters: {},
    signal: new AbortController().signal,
    ...more,
  })

const weather: Tool = {
  name: 'weather',
  description: 'Tells the weather.',
  parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
}

const called = (index: number, more: Record<string, unknown>, text?: string) => ({
  index,
  ...more,
  function: { ...(typeof more['name'] === 'string' ? { name: more['name'] } : {}), arguments: text ?? '' },
})

describe('what a model of OpenRouter thought before its calls', () => {
  const openRouter = (more: Partial<ChatRequest> = {}) =>
    openAiChatProtocol.chat(connectTo('openrouter', fake.url), {
      model: 'anthropic/claude-test',
      messages: [{ role: 'user', content: 'How is the weather?' }],
      parameters: {},
      signal: new AbortController().signal,
      ...more,
    })
  const text = { type: 'reasoning.text', format: 'anthropic-claude-v1', index: 0 }
  const hidden = { type: 'reasoning.encrypted', data: 'c2VjcmV0', format: 'google-gemini-v1', id: 'c1', index: 1 }
  const call = { index: 0, id: 'c1', function: { name: 'weather', arguments: '{}' } }
  const reply = () =>
    chatReply.bytes([
      ...[
        { reasoning: 'Let', reasoning_details: [{ ...text, text: 'Let' }] },
        { reasoning: ' me see.', reasoning_details: [{ ...text, text: ' me see.', signature: null }] },
        { reasoning_details: [{ ...text, signature: 'c2lnbmVk' }, hidden] },
        { tool_calls: [call] },
      ].map((delta) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`),
      'data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n',
    ])

  it('goes back with them whole and unchanged, and its words are read once', async () => {
    fake.answerWith(reply())
    const events = await collect(openRouter({ tools: [weather] }))
    expect(events.flatMap((event) => (event.type === 'reasoning' ? event.text : [])).join('')).toBe('Let me see.')
    const message = {
      role: 'assistant',
      content: null,
      toolCalls: toolCallsOf(events),
      reasoning: 'Let me see.',
    } as const
    await collect(openRouter({ messages: [{ ...message, reasoningDetails: detailsOf(events) }] }))
    expect(fake.chats()[1]).toMatchObject({
      messages: [{ reasoning_details: [{ ...text, text: 'Let me see.', signature: 'c2lnbmVk' }, hidden] }],
    })
    expect(JSON.stringify(fake.chats()[1])).not.toContain('reasoning_content')
  })

  it('is not told where no tools are offered, and goes to no provider that knows nothing of it', async () => {
    fake.answerWith(reply())
    expect(detailsOf(await collect(openRouter()))).toEqual([])
    const toolCalls = [{ id: 'c1', name: 'weather', arguments: '{}' }]
    await collect(ask({ messages: [{ role: 'assistant', content: null, toolCalls, reasoningDetails: [hidden] }] }))
    expect(JSON.stringify(fake.chats()[1])).not.toContain('reasoning')
  })
})

describe('a request with tools', () => {
  it('carries them, the choice among them, calls and results, as OpenAI writes them', async () => {
    await collect(
      ask({
        messages: [
          { role: 'user', content: 'How is the weather?' },
          {
            role: 'assistant',
            content: null,
            toolCalls: [{ id: 'c1', name: 'weather', arguments: '{"place":"Rome"}' }],
          },
          { role: 'tool', toolCallId: 'c1', content: 'Rain' },
        ],
        tools: [weather, { name: 'now', strict: true }],
        toolChoice: { name: 'weather' },
        parallelToolCalls: false,
      })
    )
    expect(fake.chats()[0]).toMatchObject({
      messages: [
        { role: 'user', content: 'How is the weather?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"place":"Rome"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'Rain' },
      ],
      tools: [
        { type: 'function', function: weather },
        { type: 'function', function: { name: 'now', strict: true } },
      ],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      parallel_tool_calls: false,
    })
  })

  it('says nothing of tools where there are none', async () => {
    await collect(ask())
    for (const field of ['tools', 'tool_choice', 'parallel_tool_calls', 'response_format'])
      expect(fake.chats()[0]).not.toHaveProperty(field)
  })
})

describe('tool calls', () => {
  it('come as they stream, many chunks to a call, and are an answer without text', async () => {
    fake.answerWith(
      chatReply.toolCalls([
        [called(0, { id: 'c1', name: 'weather' })],
        ...['{"pl', 'ace":', '"Ro', 'me"}'].map((text) => [called(0, {}, text)]),
      ])
    )
    const events = await collect(ask({ tools: [weather] }))
    expect(events.filter(({ type }) => type === 'toolCall')).toHaveLength(5)
    expect(toolCallsOf(events)).toEqual([{ id: 'c1', name: 'weather', arguments: '{"place":"Rome"}' }])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'toolCalls' })
  })

  it('may be several in one chunk, after words of the model', async () => {
    const two = [called(0, { id: 'a', name: 'weather' }, '{"place":"Rome"}'), called(1, { id: 'b', name: 'now' })]
    fake.answerWith(
      chatReply.bytes([
        `data: ${JSON.stringify({ choices: [{ delta: { content: 'Let me see.' } }] })}\n\n`,
        `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: two }, finish_reason: 'stop' }] })}\n\n`,
        'data: [DONE]\n\n',
      ])
    )
    const events = await collect(ask({ tools: [weather, { name: 'now' }] }))
    expect(textOf(events)).toBe('Let me see.')
    expect(toolCallsOf(events)).toEqual([
      { id: 'a', name: 'weather', arguments: '{"place":"Rome"}' },
      // A model writes nothing for a tool that takes nothing.
      { id: 'b', name: 'now', arguments: '{}' },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'toolCalls' })
  })

  it('come whole from a server that does not stream, with the arguments as an object too', async () => {
    const calls = [
      { id: 'a', type: 'function', function: { name: 'weather', arguments: { place: 'Rome' } } },
      { id: 'b', type: 'function', function: { name: 'weather', arguments: '{"place":"Oslo"}' } },
    ]
    fake.answerWith(chatReply.whole(null, 'fake-model', { tool_calls: calls }))
    expect(toolCallsOf(await collect(ask({ tools: [weather] })))).toEqual([
      { id: 'a', name: 'weather', arguments: '{"place":"Rome"}' },
      { id: 'b', name: 'weather', arguments: '{"place":"Oslo"}' },
    ])
  })

  it('that are cut by the token limit end with it', async () => {
    fake.answerWith(chatReply.toolCalls([[called(0, { id: 'c1', name: 'weather' }, '{"pl')]], 'length'))
    const events = await collect(ask({ tools: [weather] }))
    expect(toolCallsOf(events)[0]?.arguments).toBe('{"pl')
    expect(events.at(-1)).toMatchObject({ reason: 'length' })
  })

  it('that the stream breaks off in are a failure, of an answer that had begun', async () => {
    fake.answerWith(chatReply.toolCalls([[called(0, { id: 'c1', name: 'weather' }, '{"pl')]], null))
    expect(await rejection(collect(ask({ tools: [weather] })))).toMatchObject({ code: ProviderError.BrokeOff })
  })

  it('without a name are no answer', async () => {
    fake.answerWith(chatReply.toolCalls([[called(0, { id: 'c1' }, '{}')]]))
    expect(await rejection(collect(ask({ tools: [weather] })))).toMatchObject({ code: ProviderError.BadAnswer })
  })
})

describe('images and formats', () => {
  it('go out as OpenAI takes them', async () => {
    const data = 'data:image/png;base64,iVBORw0KGgo='
    await collect(
      ask({
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image', url: data, detail: 'low' },
              { type: 'image', url: 'https://example.org/a.png' },
            ],
          },
        ],
        responseFormat: { type: 'json' },
      })
    )
    expect(fake.chats()[0]).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: data, detail: 'low' } },
            { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
          ],
        },
      ],
      response_format: { type: 'json_object' },
    })
  })

  it('say of a schema what the caller said of it', async () => {
    const schema = { type: 'object', properties: {} }
    await collect(ask({ responseFormat: { type: 'schema', schema, name: 'weather', description: 'W', strict: false } }))
    expect(fake.chats()[0]).toMatchObject({
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'weather', description: 'W', schema, strict: false },
      },
    })
  })
})

it('usage tells what was cached and what was thought, where the provider does', async () => {
  const usage = {
    prompt_tokens: 100,
    completion_tokens: 20,
    prompt_tokens_details: { cached_tokens: 80 },
    completion_tokens_details: { reasoning_tokens: 15 },
  }
  fake.answerWith(chatReply.stream(['a'], { usage }))
  expect((await collect(ask())).at(-1)).toMatchObject({ usage: { cachedTokens: 80, reasoningTokens: 15 } })
})

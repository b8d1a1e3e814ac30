import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ollamaProtocol } from '@main/providers/protocols/ollama/ollama-protocol'
import type { ChatRequest, Tool } from '@main/providers/spec/chat'
import { collect, connectTo, textOf, toolCallsOf } from '@test/helpers/connect'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { ollamaReply } from '@test/helpers/ollama-reply'

let fake: FakeOllama
beforeEach(async () => {
  fake = await startFakeOllama()
})
afterEach(async () => {
  await fake.stop()
})

const ask = (more: Partial<ChatRequest> = {}) =>
  ollamaProtocol.chat(connectTo('ollama', fake.url), {
    model: 'llama-test:8b',
    messages: [{ role: 'user', content: 'How is the weather?' }],
    parameters: {},
    signal: new AbortController().signal,
    ...more,
  })

const weather: Tool = {
  name: 'weather',
  description: 'Tells the weather.',
  parameters: { type: 'object', properties: { place: { type: 'string' } } },
}

describe('a request with tools to Ollama', () => {
  it('carries them, calls with their arguments as objects, and results with the name of their tool', async () => {
    await collect(
      ask({
        messages: [
          {
            role: 'assistant',
            content: null,
            toolCalls: [
              { id: 'c1', name: 'weather', arguments: '{"place":"Rome"}' },
              { id: 'c2', name: 'weather', arguments: 'Oslo' },
            ],
          },
          { role: 'tool', toolCallId: 'c1', content: 'Rain' },
        ],
        tools: [weather, { name: 'now' }],
      })
    )
    expect(fake.chats()[0]).toMatchObject({
      messages: [
        {
          role: 'assistant',
          content: '',
          tool_calls: [
            { id: 'c1', function: { name: 'weather', arguments: { place: 'Rome' } } },
            // What the model wrote wrongly stays readable.
            { id: 'c2', function: { name: 'weather', arguments: { text: 'Oslo' } } },
          ],
        },
        { role: 'tool', content: 'Rain', tool_name: 'weather', tool_call_id: 'c1' },
      ],
      tools: [
        { type: 'function', function: weather },
        { type: 'function', function: { name: 'now', parameters: { type: 'object', properties: {} } } },
      ],
    })
  })

  it('offers the one that must be called alone, and none where none may be', async () => {
    const tools = [weather, { name: 'now' }]
    await collect(ask({ tools, toolChoice: { name: 'now' } }))
    expect(fake.chats()[0]).toMatchObject({ tools: [{ function: { name: 'now' } }] })
    await collect(ask({ tools, toolChoice: 'none' }))
    expect(fake.chats()[1]).not.toHaveProperty('tools')
  })
})

describe('tool calls of Ollama', () => {
  it('come whole, in one line or several, with ids whether the server gives them or not', async () => {
    const called = (place: string) => ({ function: { name: 'weather', arguments: { place } } })
    fake.answerWith(
      ollamaReply.toolCalls([[called('Rome'), called('Oslo')], [{ id: 'c3', ...called('Paris') }]], 'Hm.')
    )
    const events = await collect(ask({ tools: [weather] }))
    const calls = toolCallsOf(events)
    expect(calls.map((call) => call.arguments)).toEqual(['{"place":"Rome"}', '{"place":"Oslo"}', '{"place":"Paris"}'])
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3)
    expect(calls[2]?.id).toBe('c3')
    expect(textOf(events)).toBe('Hm.Hm.')
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'toolCalls' })
  })

  it('are an answer without text, and without arguments', async () => {
    fake.answerWith(ollamaReply.toolCalls([[{ function: { name: 'now' } }]]))
    expect(toolCallsOf(await collect(ask({ tools: [weather] })))).toMatchObject([{ name: 'now', arguments: '{}' }])
  })
})

describe('images and formats for Ollama', () => {
  it('are bytes in base64, without what a data URL has before them', async () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image', url: 'data:image/png;base64,iVBORw0KGgo=' },
    ] as const
    await collect(ask({ messages: [{ role: 'user', content }], responseFormat: { type: 'json' } }))
    expect(fake.chats()[0]).toMatchObject({
      messages: [{ role: 'user', content: 'What is this?', images: ['iVBORw0KGgo='] }],
      format: 'json',
    })
  })

  it('never are the content of a file whose path looks like base64', async () => {
    // It is there, and its name is the base64 of nine bytes.
    const path = '/etc///hosts'
    const url = `data:image/png;base64,${path}`
    await collect(ask({ messages: [{ role: 'user', content: [{ type: 'image', url }] }] }))
    expect(fake.chats()[0]).toMatchObject({ messages: [{ images: [path] }] })
  })
})

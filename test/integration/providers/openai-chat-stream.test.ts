import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import type { ChatEvent, ChatRequest } from '@main/providers/spec/chat'
import { chatReply } from '@test/helpers/chat-reply'
import { collect, connectTo, rejection, textOf } from '@test/helpers/connect'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { stallReply } from '@test/helpers/fake-server'
import { FAKE_STORY } from '@test/helpers/fake-text'
import { createGate } from '@test/helpers/gate'

let fake: FakeOpenAi
beforeEach(async () => {
  fake = await startFakeOpenAi()
})
afterEach(async () => {
  await fake.stop()
})

const request = (more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'maker/model',
  messages: [
    { role: 'system', content: 'Write.' },
    { role: 'user', content: 'Go on.' },
  ],
  parameters: {},
  signal: new AbortController().signal,
  ...more,
})

const ask = (more: Partial<ChatRequest> = {}, slug = 'openrouter') =>
  openAiChatProtocol.chat(connectTo(slug, fake.url), request(more))

describe('an answer', () => {
  it('comes piece by piece, and ends with its usage', async () => {
    const events = await collect(ask())
    expect(events.filter((event) => event.type === 'text').map((event) => event.text)).toEqual(FAKE_STORY)
    expect(events.at(-1)).toEqual({
      type: 'end',
      reason: 'stop',
      usage: { inputTokens: 12, outputTokens: 5, cost: null },
    })
  })

  it('is asked for with the key of its own connection, however many go to one address at the same time', async () => {
    const { signal } = new AbortController()
    const keys = ['sk-one-0123456789', 'sk-two-0123456789', 'sk-three-0123456789']
    await Promise.all(
      keys.map((key) => {
        const connection = connectTo('openrouter', fake.url, { secret: () => key })
        return collect(openAiChatProtocol.chat(connection, request({ model: key.slice(3), signal })))
      })
    )
    const sent = fake.requestsTo('/chat/completions').map(({ headers, body }) => [headers['authorization'], body])
    expect(sent).toHaveLength(keys.length)
    for (const key of keys)
      expect(sent).toContainEqual([`Bearer ${key}`, expect.objectContaining({ model: key.slice(3) })])
  })

  it('is passed on while the rest is still being written', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream(['first', gate, 'second']))
    const events = ask()[Symbol.asyncIterator]()
    expect(await events.next()).toEqual({ done: false, value: { type: 'text', text: 'first' } })
    gate.open()
    expect(await events.next()).toEqual({ done: false, value: { type: 'text', text: 'second' } })
  })

  it('carries the cost that OpenRouter tells, past its keep-alive comments', async () => {
    const usage = { prompt_tokens: 100, completion_tokens: 20, cost: 0.00042 }
    fake.answerWith(chatReply.stream(['a'], { usage, comments: true }))
    const events = await collect(ask())
    expect(events).toEqual([
      { type: 'text', text: 'a' },
      { type: 'end', reason: 'stop', usage: { inputTokens: 100, outputTokens: 20, cost: 0.00042 } },
    ])
  })

  it.each(['reasoning', 'reasoning_content'] as const)('keeps thinking in %s apart', async (reasoningField) => {
    fake.answerWith(chatReply.stream(['Text'], { reasoning: ['Let me', ' see'], reasoningField }))
    const events = await collect(ask())
    expect(textOf(events)).toBe('Text')
    expect(events.flatMap((event) => (event.type === 'reasoning' ? [event.text] : []))).toEqual(['Let me', ' see'])
  })

  it('says that the token limit cut it', async () => {
    fake.answerWith(chatReply.stream(['Once'], { finish: 'length' }))
    expect((await collect(ask())).at(-1)).toMatchObject({ type: 'end', reason: 'length' })
  })

  it('keeps characters whole whose bytes come in two pieces', async () => {
    const bytes = Buffer.from(
      'data: {"choices":[{"delta":{"content":"маяк 🌊"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    )
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
    fake.answerWith(chatReply.bytes(single))
    expect(textOf(await collect(ask()))).toBe('маяк 🌊')
  })

  it('is taken whole from a server that does not stream', async () => {
    fake.answerWith(chatReply.whole('All at once.'))
    const events = await collect(ask())
    expect(textOf(events)).toBe('All at once.')
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it('stands although the connection breaks after its end, before the usage', async () => {
    const end = 'data: {"choices":[{"delta":{"content":"Done."},"finish_reason":"stop"}]}\n\n'
    fake.answerWith(chatReply.bytes([end, { do: 'hang-up' }]))
    const events = await collect(ask())
    expect(events).toEqual([
      { type: 'text', text: 'Done.' },
      { type: 'end', reason: 'stop', usage: { inputTokens: null, outputTokens: null, cost: null } },
    ])
  })
})

describe('the request body', () => {
  const bodyOf = async (more: Partial<ChatRequest>, slug?: string) => {
    await collect(ask(more, slug))
    return fake.chats().at(-1)
  }
  const bare = {
    model: 'maker/model',
    messages: [
      { role: 'system', content: 'Write.' },
      { role: 'user', content: 'Go on.' },
    ],
    stream: true,
    stream_options: { include_usage: true },
  }

  it('has nothing in it that was not set', async () => {
    expect(await bodyOf({})).toEqual(bare)
  })

  it('has the parameters, which cannot change what is asked of whom', async () => {
    const parameters: JsonObject = { temperature: 0.7, provider: { order: ['x'] }, model: 'other', stream: false }
    expect(await bodyOf({ parameters })).toEqual({ ...bare, temperature: 0.7, provider: { order: ['x'] } })
  })

  it('has what the user adds to every request, below what is set for the model', async () => {
    const connection = connectTo('openrouter', fake.url, { extraBody: { top_k: 1, min_p: 2, stream_options: null } })
    await collect(openAiChatProtocol.chat(connection, request({ parameters: { top_k: 5 } })))
    expect(fake.chats()).toEqual([{ ...bare, top_k: 5, min_p: 2, stream_options: null }])
  })

  it('asks for no usage where the definition says that the API does not take it', async () => {
    const connection = connectTo('openai', fake.url, { definition: { streamUsage: false } })
    await collect(openAiChatProtocol.chat(connection, request()))
    expect(fake.chats().at(-1)).not.toHaveProperty('stream_options')
  })

  it('asks strictly only for a schema that providers take as strict', async () => {
    const closed: JsonObject = {
      type: 'object',
      properties: { ok: { type: 'boolean' } },
      required: ['ok'],
      additionalProperties: false,
    }
    expect(await bodyOf({ responseFormat: { type: 'schema', schema: closed } })).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: closed, strict: true } },
    })
    const open: JsonObject = { type: 'object', properties: { list: { type: 'array', items: { type: 'object' } } } }
    const body = await bodyOf({ responseFormat: { type: 'schema', schema: open } })
    expect(body).toHaveProperty('response_format.json_schema.schema', open)
    expect(body).not.toHaveProperty('response_format.json_schema.strict')
  })
})

describe('cancelling', () => {
  it.each([
    ['before the first byte', () => stallReply],
    ['in the middle', () => (gate: ReturnType<typeof createGate>) => chatReply.stream(['Once', gate, 'never'])],
  ])('%s closes the connection and throws the reason', async (_name, script) => {
    const gate = createGate()
    fake.answerWith(script()(gate))
    const stop = new AbortController()
    const reason = new Error('the writer pressed stop')
    const failed = rejection(collect(ask({ signal: stop.signal })))
    const seen = await fake.nextRequest('/chat/completions')
    await gate.reached
    stop.abort(reason)
    expect(await failed).toBe(reason)
    await seen.ended
    expect(seen.closedEarly).toBe(true)
  })

  it('closes the connection of a reader who leaves', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream(['Once', gate, 'never']))
    const read: ChatEvent[] = []
    for await (const event of ask()) {
      read.push(event)
      break
    }
    const seen = await fake.nextRequest('/chat/completions')
    await seen.ended
    expect([read, seen.closedEarly]).toEqual([[{ type: 'text', text: 'Once' }], true])
  })

  it('sends nothing when it was cancelled before', async () => {
    const reason = new Error('too late')
    expect(await rejection(collect(ask({ signal: AbortSignal.abort(reason) })))).toBe(reason)
    expect(fake.requests).toEqual([])
  })

  it('tells a limit of time from a cancel by its reason', async () => {
    const gate = createGate()
    fake.answerWith(stallReply(gate))
    const stop = new AbortController()
    const failed = rejection(collect(ask({ signal: stop.signal })))
    await gate.reached
    stop.abort({ code: ProviderError.TimedOut })
    expect(await failed).toEqual({ code: ProviderError.TimedOut })
  })
})

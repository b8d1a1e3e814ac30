import { afterEach, describe, expect, it } from 'vitest'
import { ProviderError, type ErrorCode } from '@contract/errors'
import { wireParameters } from '@main/providers/kit/parameters'
import { ollamaProtocol } from '@main/providers/protocols/ollama/ollama-protocol'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { ChatRequest } from '@main/providers/spec/chat'
import { collect, connectTo, definitionOf, PLANTED_KEY, rejection, textOf } from '@test/helpers/connect'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { htmlReply, resetReply, stallReply, type Reply } from '@test/helpers/fake-server'
import { FAKE_STORY } from '@test/helpers/fake-text'
import { createGate } from '@test/helpers/gate'
import { ollamaReply } from '@test/helpers/ollama-reply'

let fake: FakeOllama
afterEach(async () => {
  await fake.stop()
})

const ask = (more: Partial<ChatRequest> = {}) =>
  ollamaProtocol.chat(connectTo('ollama', fake.url), {
    model: 'llama-test:8b',
    messages: [{ role: 'user', content: 'Go on.' }],
    parameters: {},
    signal: new AbortController().signal,
    ...more,
  })

describe('a chat with Ollama', () => {
  it('streams the answer and its counts', async () => {
    fake = await startFakeOllama()
    const events = await collect(ask())
    expect(events.filter((event) => event.type === 'text').map((event) => event.text)).toEqual(FAKE_STORY)
    expect(events.at(-1)).toEqual({
      type: 'end',
      reason: 'stop',
      usage: { inputTokens: 12, outputTokens: 5, cost: null },
    })
  })

  it('sends only what is set, where Ollama wants it', async () => {
    fake = await startFakeOllama()
    const { parameters, dropped } = wireParameters({
      definition: definitionOf('ollama'),
      kind: 'chat',
      samplers: { temperature: 0.7, num_ctx: 8192, max_tokens: 200, repetition_penalty: 1.1, stop: ['END'] },
      settings: { keep_alive: '10m', think: 'low', num_gpu: 20 },
      custom: { options: { num_thread: 4 } },
      supportedParameters: null,
    })
    await collect(ask({ parameters, responseFormat: { type: 'schema', schema: { type: 'object' } } }))
    expect(dropped).toEqual([])
    expect(fake.chats()).toEqual([
      {
        model: 'llama-test:8b',
        messages: [{ role: 'user', content: 'Go on.' }],
        stream: true,
        options: {
          temperature: 0.7,
          num_ctx: 8192,
          num_predict: 200,
          repeat_penalty: 1.1,
          stop: ['END'],
          num_gpu: 20,
          num_thread: 4,
        },
        keep_alive: '10m',
        think: 'low',
        format: { type: 'object' },
      },
    ])
  })

  it('sends nothing but the question when nothing is set', async () => {
    fake = await startFakeOllama()
    await collect(ask())
    expect(fake.chats()).toEqual([
      { model: 'llama-test:8b', messages: [{ role: 'user', content: 'Go on.' }], stream: true },
    ])
  })

  it('keeps thinking apart, and says that the limit cut the answer', async () => {
    fake = await startFakeOllama()
    fake.answerWith(ollamaReply.stream(['Text'], { thinking: ['Hm'], reason: 'length' }))
    const events = await collect(ask())
    expect(events.map((event) => event.type)).toEqual(['reasoning', 'text', 'end'])
    expect(events.at(-1)).toMatchObject({ reason: 'length' })
  })

  it('keeps characters whole whose bytes come one by one, and reads a last line without its end', async () => {
    fake = await startFakeOllama()
    const bytes = Buffer.from('{"message":{"content":"маяк 🌊"},"done":false}\n{"message":{"content":""},"done":true}')
    fake.answerWith(ollamaReply.bytes(Array.from(bytes, (byte) => Uint8Array.of(byte))))
    expect(textOf(await collect(ask()))).toBe('маяк 🌊')
  })

  it.each([
    ['before the first byte', (gate: ReturnType<typeof createGate>) => stallReply(gate)],
    ['in the middle', (gate: ReturnType<typeof createGate>) => ollamaReply.stream(['Once', gate, 'never'])],
  ])('is really stopped %s', async (_name, reply) => {
    fake = await startFakeOllama()
    const gate = createGate()
    fake.answerWith(reply(gate))
    const stop = new AbortController()
    const reason = new Error('the writer pressed stop')
    const failed = rejection(collect(ask({ signal: stop.signal })))
    const seen = await fake.nextRequest('/api/chat')
    await gate.reached
    stop.abort(reason)
    expect(await failed).toBe(reason)
    await seen.ended
    expect(seen.closedEarly).toBe(true)
  })

  it('closes the connection of a reader who leaves', async () => {
    fake = await startFakeOllama()
    fake.answerWith(ollamaReply.stream(['Once', createGate(), 'never']))
    for await (const event of ask()) {
      expect(event).toEqual({ type: 'text', text: 'Once' })
      break
    }
    const seen = await fake.nextRequest('/api/chat')
    await seen.ended
    expect(seen.closedEarly).toBe(true)
  })
})

/** What the client library alone would skip, print, or turn into a bare Error. */
const faults: [name: string, reply: Reply, code: ErrorCode, retryable: boolean, reason: string][] = [
  [
    'a model that is not there',
    ollamaReply.error(404, "model 'x' not found"),
    ProviderError.ModelNotFound,
    false,
    'http_404',
  ],
  ['a full queue', ollamaReply.error(503, 'server busy'), ProviderError.Overloaded, true, 'http_503'],
  [
    'too little memory',
    ollamaReply.error(500, 'model requires more system memory'),
    ProviderError.ServerFailed,
    true,
    'http_500',
  ],
  [
    'a setting it refuses',
    ollamaReply.error(400, '"x" does not support thinking'),
    ProviderError.RequestRejected,
    false,
    'http_400',
  ],
  ['a key that is refused', ollamaReply.error(401, 'unauthorized'), ProviderError.Unauthorized, false, 'http_401'],
  [
    'an error inside the stream',
    ollamaReply.errorInStream(['Once'], 'runner died'),
    ProviderError.ServerFailed,
    true,
    'stream_error',
  ],
  ['a line that is not JSON', ollamaReply.bytes(['{"message":\n']), ProviderError.BadAnswer, true, 'not_json'],
  ['a line that is no object', ollamaReply.bytes(['null\n']), ProviderError.BadAnswer, false, 'wrong_shape'],
  ['a stream without an end', ollamaReply.cutOff(['Once']), ProviderError.BrokeOff, true, 'cut_off'],
  ['a stream with nothing in it', ollamaReply.cutOff([]), ProviderError.BadAnswer, true, 'cut_off'],
  ['an answer without text', ollamaReply.stream([]), ProviderError.EmptyAnswer, true, 'no_text'],
  [
    'a limit spent on thinking',
    ollamaReply.stream([], { thinking: ['Hm'], reason: 'length' }),
    ProviderError.EmptyAnswer,
    false,
    'token_limit',
  ],
  ['a reset before the head', resetReply(), ProviderError.Unreachable, true, 'ECONNRESET'],
  ['a reset in the middle', ollamaReply.resetAfter(['Once']), ProviderError.BrokeOff, true, 'ECONNRESET'],
  ['a web page under 200', htmlReply(200), ProviderError.BadAnswer, false, 'html'],
  ['a web page under 502', htmlReply(502), ProviderError.ServerFailed, true, 'html'],
]

describe('a failing Ollama', () => {
  it.each(faults)('%s', async (_name, reply, code, retryable, reason) => {
    fake = await startFakeOllama()
    fake.answerWith(reply)
    const failure = await rejection(collect(ask()))
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect(failure).toMatchObject({ code, retryable, details: { provider: 'Ollama', reason, model: 'llama-test:8b' } })
  })

  it('is unreachable when nothing listens', async () => {
    fake = await startFakeOllama()
    await fake.goDown()
    const { signal } = new AbortController()
    const connection = connectTo('ollama', fake.url)
    expect(await rejection(ollamaProtocol.checkKey(connection, signal))).toMatchObject({
      code: ProviderError.Unreachable,
    })
    await fake.comeBack()
    expect(await ollamaProtocol.host?.version(connection, signal)).toBe('0.12.0')
  })

  it('does not show the key that the server repeats', async () => {
    fake = await startFakeOllama({ key: 'another' })
    const failure = await rejection(collect(ask()))
    expect(failure).toMatchObject({
      code: ProviderError.Unauthorized,
      details: { providerMessage: 'unauthorized: Bearer [redacted]' },
    })
    expect(JSON.stringify(failure)).not.toContain(PLANTED_KEY)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { ProviderError, type ErrorCode } from '@contract/errors'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import type { ChatMessage, ChatRequest } from '@main/providers/spec/chat'
import { chatReply } from '@test/helpers/chat-reply'
import { collect, connectTo, PLANTED_KEY, rejection, toolCallsOf } from '@test/helpers/connect'
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '@test/helpers/fake-openai'
import type { Reply } from '@test/helpers/fake-server'
import { fakeVector } from '@test/helpers/fake-text'
import { googleError } from '@test/helpers/openai-flavours'

let fake: FakeOpenAi
const start = async (options: FakeOpenAiOptions = {}) => {
  fake = await startFakeOpenAi({ flavour: 'gemini', ...options })
}
afterEach(async () => {
  await fake.stop()
})

const { signal } = new AbortController()
const chat = (more: Partial<ChatRequest> = {}) =>
  openAiChatProtocol.chat(connectTo('gemini', fake.url), {
    model: 'models/gemini-2.5-flash',
    messages: [{ role: 'user', content: 'Go on.' }],
    parameters: {},
    signal,
    ...more,
  })

describe('Gemini', () => {
  it('gets the key as a bearer', async () => {
    await start()
    await collect(chat())
    expect(fake.requests[0]?.headers['authorization']).toBe(`Bearer ${PLANTED_KEY}`)
  })

  it('gets its thought signatures back with its calls, and what stands for one with a call of another model', async () => {
    await start()
    const signed = { google: { thought_signature: 'c2lnbmVk' } }
    const call = { index: 0, id: 'c1', function: { name: 'look', arguments: '{}' }, extra_content: signed, other: 1 }
    fake.answerWith(chatReply.toolCalls([[call]], 'stop'))
    const events = await collect(chat())
    const [made] = toolCallsOf(events)
    expect(made).toEqual({ id: 'c1', name: 'look', arguments: '{}', extra: { extra_content: signed } })
    expect(events.at(-1)).toMatchObject({ reason: 'toolCalls' })

    const others = [1, 2].map((number) => ({ id: `o${number}`, name: 'look', arguments: '{}' }))
    const messages: ChatMessage[] = [made ? [made] : [], others].map((toolCalls) => ({
      role: 'assistant',
      content: null,
      toolCalls,
    }))
    await collect(chat({ messages }))
    const [, sent] = fake.chats()
    expect(sent).toMatchObject({
      messages: [
        { tool_calls: [{ id: 'c1', extra_content: signed }] },
        {
          tool_calls: [
            { id: 'o1', extra_content: { google: { thought_signature: 'skip_thought_signature_validator' } } },
            { id: 'o2' },
          ],
        },
      ],
    })
    expect(JSON.stringify(sent)).not.toContain('"other"')
  })

  it('lists models that write and that embed, each with what it takes', async () => {
    await start({
      models: [
        { id: 'models/gemini-2.5-flash', object: 'model', owned_by: 'google', display_name: 'Gemini 2.5 Flash' },
        'models/gemini-3-pro-preview',
        'models/gemma-3-27b-it',
        'models/gemini-2.5-flash-preview-tts',
        'models/gemini-2.5-flash-image',
        'models/gemini-2.5-flash-native-audio-latest',
        'models/gemini-live-2.5-flash',
        'models/imagen-4.0-generate-001',
        'models/veo-3.0-generate-001',
        'models/aqa',
        'models/gemini-embedding-001',
        'models/text-bison-001',
      ],
    })
    const models = (await collect(openAiChatProtocol.listModels(connectTo('gemini', fake.url), signal))).flat()
    const takes = (name: string) => models.filter((model) => model.supportedParameters?.includes(name))
    expect(models.map(({ name, kind }) => [name, kind])).toEqual([
      ['Gemini 2.5 Flash', 'chat'],
      ['models/gemini-3-pro-preview', 'chat'],
      ['models/gemma-3-27b-it', 'chat'],
      ['models/gemini-embedding-001', 'embedding'],
    ])
    expect(takes('reasoning_effort').map(({ model }) => model)).toEqual([
      'models/gemini-2.5-flash',
      'models/gemini-3-pro-preview',
    ])
    expect(takes('thinking_budget').map(({ model }) => model)).toEqual(['models/gemini-2.5-flash'])
    expect(takes('dimensions').map(({ model }) => model)).toEqual(['models/gemini-embedding-001'])
  })

  it('embeds', async () => {
    await start()
    const request = { model: 'models/gemini-embedding-001', texts: ['a', 'b'], parameters: { dimensions: 4 }, signal }
    const answer = await openAiChatProtocol.embed?.(connectTo('gemini', fake.url), request)
    expect(answer?.vectors).toEqual([fakeVector('a', 4), fakeVector('b', 4)])
  })
})

const info = (reason: string) => ({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason })
const retry = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay })

const faults: [name: string, reply: Reply, code: ErrorCode, retryable: boolean, wait: number | null][] = [
  [
    'a wrong key under 400',
    googleError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [info('API_KEY_INVALID')]),
    ProviderError.Unauthorized,
    false,
    null,
  ],
  [
    'a wrong key in words alone',
    googleError(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.'),
    ProviderError.Unauthorized,
    false,
    null,
  ],
  ['a key without rights', googleError(403, 'PERMISSION_DENIED', 'No'), ProviderError.Unauthorized, false, null],
  [
    'too many calls, with the wait in the body',
    googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', [{ odd: 1 }, retry('34.5s')]),
    ProviderError.RateLimited,
    true,
    34_500,
  ],
  ['too much load', googleError(503, 'UNAVAILABLE', 'Overloaded'), ProviderError.Overloaded, true, null],
  [
    'an unknown model',
    googleError(404, 'NOT_FOUND', 'models/x is not found for API version v1main'),
    ProviderError.ModelNotFound,
    false,
    null,
  ],
  [
    'a prompt that is too long',
    googleError(400, 'INVALID_ARGUMENT', 'The input token count (9) exceeds the maximum context window (8).'),
    ProviderError.ContextExceeded,
    false,
    null,
  ],
  [
    'a filter that names what it found',
    chatReply.stream(['Once'], { finish: 'content_filter: PROHIBITED_CONTENT' }),
    ProviderError.Refused,
    false,
    null,
  ],
]

describe('a failing Gemini', () => {
  it.each(faults)('%s', async (_name, reply, code, retryable, retryAfterMs) => {
    await start()
    fake.answerWith(reply)
    expect(await rejection(collect(chat()))).toMatchObject({ code, retryable, retryAfterMs })
  })
})

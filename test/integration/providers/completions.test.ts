import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { ollamaProtocol } from '@main/providers/protocols/ollama/ollama-protocol'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import type { CompletionRequest } from '@main/providers/spec/chat'
import type { Connection, Protocol } from '@main/providers/spec/protocol'
import { chatReply } from '@test/helpers/chat-reply'
import { collect, connectTo, rejection, textOf } from '@test/helpers/connect'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { ollamaReply } from '@test/helpers/ollama-reply'

let openAi: FakeOpenAi
let ollama: FakeOllama
beforeEach(async () => {
  ;[openAi, ollama] = await Promise.all([startFakeOpenAi(), startFakeOllama()])
})
afterEach(async () => {
  await Promise.all([openAi.stop(), ollama.stop()])
})

const complete = ({ complete: ask }: Protocol, connection: Connection, more: Partial<CompletionRequest> = {}) => {
  if (!ask) throw new Error('The protocol completes nothing')
  const { signal } = new AbortController()
  return ask(connection, { model: 'llama-test:8b', prompt: 'Once upon', parameters: {}, signal, ...more })
}

describe('a text that an OpenAI-compatible server goes on with', () => {
  const ask = (more: Partial<CompletionRequest> = {}) =>
    complete(openAiChatProtocol, connectTo('openai', openAi.url), more)

  it('comes as it is, white space and all, with its usage', async () => {
    openAi.answerAt('/v1/completions', chatReply.completion([' ', 'a time'], 'length'))
    const events = await collect(ask())
    expect(events).toEqual([
      { type: 'text', text: ' ' },
      { type: 'text', text: 'a time' },
      { type: 'end', reason: 'length', usage: { inputTokens: 3, outputTokens: 2, cost: null } },
    ])
  })

  it('may be nothing at all', async () => {
    openAi.answerAt('/v1/completions', chatReply.completion([]))
    expect(await collect(ask())).toMatchObject([{ type: 'end', reason: 'stop' }])
  })

  it('is asked for with the prompt, what follows the gap, and the older name for the limit', async () => {
    openAi.answerAt('/v1/completions', chatReply.completion(['a']))
    await collect(ask({ suffix: 'The end.', parameters: { max_completion_tokens: 7, stop: ['x'] } }))
    const [request] = openAi.requestsTo('/v1/completions')
    expect(request?.body).toEqual({
      model: 'llama-test:8b',
      prompt: 'Once upon',
      suffix: 'The end.',
      max_tokens: 7,
      stop: ['x'],
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  it('that breaks off is a failure', async () => {
    openAi.answerAt('/v1/completions', chatReply.completion(['a'], null))
    expect(await rejection(collect(ask()))).toMatchObject({ code: ProviderError.BrokeOff })
  })
})

describe('a text that Ollama goes on with', () => {
  const ask = (more: Partial<CompletionRequest> = {}) => complete(ollamaProtocol, connectTo('ollama', ollama.url), more)

  it('comes as it is, and is asked for without the form of a chat', async () => {
    ollama.answerAt('/api/generate', ollamaReply.completion([' a', ' time']))
    const events = await collect(ask({ parameters: { options: { num_ctx: 8192 } } }))
    expect(textOf(events)).toBe(' a time')
    expect(events.at(-1)).toMatchObject({ reason: 'stop', usage: { inputTokens: 3, outputTokens: 2 } })
    const [request] = ollama.requestsTo('/api/generate')
    const asked = { model: 'llama-test:8b', prompt: 'Once upon', raw: true, options: { num_ctx: 8192 }, stream: true }
    expect(request?.body).toEqual(asked)
  })

  it('fills a gap in the form that the model has for it', async () => {
    ollama.answerAt('/api/generate', ollamaReply.completion(['a']))
    await collect(ask({ suffix: 'The end.' }))
    const [request] = ollama.requestsTo('/api/generate')
    expect(request?.body).toEqual({ model: 'llama-test:8b', prompt: 'Once upon', suffix: 'The end.', stream: true })
  })

  it('that breaks off is a failure', async () => {
    ollama.answerAt('/api/generate', ollamaReply.bytes(['{"response":"a","done":false}\n']))
    expect(await rejection(collect(ask()))).toMatchObject({ code: ProviderError.BrokeOff })
  })
})

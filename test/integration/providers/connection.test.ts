import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProviderError } from '@contract/errors'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import { ollamaProtocol } from '@main/providers/protocols/ollama/ollama-protocol'
import { collect, connectTo, PLANTED_KEY, rejection } from '@test/helpers/connect'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { redirectReply } from '@test/helpers/fake-server'

let fake: FakeOpenAi
let other: FakeOllama
beforeEach(async () => {
  fake = await startFakeOpenAi()
  other = await startFakeOllama()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await fake.stop()
  await other.stop()
})

const chat = (connection: ReturnType<typeof connectTo>) =>
  collect(
    openAiChatProtocol.chat(connection, {
      model: 'm',
      messages: [],
      parameters: {},
      signal: new AbortController().signal,
    })
  )

describe('what a connection sends', () => {
  it('is the key, the headers of the definition and of the user, and nothing about this computer', async () => {
    await chat(
      connectTo('openrouter', fake.url, { headers: { 'X-Title': 'Mine', 'HTTP-Referer': 'https://example.org' } })
    )
    const { headers } = fake.requests[0] ?? { headers: {} }
    expect(headers).toMatchObject({
      authorization: `Bearer ${PLANTED_KEY}`,
      'x-title': 'Mine',
      'x-openrouter-title': 'Fabula',
      'http-referer': 'https://example.org',
      'user-agent': 'Fabula',
    })
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless') || name.startsWith('openai'))).toEqual(
      []
    )
  })

  it('is no key and no header that stands in the environment', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-from-environment')
    vi.stubEnv('OPENAI_ORG_ID', 'org-from-environment')
    vi.stubEnv('OPENAI_BASE_URL', other.url)
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Planted: from-environment')
    await chat(connectTo('openai', fake.url, { secret: () => null }))
    expect(JSON.stringify(fake.requests[0]?.headers)).not.toContain('environment')
    expect(fake.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(other.requests).toEqual([])
  })

  it('is a key in the header that the definition names', async () => {
    await chat(
      connectTo('openai', fake.url, { definition: { auth: { type: 'header', header: 'Api-Key', prefix: 'Key ' } } })
    )
    expect(fake.requests[0]?.headers).toMatchObject({ 'api-key': `Key ${PLANTED_KEY}` })
    expect(fake.requests[0]?.headers).not.toHaveProperty('authorization')
  })

  it('is the key of now, not of when it was opened', async () => {
    let key = 'first'
    const connection = connectTo('openai', fake.url, { secret: () => key })
    key = 'second'
    await chat(connection)
    expect(fake.requests[0]?.headers['authorization']).toBe('Bearer second')
  })

  it('is no key to another origin', async () => {
    const connection = connectTo('openrouter', fake.url)
    await connection.fetch(`${other.url}/api/version`, { headers: { authorization: 'Bearer x', accept: 'a/b' } })
    expect(other.requests[0]?.headers).toMatchObject({ accept: 'a/b' })
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(other.requests[0]?.headers).not.toHaveProperty('x-title')
  })
})

describe('a redirect', () => {
  it('to another origin is refused, naming it, and the key does not go there', async () => {
    fake.answerWith(redirectReply(`${other.url}/steal?x=1`))
    expect(await rejection(chat(connectTo('openai', fake.url)))).toMatchObject({
      code: ProviderError.Unreachable,
      retryable: false,
      details: { reason: 'redirect', redirectedTo: other.url, provider: 'OpenAI' },
    })
    expect(other.requests).toEqual([])
  })

  it('within the origin is followed, with body and key', async () => {
    fake.answerWith(redirectReply('/moved/chat/completions', 308))
    expect(await chat(connectTo('openai', fake.url))).not.toEqual([])
    const moved = fake.requestsTo('/moved/chat/completions')[0]
    expect(moved?.headers['authorization']).toBe(`Bearer ${PLANTED_KEY}`)
    expect(moved?.body).toMatchObject({ model: 'm' })
  })

  it('that would turn a POST into a GET is refused', async () => {
    fake.answerWith(redirectReply('/v1/models', 302))
    expect(await rejection(chat(connectTo('openai', fake.url)))).toMatchObject({ details: { reason: 'redirect' } })
  })

  it('in a circle ends', async () => {
    for (let hop = 0; hop < 7; hop += 1) fake.answerAt('/models', redirectReply('/v1/models'))
    const list = collect(openAiChatProtocol.listModels(connectTo('openai', fake.url), new AbortController().signal))
    expect(await rejection(list)).toMatchObject({ details: { reason: 'redirect' } })
    expect(fake.requests.length).toBe(6)
  })
})

describe('the ollama client', () => {
  const chatWith = (connection: ReturnType<typeof connectTo>) => {
    const { signal } = new AbortController()
    return collect(ollamaProtocol.chat(connection, { model: 'm', messages: [], parameters: {}, signal }))
  }

  it('sends no key from the environment, not even to ollama.com', async () => {
    vi.stubEnv('OLLAMA_API_KEY', 'from-environment')
    const sent: Headers[] = []
    const fetch: typeof globalThis.fetch = async (_target, init) => {
      sent.push(new Headers(init?.headers))
      return Response.json({ message: { content: 'a' }, done: true })
    }
    await chatWith(connectTo('ollama', 'https://ollama.com', { secret: () => null, fetch }))
    expect(sent.map((headers) => headers.get('authorization'))).toEqual([null])
  })

  it('prints nothing of an answer to the console', async () => {
    const log = vi.spyOn(console, 'log')
    const warn = vi.spyOn(console, 'warn')
    const plain = { status: 500, headers: {}, steps: ['secret text'] }
    other.answerWith(plain, { ...plain, status: 200 })
    await rejection(chatWith(connectTo('ollama', other.url)))
    await rejection(chatWith(connectTo('ollama', other.url)))
    expect([log.mock.calls, warn.mock.calls]).toEqual([[], []])
  })
})

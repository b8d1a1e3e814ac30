import { freePort } from '@test/helpers/free-port'
import type { TemplateId } from '@contract/ids'
import type { Visit } from '@main/gateway/visit'
import { startFakeOllama, type FakeOllama } from './fake-ollama'
import { startFakeOpenAi, type FakeOpenAi } from './fake-openai'
import { anyKey } from './gateway-keys-stage'
import { startTestCore, type TestCore } from './test-core'
import { fakeProvider, presetWith } from './test-story'

/** Secrets that no answer and no log may have. */
export const planted = {
  provider: 'sk-planted-provider-0123456789',
  server: 'planted-server-password-0123456789',
} as const

export interface ApiAnswer {
  status: number
  headers: Headers
  /** The body as JSON; its text where it is none; null where there is none. */
  body: unknown
}

export interface ApiStage {
  app: TestCore
  /** Behind the provider `Fake` (`fake/…`), whose default preset uses it. */
  fake: FakeOpenAi
  ollama: FakeOllama
  /** `Crew`: asks for the name of someone from `town`, as JSON. */
  templateId: TemplateId
  /** Where the gateway listens: `http://127.0.0.1:PORT`. */
  origin: string
  /** A key that may manage, and one that may not. */
  managing: string
  plain: string
  /** Over real HTTP, with the managing key unless said. */
  call(
    method: string,
    path: string,
    body?: unknown,
    more?: { key?: string | null; signal?: AbortSignal }
  ): Promise<ApiAnswer>
  /** Through no socket, as somebody whose key may do everything. */
  direct(request: Request): Promise<Response>
  close(): Promise<void>
}

/** Fabula with its gateway switched on, over a provider, an Ollama server and a template. */
export async function openApiStage(): Promise<ApiStage> {
  const app = await startTestCore()
  const fake = await startFakeOpenAi({ models: ['fake-model', 'fake-embedding'] })
  const ollama = await startFakeOllama()
  const settings = await fakeProvider(app, fake.url, { keys: [planted.provider] })
  await app.ask('models.refresh', { providerId: settings.providerId })
  await app.ask('presets.setDefault', { id: (await presetWith(app, { ...settings, retries: 0 })).id })
  await app.ask('gateway.change', { port: await freePort() })
  const { url } = await app.ask('gateway.switch', { on: true })
  if (url === null) throw new Error('The gateway does not listen')
  const { origin } = new URL(url)
  const managing = (await app.ask('gateway.createKey', anyKey('Managing', { manages: true }))).key
  const plain = (await app.ask('gateway.createKey', anyKey('Plain'))).key

  const call: ApiStage['call'] = async (method, path, body, { key = managing, signal } = {}) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      ...(signal ? { signal } : {}),
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: readBody(text, response.headers) }
  }
  const made = await call('POST', '/api/templates', { name: 'Crew', content: crew })
  if (made.status !== 201) throw new Error(`The template was not made: ${JSON.stringify(made.body)}`)
  const templateId = (await app.ask('templates.list', {})).find(({ name }) => name === 'Crew')?.id
  if (!templateId) throw new Error('There is no template')

  return {
    app,
    fake,
    ollama,
    templateId,
    origin,
    managing,
    plain,
    call,
    direct: (request) => app.core.answerProgram(request, anyVisit(request)),
    close: async () => {
      await app.close()
      await Promise.all([fake.stop(), ollama.stop()])
    },
  }
}

const crew = {
  user: 'Name someone from {{ town }}.',
  variables: [{ type: 'text', name: 'town' }],
  answer: {
    format: 'json',
    schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  },
  tries: 2,
}

const anyVisit = (request: Request): Visit => ({
  caller: {
    purpose: { kind: 'gateway', keyName: 'Test', keyId: null },
    mayUse: () => true,
    manages: true,
  },
  signal: request.signal,
  named: () => undefined,
  leave: () => undefined,
  admit: () => ({}),
  end: () => undefined,
})

const readBody = (text: string, headers: Headers): unknown => {
  if (text === '') return null
  return headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text
}

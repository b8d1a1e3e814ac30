import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import { defaultFallback, type Preset } from '@contract/entities/preset'
import type { Provider } from '@contract/entities/provider'
import type { Server } from '@contract/entities/server'
import type { Outcome } from '@main/gateway/visit'
import { abortWith } from '@main/platform/abort-with'
import { listen } from '@main/http/listen'
import { startFakeOllama, type FakeOllama } from './fake-ollama'
import { startFakeOpenAi, type FakeOpenAi } from './fake-openai'
import { startTestCore, type TestCore } from './test-core'
import { fakeProvider, placed, providerOf } from './test-story'

export interface OpenGateway {
  /** The base URL that programs are given. */
  url: string
  /** What came of the requests, in the order in which they ended. */
  outcomes: Outcome[]
  /** Which models the key may use, by their canonical names: all, unless said. */
  allow(mayUse: (model: string) => boolean): void
  close(): Promise<void>
}

/** Lets programs ask a core over real HTTP. */
async function openGateway(app: TestCore): Promise<OpenGateway> {
  const outcomes: Outcome[] = []
  let mayUse = (_model: string) => true
  const answer = (request: Request) => {
    const { signal, controller } = abortWith(request.signal)
    return app.core.answerProgram(request, {
      caller: {
        purpose: { kind: 'gateway', keyName: 'Test', keyId: null },
        mayUse: (model) => mayUse(model),
        manages: false,
      },
      signal,
      named: () => undefined,
      leave: () => controller.abort(),
      admit: () => ({}),
      end: (outcome) => outcomes.push(outcome),
    })
  }
  const listening = await listen({ address: '127.0.0.1', port: 0, fetch: answer })
  return {
    url: `${listening.origin}/v1`,
    outcomes,
    allow: (allowed) => (mayUse = allowed),
    close: () => listening.stop(0),
  }
}

/** Keys of the provider `Fake`: the first one is the first to be tried. */
export const fakeKeys = ['sk-first-0123456789', 'sk-second-0123456789'] as const

export interface GatewayStage {
  app: TestCore
  gateway: OpenGateway
  /** Behind the provider `Fake` (`fake/…`), which has two keys. */
  fake: FakeOpenAi
  /** Behind the Ollama server `Attic room`. */
  ollama: FakeOllama
  provider: Provider
  server: Server
  /** `Gothic nights`: the Writer is `fake/fake-model` at temperature 0.2, and `Backup` steps in after errors. */
  preset: Preset
  /** `Backup`: a model of Attic room. */
  backup: ModelConfig
  close(): Promise<void>
}

/** A gateway over a provider with two keys, an Ollama server, a preset and reusable settings. */
export async function openGatewayStage(): Promise<GatewayStage> {
  const app = await startTestCore()
  const fake = await startFakeOpenAi({ models: ['fake-model', 'org/fake model', 'fake-embedding'] })
  const ollama = await startFakeOllama()
  const settings = await fakeProvider(app, fake.url, { keys: fakeKeys })
  const server = await app.ask('servers.add', { name: 'Attic room', url: ollama.url })
  await app.ask('models.refresh', { providerId: settings.providerId })
  await app.ask('servers.check', { id: server.id })
  const onOllama: ModelSettings = {
    providerId: (await providerOf(app, 'ollama')).id,
    model: 'llama-test:8b',
    serverId: server.id,
  }
  const backup = await app.ask('modelConfigs.create', {
    name: 'Backup',
    kind: 'chat',
    settings: { ...onOllama, providerId: onOllama.providerId ?? settings.providerId, model: 'llama-test:8b' },
  })
  const { id } = await app.ask('presets.create', {
    name: 'Gothic nights',
    roles: {
      main: placed({ ...settings, samplers: { temperature: 0.2, max_tokens: 50 } }),
      guard: placed(onOllama),
      director: placed(onOllama, false),
    },
  })
  const chains = { ...defaultFallback.chains, errors: [backup.id] }
  const preset = await app.ask('presets.update', { id, patch: { fallback: { ...defaultFallback, chains } } })
  const gateway = await openGateway(app)
  return {
    app,
    gateway,
    fake,
    ollama,
    provider: await providerOf(app, 'fake'),
    server,
    preset,
    backup,
    close: async () => {
      await gateway.close()
      await app.close()
      await Promise.all([fake.stop(), ollama.stop()])
    },
  }
}

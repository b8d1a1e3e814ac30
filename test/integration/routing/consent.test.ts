import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { stallReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, providerOf, storyWith } from '@test/helpers/test-story'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
})

/** The writer's own model, on this computer, which fails. */
async function localModel(): Promise<ModelSettings> {
  const ollama = await startFakeOllama()
  onTestFinished(() => ollama.stop())
  ollama.alwaysAnswerAt('/api/chat', { status: 500, headers: {}, steps: ['{"error":"boom"}'] })
  const { id: providerId } = await providerOf(app, 'ollama')
  const server = await app.ask('servers.add', { name: 'Mine', url: ollama.url })
  await app.ask('servers.check', { id: server.id })
  return { providerId, model: 'llama-test:8b' }
}

let names = 0

/** A model of a provider on a fake address, that costs what its list says. */
async function listedModel(pricing: unknown): Promise<ModelSettings> {
  const fake = await startFakeOpenAi({ models: [{ id: 'fake-model', pricing }] })
  onTestFinished(() => fake.stop())
  const settings = await fakeProvider(app, fake.url, { name: `Listed ${(names += 1)}` })
  await app.ask('models.refresh', { providerId: settings.providerId })
  return settings
}

/** The same, and then the provider is somewhere in the world: what its list said stays. */
async function farModel(pricing: unknown): Promise<ModelSettings> {
  const settings = await listedModel(pricing)
  if (settings.providerId)
    await app.ask('providers.update', { id: settings.providerId, patch: { baseUrl: 'http://models.invalid/v1' } })
  return settings
}

/** A model somewhere in the world, of which nobody knows what it costs. */
const unknownModel = () => fakeProvider(app, 'http://models.invalid/v1', { name: `Remote ${(names += 1)}` })

const config = async (settings: ModelSettings) => {
  const { providerId, model } = settings
  if (!providerId || !model) throw new Error('A model config needs a model')
  const input = { name: `Config ${(names += 1)}`, kind: 'chat' as const, settings: { ...settings, providerId, model } }
  return (await app.ask('modelConfigs.create', input)).id
}

/** The providers' models that a turn asked, in order. */
async function asked(own: ModelSettings, chain: readonly ModelSettings[], allowPaid: boolean) {
  const errors = []
  for (const settings of chain) errors.push(await config(settings))
  const story = await storyWith(app, own)
  const chains = { errors, contextOverflow: [], refusals: [] }
  const patch = { fallback: { useMainForUnset: true, allowPaid, chains } }
  await app.ask('presets.update', { id: story.presetId, patch })
  const ended = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  const calls = await app.ask('usage.ofTurn', { turnId: ended.turnId })
  return { code: ended.error?.code ?? null, providers: calls.map(({ provider }) => provider.replace(/ \d+/, '')) }
}

const PAID = { prompt: '0.000003', completion: '0.000015' }
const FREE = { prompt: '0', completion: '0' }

it('a model of this computer whose first word does not come in time is followed by the next', async () => {
  const ollama = await startFakeOllama()
  onTestFinished(() => ollama.stop())
  ollama.alwaysAnswerAt('/api/chat', stallReply(createGate()))
  const { id: providerId } = await providerOf(app, 'ollama')
  const server = await app.ask('servers.add', { name: 'Mine', url: ollama.url })
  await app.ask('servers.check', { id: server.id })
  const slow: ModelSettings = { providerId, model: 'llama-test:8b', timeouts: { firstTokenMs: 1000 } }
  expect(await asked(slow, [await listedModel(FREE)], false)).toEqual({ code: null, providers: ['Ollama', 'Listed'] })
})

/** A bill that a writer with a model of their own never agreed to. */
describe('a model of this computer that fails', () => {
  it.each([
    ['a price', () => listedModel(PAID)],
    ['a price for each request alone', () => farModel({ ...FREE, request: '0.01' })],
    [
      'a price that holds under a condition',
      () => farModel({ ...FREE, overrides: [{ prompt: '0.001', completion: '0' }] }),
    ],
    ['no price that anybody knows', unknownModel],
  ])('is not followed by one with %s, unless the writer agreed', async (_name, paid) => {
    const own = await localModel()
    const fallback = await paid()
    expect(await asked(own, [fallback], false)).toEqual({ code: 'provider_server_failed', providers: ['Ollama'] })
    const agreed = await asked(own, [fallback], true)
    expect(agreed.providers).toHaveLength(2)
  })

  it.each([
    ['null', { prompt: null, completion: null }],
    ['an empty text', { prompt: '', completion: '' }],
    ['a negative one', { prompt: '-1', completion: '-1' }],
    ['no number', { prompt: 'free', completion: 'free' }],
  ])('takes a price that is %s for one that nobody knows, not for none', async (_name, pricing) => {
    await listedModel(pricing)
    const listed = (await app.ask('models.list', {})).find(({ model }) => model === 'fake-model')
    expect(listed?.price).toBeNull()
  })

  it('is followed by a free one without asking', async () => {
    const { providers, code } = await asked(await localModel(), [await listedModel(FREE)], false)
    expect({ providers, code }).toEqual({ providers: ['Ollama', 'Listed'], code: null })
  })

  it('is not followed by a paid one by way of a free one either', async () => {
    const own = await localModel()
    const chain = [await farModel(FREE), await listedModel(PAID)]
    expect((await asked(own, chain, false)).providers).toEqual(['Ollama', 'Listed'])
    expect((await asked(own, chain, true)).providers).toEqual(['Ollama', 'Listed', 'Listed'])
  })

  it('is not followed by a paid one when it cannot even be asked', async () => {
    const own = await localModel()
    const [model] = (await app.ask('models.list', {})).filter(({ model }) => model === own.model)
    await app.ask('models.update', { id: model?.id ?? '', patch: { enabled: false } })
    const paid = await config(await listedModel(PAID))
    const story = await storyWith(app, own)
    const fallback = (allowPaid: boolean) => ({
      useMainForUnset: true,
      allowPaid,
      chains: { errors: [paid], contextOverflow: [], refusals: [] },
    })
    await app.ask('presets.update', { id: story.presetId, patch: { fallback: fallback(false) } })
    const refused = await app.refusal('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    expect(refused.code).toBe('model_disabled')
    await app.ask('presets.update', { id: story.presetId, patch: { fallback: fallback(true) } })
    expect(await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).toMatchObject({ outcome: 'complete' })
  })
})

describe('a model that is paid already', () => {
  it('is followed by another paid one without asking', async () => {
    const broken = await startFakeOpenAi({ models: [{ id: 'fake-model', pricing: PAID }] })
    onTestFinished(() => broken.stop())
    broken.alwaysAnswerWith(chatReply.error(500, 'Boom'))
    const own = await fakeProvider(app, broken.url, { name: 'Own' })
    await app.ask('models.refresh', { providerId: own.providerId })
    expect((await asked(own, [await listedModel(PAID)], false)).providers).toEqual(['Own', 'Listed'])
  })
})

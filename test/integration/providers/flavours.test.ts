import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { NewProvider, Provider } from '@contract/entities/provider'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { jsonReply, startFakeServer } from '@test/helpers/fake-server'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf, storyWith } from '@test/helpers/test-story'

let app: TestCore
let fake: FakeOpenAi

beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  fake = await startFakeOpenAi()
  onTestFinished(() => fake.stop())
})

const own = (more: Partial<NewProvider> = {}): Promise<Provider> =>
  app.ask('providers.create', { name: 'Own', baseUrl: fake.url, keyRequired: false, ...more })

const defaultOf = (provider: Provider, setting: string): unknown => {
  const properties = provider.samplerSchema['properties']
  const found = typeof properties === 'object' && properties !== null ? Object.entries(properties) : []
  const schema = found.find(([name]) => name === setting)?.[1]
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? schema['x-default'] : undefined
}

async function chatBody(settings: Parameters<typeof storyWith>[1]): Promise<unknown> {
  const story = await storyWith(app, settings)
  await app.turn({ storyId: story.id, kind: 'send', text: 'Go on.' })
  return fake.chats().at(-1)
}

describe('a provider of the user’s', () => {
  it('speaks as its program does', async () => {
    const { id, ...provider } = await own({ flavour: 'llama-cpp' })
    expect(provider).toMatchObject({ flavour: 'llama-cpp', protocol: 'openai-chat' })
    expect(defaultOf({ id, ...provider }, 'temperature')).toBe(0.8)
    const samplers = { repetition_penalty: 1.1, min_p: 0.02, dry_multiplier: 0.8, verbosity: 'low' }
    const body = await chatBody({ providerId: id, model: 'fake-model', samplers })
    expect(body).toMatchObject({ repeat_penalty: 1.1, min_p: 0.02, dry_multiplier: 0.8 })
    expect(body).not.toHaveProperty('repetition_penalty')
    expect(body).not.toHaveProperty('verbosity')
  })

  it('of which nothing is known has unknown defaults, and can be given a program later', async () => {
    const provider = await own()
    expect(provider).toMatchObject({ flavour: null, auth: { type: 'bearer' }, kinds: ['chat', 'embedding'] })
    expect(defaultOf(provider, 'temperature')).toBeNull()
    const changed = await app.ask('providers.update', { id: provider.id, patch: { flavour: 'vllm' } })
    expect(changed).toMatchObject({ flavour: 'vllm', name: 'Own' })
  })

  it('takes its key in the header that it wants', async () => {
    const { id } = await own({ keyRequired: true, auth: { type: 'header', header: 'X-API-Key', prefix: 'Key ' } })
    const token = await app.ask('tokens.add', { providerId: id, name: 'Mine', secret: 'sk-in-a-header' })
    await chatBody({ providerId: id, model: 'fake-model', tokenIds: [token.id] })
    const sent = fake.requestsTo('/chat/completions')[0]?.headers
    expect(sent?.['x-api-key']).toBe('Key sk-in-a-header')
    expect(sent?.['authorization']).toBeUndefined()
  })

  it('can be for one kind of model alone', async () => {
    expect(await own({ kinds: ['embedding'] })).toMatchObject({ kinds: ['embedding'] })
  })

  it('is refused a program that there is not; a built-in one keeps its own', async () => {
    expect(
      await app.refusal('providers.create', { name: 'X', baseUrl: fake.url, keyRequired: false, flavour: 'none' })
    ).toMatchObject({ code: 'not_found' })
    const { id } = await providerOf(app, 'openrouter')
    expect(await app.refusal('providers.update', { id, patch: { flavour: 'vllm' } })).toMatchObject({
      code: 'provider_built_in',
    })
  })
})

describe('the window of a model', () => {
  it.each([
    ['koboldcpp', '/api/extra/true_max_context_length', { value: 12_288 }],
    [
      'lm-studio',
      '/api/v0/models',
      { data: [{ id: 'm', max_context_length: 131_072, loaded_context_length: 12_288 }] },
    ],
    ['tabbyapi', '/v1/model', { id: 'm', parameters: { max_seq_len: 12_288 } }],
    ['llama-cpp', '/props', { default_generation_settings: { n_ctx: 12_288 } }],
  ])('is read where %s tells it', async (flavour, path, answer) => {
    const server = await startFakeServer((request) =>
      request.path === '/v1/models'
        ? jsonReply({ data: [{ id: 'm' }] })
        : jsonReply(answer, request.path === path ? 200 : 404)
    )
    onTestFinished(() => server.stop())
    const { id } = await own({ baseUrl: `${server.origin}/v1`, flavour })
    await app.ask('models.refresh', { providerId: id })
    const model = (await app.ask('models.list', {})).find(({ providerId }) => providerId === id)
    expect(model).toMatchObject({ model: 'm', contextLength: 12_288 })
  })
})

describe('“on this computer”', () => {
  const isLocal = async (more: Partial<NewProvider>) => (await own(more)).local

  it.each([
    ['a program that runs models here', { flavour: 'llama-cpp', keyRequired: true }, true],
    ['a server here that nobody asks a key for', {}, true],
    ['a server here that wants a key: it may as well be a proxy', { keyRequired: true }, false],
    ['the same, when the user says so', { keyRequired: true, saidLocal: true }, true],
    ['a proxy here, when the user says so', { saidLocal: false }, false],
    ['a program at another address', { flavour: 'llama-cpp', baseUrl: 'http://192.168.1.9:8080/v1' }, false],
    [
      'an address that only begins like this computer',
      { baseUrl: 'http://localhost.evil.com/v1', saidLocal: true },
      false,
    ],
    ['one that only begins like its number', { baseUrl: 'http://127.0.0.1.evil.com/v1', saidLocal: true }, false],
  ])('is judged for %s', async (_what, more: Partial<NewProvider>, local) => {
    expect(await isLocal(more)).toBe(local)
  })

  it('is not said of a paid service behind a proxy of this computer', async () => {
    const { id } = await providerOf(app, 'openrouter')
    const moved = await app.ask('providers.update', { id, patch: { baseUrl: fake.url } })
    expect(moved.local).toBe(false)
  })

  it('is not said of models that are listed with a price, were it nothing', async () => {
    fake.answerAt(
      '/models',
      jsonReply({
        data: [
          { id: 'paid', pricing: { prompt: '0.000001', completion: '0.000002' } },
          { id: 'free', pricing: { prompt: '0', completion: '0' } },
          { id: 'unpriced' },
        ],
      })
    )
    const { id } = await own()
    await app.ask('models.refresh', { providerId: id })
    const models = (await app.ask('models.list', {})).filter(({ providerId }) => providerId === id)
    expect(Object.fromEntries(models.map(({ model, local }) => [model, local]))).toEqual({
      paid: false,
      free: false,
      unpriced: true,
    })
  })
})

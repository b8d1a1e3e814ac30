import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Provider } from '@contract/entities/provider'
import { ProviderError } from '@contract/errors'
import { chatReply } from '@test/helpers/chat-reply'
import { jsonReply, startFakeServer, type FakeServer, type Reply } from '@test/helpers/fake-server'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { storyWith } from '@test/helpers/test-story'

const KEY = 'sk-right-4711'

/** A server as llama.cpp is: its list and its health are for everybody, the rest is for those who have the key. */
interface OpenServer {
  server: FakeServer
  /** What `/props` answers to those who have the key. */
  props: Reply
}

let app: TestCore
let open: OpenServer
let provider: Provider

beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  const rows = [{ id: 'story.gguf', owned_by: 'llamacpp', meta: { n_ctx_train: 131_072, n_params: 8e9 } }]
  const server = await startFakeServer(({ path, headers }) => {
    if (path === '/v1/models') return jsonReply({ object: 'list', data: rows })
    if (headers['authorization'] !== `Bearer ${KEY}`) return chatReply.error(401, 'Invalid API Key')
    return path === '/props' ? open.props : tooLong
  })
  onTestFinished(() => server.stop())
  open = { server, props: jsonReply({ default_generation_settings: { n_ctx: 16_384 }, total_slots: 1 }) }
  provider = await app.ask('providers.create', { name: 'Own', baseUrl: `${server.origin}/v1`, keyRequired: false })
})

const tooLong = chatReply.error(400, {
  code: 400,
  type: 'exceed_context_size_error',
  message: 'request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it',
  n_prompt_tokens: 9412,
  n_ctx: 8192,
})

const listed = async () => (await app.ask('models.list', {})).find(({ model }) => model === 'story.gguf')

describe('a key of a server that lists its models to everybody', () => {
  it('is not called good before it is stored', async () => {
    const probe = await app.ask('tokens.probe', { providerId: provider.id, secret: 'sk-wrong' })
    expect(probe).toMatchObject({ answersWithoutKey: true })
  })

  it('is not called good once it is stored, and one that was refused gets another chance', async () => {
    const token = await app.ask('tokens.add', { providerId: provider.id, name: 'Wrong', secret: 'sk-wrong' })
    expect(await app.ask('tokens.check', { id: token.id })).toMatchObject({ answersWithoutKey: true })
    expect(await app.ask('tokens.list', {})).toMatchObject([{ state: 'unknown' }])
    const story = await storyWith(app, { providerId: provider.id, model: 'story.gguf', tokenIds: [token.id] })
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go on.' })
    expect(await app.ask('tokens.list', {})).toMatchObject([{ state: 'invalid' }])
    await app.ask('tokens.check', { id: token.id })
    expect(await app.ask('tokens.list', {})).toMatchObject([{ state: 'unknown' }])
  })
})

describe('the window of a model', () => {
  it('is what the model was made for, where the server tells no more', async () => {
    await app.ask('models.refresh', { providerId: provider.id })
    expect(await listed()).toMatchObject({ contextLength: 131_072 })
  })

  it('is what the server has room for, where it tells', async () => {
    await app.ask('tokens.add', { providerId: provider.id, name: 'Right', secret: KEY })
    await app.ask('models.refresh', { providerId: provider.id })
    expect(await listed()).toMatchObject({ contextLength: 16_384 })
  })

  it.each([
    ['no JSON', { status: 200, headers: { 'content-type': 'text/plain' }, steps: ['hello'] }],
    ['another shape', jsonReply({ default_generation_settings: { n_ctx: 'many' } })],
    ['an error', chatReply.error(500, 'no')],
  ])('is what the list says, where the server answers with %s', async (_what, props) => {
    open.props = props
    await app.ask('tokens.add', { providerId: provider.id, name: 'Right', secret: KEY })
    await app.ask('models.refresh', { providerId: provider.id })
    expect(await listed()).toMatchObject({ contextLength: 131_072 })
  })

  it('is learnt from the error about a text that was too long, until the user gives it back', async () => {
    open.props = chatReply.error(500, 'no')
    await app.ask('models.refresh', { providerId: provider.id })
    const { id } = await app.ask('tokens.add', { providerId: provider.id, name: 'Right', secret: KEY })
    const story = await storyWith(app, { providerId: provider.id, model: 'story.gguf', tokenIds: [id] })
    const ended = await app.turn({ storyId: story.id, kind: 'send', text: 'Go on.' })
    expect(ended).toMatchObject({ error: { code: ProviderError.ContextExceeded } })
    const model = await listed()
    expect(model).toMatchObject({ contextLength: 8192, edited: [] })
    await app.ask('models.update', { id: model?.id ?? '', patch: { contextLength: null } })
    expect(await listed()).toMatchObject({ contextLength: 131_072 })
  })
})

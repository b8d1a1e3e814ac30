import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import type { StoryId } from '@contract/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { jsonReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, fakeProvider, lastPassage, providerOf, storyWith } from '@test/helpers/test-story'

const EVER = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }
const ROW = { id: 'fake-model', pricing: { prompt: '0.000002', completion: '0.000010' } }

let app: TestCore
let fake: FakeOpenAi
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  fake = await startFakeOpenAi({ models: [ROW] })
  onTestFinished(() => fake.stop())
})

async function pricedProvider(name = 'Fake', keys: readonly string[] = []) {
  const settings = await fakeProvider(app, fake.url, { name, keys })
  await app.ask('models.refresh', { providerId: settings.providerId })
  return settings
}
const write = (storyId: StoryId) => app.turn({ storyId, kind: 'send', text: 'Go.' })
const allCalls = async () => (await app.ask('usage.calls', EVER)).calls
const answering = (usage: { prompt_tokens: number; completion_tokens: number; cost?: number } | null) =>
  fake.answerWith(chatReply.stream(['The door opens.'], { usage }))

describe('what a call cost', () => {
  it('is what the provider says, before any price', async () => {
    const story = await storyWith(app, await pricedProvider())
    answering({ prompt_tokens: 1000, completion_tokens: 500, cost: 0.25 })
    await write(story.id)
    expect(await allCalls()).toMatchObject([
      { cost: 0.25, costSource: 'provider', inputTokens: 1000, outputTokens: 500, outcome: 'complete' },
    ])
    expect((await lastPassage(app, story)).writtenBy?.cost).toBe(0.25)
  })

  it('else is by the price of its time: a new price changes nothing that was written', async () => {
    const settings = await pricedProvider()
    const story = await storyWith(app, settings)
    answering({ prompt_tokens: 1000, completion_tokens: 500 })
    await write(story.id)
    fake.answerAt('/models', jsonReply({ data: [{ ...ROW, pricing: { prompt: '1', completion: '1' } }] }))
    await app.ask('models.refresh', { providerId: settings.providerId })
    answering({ prompt_tokens: 1, completion_tokens: 2 })
    await write(story.id)
    expect((await allCalls()).map(({ cost, costSource }) => [cost, costSource])).toEqual([
      [3, 'price'],
      [0.007, 'price'],
    ])
  })

  it('is not known, and counted as such, without a price', async () => {
    const unpriced = await storyWith(app, await fakeProvider(app, fake.url, { name: 'Unlisted' }))
    answering({ prompt_tokens: 1000, completion_tokens: 500 })
    await write(unpriced.id)
    const [total] = await app.ask('usage.summary', { ...EVER, by: 'purpose' })
    expect(total).toMatchObject({ key: 'turn/main', calls: 1, failed: 0, cost: 0, unpriced: 1, inputTokens: 1000 })
  })

  it('is by an estimate, and marked as such, where the provider does not count', async () => {
    const story = await storyWith(app, await pricedProvider())
    answering(null)
    await write(story.id)
    const [call] = await allCalls()
    expect(call).toMatchObject({ outcome: 'complete', costSource: 'price', estimated: true, outputTokens: 5 })
    expect(call?.cost).toBeCloseTo(((call?.inputTokens ?? 0) * 2 + 5 * 10) / 1_000_000, 9)
    expect(call?.inputTokens).toBeGreaterThan(0)
  })

  it('is by the price that the user says of a model, also of one that runs at an address of this computer', async () => {
    const { providerId } = await fakeProvider(app, fake.url, { name: 'Unlisted' })
    const price = { input: 2, output: 10 }
    const model = await app.ask('models.create', { providerId, model: 'my/tune', kind: 'chat', price })
    expect(model).toMatchObject({ price, edited: ['price'], local: false })
    const story = await storyWith(app, { providerId, model: 'my/tune' })
    answering({ prompt_tokens: 1000, completion_tokens: 500 })
    await write(story.id)
    await app.ask('models.update', { id: model.id, patch: { price: { input: 0, output: 0 } } })
    answering({ prompt_tokens: 1000, completion_tokens: 500 })
    await write(story.id)
    expect((await allCalls()).map(({ cost, costSource }) => [cost, costSource])).toEqual([
      [0, 'price'],
      [0.007, 'price'],
    ])
  })

  it('is nothing on the user’s own machine', async () => {
    const ollama = await startFakeOllama()
    onTestFinished(() => ollama.stop())
    const { id: providerId } = await providerOf(app, 'ollama')
    const server = await app.ask('servers.add', { name: 'Mine', url: ollama.url })
    await app.ask('servers.check', { id: server.id })
    const story = await storyWith(app, { providerId, model: 'llama-test:8b' })
    await write(story.id)
    expect(await allCalls()).toMatchObject([{ cost: 0, server: 'Mine', provider: 'Ollama' }])
    expect(await app.ask('usage.summary', { ...EVER, by: 'model' })).toMatchObject([{ unpriced: 0 }])
  })

  it('is nothing at a program of the user’s own, and what the server says where it passes requests on', async () => {
    const provider = await app.ask('providers.create', {
      name: 'llama.cpp',
      baseUrl: fake.url,
      keyRequired: false,
      flavour: 'llama-cpp',
    })
    const story = await storyWith(app, { providerId: provider.id, model: 'fake-model' })
    answering({ prompt_tokens: 1000, completion_tokens: 500 })
    await write(story.id)
    answering({ prompt_tokens: 1000, completion_tokens: 500, cost: 0.25 })
    await write(story.id)
    expect(await allCalls()).toMatchObject([
      { cost: 0.25, costSource: 'provider' },
      { cost: 0, costSource: 'price' },
    ])
  })

  it.each([
    { prompt_tokens: -5, completion_tokens: 1.5, cost: -1 },
    { prompt_tokens: 1e300, completion_tokens: 2, cost: 0 },
  ])('stays readable whatever the provider counts: %j', async (usage) => {
    const story = await storyWith(app, await fakeProvider(app, fake.url, { name: 'Odd' }))
    answering(usage)
    await write(story.id)
    expect(await allCalls()).toHaveLength(1)
  })
})

describe('a row of the ledger', () => {
  it('is there for every attempt, in order, under one turn', async () => {
    const keys = ['sk-first-0123456789', 'sk-second-0123456789']
    const story = await storyWith(app, await pricedProvider('Fake', keys))
    fake.answerWith(chatReply.error(402, 'No credit'))
    const { turnId } = await write(story.id)
    expect(await app.ask('usage.ofTurn', { turnId })).toMatchObject([
      {
        attempt: 1,
        tokenName: 'Key 1',
        outcome: 'failed',
        errorCode: 'provider_payment_required',
        status: 402,
        cost: null,
      },
      {
        attempt: 2,
        tokenName: 'Key 2',
        outcome: 'complete',
        errorCode: null,
        status: null,
        purpose: { kind: 'turn', role: 'main', turnId },
      },
    ])
    expect((await lastPassage(app, story)).writtenBy?.turnId).toBe(turnId)
    const text = JSON.stringify(await allCalls())
    for (const key of keys) expect(text).not.toContain(key)
  })

  it('has the time to the first word when there was one, and says that a call was stopped', async () => {
    const story = await storyWith(app, await pricedProvider())
    const gate = createGate()
    fake.answerWith(chatReply.stream(['The door ', gate]))
    const { turnId } = await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await app.event('turn.delta', (payload) => payload.turnId === turnId)
    await app.ask('turns.stop', { storyId: story.id })
    await app.event('turn.ended', (payload) => payload.turnId === turnId)
    const [call] = await app.ask('usage.ofTurn', { turnId })
    expect(call).toMatchObject({ outcome: 'stopped', errorCode: null, status: null, estimated: true })
    expect(call?.firstTokenMs).toBeLessThanOrEqual(call?.totalMs ?? -1)
    // Providers charge for what was read and for what was written until then.
    expect(call?.outputTokens).toBe(3)
    expect(call?.cost).toBeCloseTo(((call?.inputTokens ?? 0) * 2 + 3 * 10) / 1_000_000, 9)
  })

  it.each([
    ['broke off', chatReply.resetAfter(['The door '])],
    ['ended with an error', chatReply.errorInStream(['The door '], { message: 'Boom', code: 502 })],
  ])('counts an answer that %s', async (_name, reply) => {
    const story = await storyWith(app, await pricedProvider())
    fake.answerWith(reply)
    await write(story.id)
    const [call] = await allCalls()
    expect(call).toMatchObject({ outcome: 'failed', outputTokens: 3, costSource: 'price', estimated: true })
    expect(call?.inputTokens).toBeGreaterThan(0)
    const [total] = await app.ask('usage.summary', { ...EVER, by: 'model' })
    expect(total).toMatchObject({ failed: 1, unpriced: 0, outputTokens: 3, cost: call?.cost })
    const [head = '', line = ''] = (await app.ask('usage.export', EVER)).text.split('\r\n')
    expect(line.split(',')[head.split(',').indexOf('estimated')]).toBe('estimated')
  })

  it('has what the provider counted of an answer without a word', async () => {
    const story = await storyWith(app, await pricedProvider())
    fake.answerWith(chatReply.stream([], { usage: { prompt_tokens: 1000, completion_tokens: 400 } }))
    await write(story.id)
    expect(await allCalls()).toMatchObject([
      { errorCode: 'provider_empty_answer', inputTokens: 1000, outputTokens: 400, cost: 0.006, estimated: false },
    ])
  })

  it('has nothing for a request that the provider did not take', async () => {
    const story = await storyWith(app, await pricedProvider())
    fake.answerWith(chatReply.error(401, 'no'))
    await write(story.id)
    expect(await allCalls()).toMatchObject([{ inputTokens: null, outputTokens: null, cost: null, estimated: false }])
    expect(await app.ask('usage.summary', { ...EVER, by: 'model' })).toMatchObject([{ cost: 0, unpriced: 0 }])
  })

  it('is there for a test of an embedding too, as a test', async () => {
    const { providerId } = await pricedProvider()
    const settings: ModelSettings = { providerId, model: 'fake-embedding' }
    await app.ask('embeddings.test', { settings, texts: ['one', 'two'] })
    fake.answerAt('/embeddings', chatReply.error(500, 'Boom'))
    await app.refusal('embeddings.test', { settings, texts: ['one', 'two'] })
    const purpose = { kind: 'test', role: 'embedding' }
    expect(await allCalls()).toMatchObject([
      { purpose, outcome: 'failed', errorCode: 'provider_server_failed', status: 500 },
      {
        purpose,
        outcome: 'complete',
        model: 'fake-embedding',
        inputTokens: 2,
        outputTokens: 0,
      },
    ])
  })

  it('outlives its story, whose title it loses', async () => {
    const story = await storyWith(app, await demoSettings(app))
    await write(story.id)
    const title = (await app.ask('stories.list', {})).find(({ id }) => id === story.id)?.title
    expect(await allCalls()).toMatchObject([{ purpose: { storyId: story.id }, storyTitle: title }])
    await app.ask('stories.delete', { id: story.id })
    const [call] = await allCalls()
    expect(call).toMatchObject({ purpose: { storyId: story.id }, outcome: 'complete' })
    const [row] = await app.ask('usage.summary', { ...EVER, by: 'story' })
    expect(row).toMatchObject({ key: story.id, calls: 1 })
  })
})

describe('a simulated failure', () => {
  it('takes the way of a real one, and leaves the key as it was', async () => {
    const keys = ['sk-first-0123456789', 'sk-second-0123456789']
    const settings = await pricedProvider('Fake', keys)
    const [first] = settings.tokenIds
    if (!first) throw new Error('There is no key')
    const story = await storyWith(app, settings)
    const target = { kind: 'token' as const, tokenId: first }
    await app.ask('simulations.set', { target, failure: 'provider_unauthorized' })
    const { turnId, outcome } = await write(story.id)
    expect(outcome).toBe('complete')
    expect(await app.ask('usage.ofTurn', { turnId })).toMatchObject([
      { tokenName: 'Key 1', outcome: 'failed', errorCode: 'provider_unauthorized', simulated: true },
      { tokenName: 'Key 2', outcome: 'complete', simulated: false },
    ])
    // The file says so too: whoever adds it up must not take it for a trouble of the provider's.
    const [head = '', ...lines] = (await app.ask('usage.export', EVER)).text.trim().split('\r\n')
    const column = head.split(',').indexOf('simulated')
    expect(lines.map((line) => line.split(',')[column])).toEqual(['simulated', ''])
    expect((await app.ask('tokens.list', {})).map(({ state }) => state)).toEqual(['unknown', 'active'])
    await app.ask('simulations.set', { target, failure: null })
    await write(story.id)
    expect((await allCalls())[0]).toMatchObject({ tokenName: 'Key 1', outcome: 'complete' })
  })

  it('does not make a server that is there count as gone', async () => {
    const ollama = await startFakeOllama()
    onTestFinished(() => ollama.stop())
    const { id: providerId } = await providerOf(app, 'ollama')
    const server = await app.ask('servers.add', { name: 'Mine', url: ollama.url })
    await app.ask('servers.check', { id: server.id })
    const model = 'llama-test:8b'
    const target = { kind: 'model' as const, providerId, model }
    await app.ask('simulations.set', { target, failure: 'provider_unreachable' })
    const story = await storyWith(app, { providerId, model })
    expect(await write(story.id)).toMatchObject({ outcome: 'failed', error: { code: 'provider_unreachable' } })
    const mine = (await app.ask('servers.list', {})).find(({ id }) => id === server.id)
    expect(mine?.available).toBe(true)
  })
})

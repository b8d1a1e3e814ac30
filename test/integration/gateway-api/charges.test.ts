import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GatewayKey, NewGatewayKey } from '@contract/entities/gateway'
import { parsedField } from '@test/helpers/api-fields'
import { openApiStage, type ApiAnswer, type ApiStage } from '@test/helpers/api-stage'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { anyKey } from '@test/helpers/gateway-keys-stage'

let stage: ApiStage
let presetName = ''
beforeAll(async () => {
  stage = await openApiStage()
  presetName = (await stage.app.ask('presets.list', {})).find(({ isDefault }) => isDefault)?.name ?? ''
})
afterAll(() => stage.close())

/** 60 tokens for each answer. */
const reply = chatReply.stream(['{"name": "Lidia"}'], { usage: { prompt_tokens: 50, completion_tokens: 10 } })
beforeEach(() => stage.fake.alwaysAnswerWith(reply))

let made = 0
const keyWith = (limits: Partial<NewGatewayKey> = {}): Promise<{ key: string; row: GatewayKey }> =>
  stage.app.ask('gateway.createKey', anyKey(`Program ${(made += 1)}`, { manages: true, ...limits }))
const today = async ({ row }: { row: GatewayKey }) => (await stage.app.ask('gateway.keys', { ids: [row.id] }))[0]?.today
const generate = ({ key }: { key: string }, more: object = {}): Promise<ApiAnswer> =>
  stage.call(
    'POST',
    '/api/generations',
    { template_id: stage.templateId, inputs: { town: 'Ys' }, wait: true, ...more },
    { key }
  )
const startBatch = ({ key }: { key: string }, count: number, more: object = {}): Promise<ApiAnswer> =>
  stage.call(
    'POST',
    '/api/batches',
    {
      template_id: stage.templateId,
      source: { kind: 'repeat', inputs: { town: 'Ys' }, count },
      concurrency: 1,
      ...more,
    },
    { key }
  )
const settled = async (begun: ApiAnswer): Promise<ApiAnswer> => {
  const read = () => stage.call('GET', begun.headers.get('location') ?? '')
  await expect.poll(async () => parsedField(await read(), 'state'), { timeout: 30_000 }).not.toBe('running')
  return read()
}

describe('what a program does with templates', () => {
  it('counts for its key, by name in the ledger and in its day', async () => {
    const asking = await keyWith({ dollarsPerDay: 1 })
    expect(await generate(asking)).toMatchObject({
      status: 200,
      body: { state: 'complete', key_name: asking.row.name },
    })
    expect(await today(asking)).toMatchObject({ calls: 1, tokens: 60 })
    const begun = await startBatch(asking, 2)
    expect(await settled(begun)).toMatchObject({ body: { state: 'done', key_name: asking.row.name } })
    expect(await today(asking)).toMatchObject({ calls: 3, tokens: 180 })
    const { body } = await stage.call('GET', '/api/usage/calls?limit=3')
    expect(body).toMatchObject({
      data: Array.from({ length: 3 }, () => ({ purpose: 'template', key_name: asking.row.name })),
    })
    // What the writer does in the app is no program's.
    const own = await stage.app.ask('generations.start', { templateId: stage.templateId, inputs: { town: 'Ys' } })
    expect(own.gatewayKey).toBeNull()
    await stage.app.event('generation.ended', ({ id }) => id === own.id)
    expect(await today(asking)).toMatchObject({ calls: 3 })
  })

  it('is asked only of models that the key may use, by their canonical names', async () => {
    const other = await keyWith({ models: ['fake/another', 'preset/Elsewhere/*'] })
    const refusal = { status: 403, body: { error: { code: 'model_not_found', param: 'model' } } }
    expect(await generate(other)).toMatchObject(refusal)
    expect(await generate(other, { model: 'fake/fake-model' })).toMatchObject(refusal)
    expect(await startBatch(other, 1)).toMatchObject(refusal)
    expect(await stage.call('GET', `/api/batches`)).not.toMatchObject({
      body: { data: [{ key_name: other.row.name }] },
    })
    const writers = await keyWith({ models: [`preset/${presetName}/main`] })
    expect(await generate(writers)).toMatchObject({ status: 200, body: { state: 'complete' } })
    expect(await generate(writers, { model: 'fake/fake-model' })).toMatchObject(refusal)
    const direct = await keyWith({ models: ['fake/*'] })
    expect(await generate(direct, { model: 'fake/fake-model' })).toMatchObject({ status: 200 })
  })

  it('is refused once the key has used up its day, and what costs nothing is not', async () => {
    const asking = await keyWith({ tokensPerDay: 100 })
    expect(await generate(asking)).toMatchObject({ status: 200, body: { state: 'complete' } })
    // Ten of the prompt's own words do not fit any more, and it is known before anything is asked.
    await stage.app.ask('gateway.changeKey', { id: asking.row.id, change: { tokensPerDay: 60 } })
    const refused = await generate(asking)
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limit_exceeded', type: 'tokens' } } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await startBatch(asking, 1)).toMatchObject({ status: 429, body: { error: { code: 'rate_limit_exceeded' } } })
    expect(await stage.call('GET', '/api/batches', undefined, { key: asking.key })).toMatchObject({ status: 200 })
  })

  it('pauses a batch at the limit, with the reason, and it goes on once there is more', async () => {
    const asking = await keyWith({ tokensPerDay: 200 })
    const paused = await settled(await startBatch(asking, 4))
    expect(paused).toMatchObject({
      body: {
        state: 'paused',
        error: { code: 'rate_limit_exceeded', message: expect.stringContaining('200 tokens a day') },
        progress: { complete: 3, failed: 0, waiting: 1 },
      },
    })
    const resume = () =>
      stage.call('POST', `/api/batches/${parsedField(paused, 'id')}/resume`, undefined, { key: asking.key })
    await stage.app.ask('gateway.changeKey', { id: asking.row.id, change: { tokensPerDay: 180 } })
    expect(await resume()).toMatchObject({ status: 429 })
    await stage.app.ask('gateway.changeKey', { id: asking.row.id, change: { tokensPerDay: 10_000 } })
    const resumed = await resume()
    expect(resumed).toMatchObject({ status: 200 })
    const { body } = await settled({
      ...resumed,
      headers: new Headers({ location: `/api/batches/${parsedField(paused, 'id')}` }),
    })
    expect(body).toMatchObject({ state: 'done', progress: { complete: 4 } })
  })

  it('is the writer’s own from when the writer goes on with it', async () => {
    const asking = await keyWith({ tokensPerDay: 100 })
    const paused = await settled(await startBatch(asking, 3))
    expect(paused).toMatchObject({ body: { state: 'paused', progress: { complete: 1 } } })
    const spent = await today(asking)
    const [batch] = await stage.app.ask('batches.list', {})
    if (!batch) throw new Error('There is no batch')
    expect(batch.gatewayKey?.name).toBe(asking.row.name)
    expect(await stage.app.ask('batches.resume', { id: batch.id })).toMatchObject({ gatewayKey: null })
    await expect
      .poll(() => stage.app.ask('batches.get', { id: batch.id }), { timeout: 30_000 })
      .toMatchObject({ state: 'done', progress: { complete: 3 } })
    expect(await today(asking)).toEqual(spent)
  })

  it('ends when the key is revoked', async () => {
    const asking = await keyWith()
    const gate = createGate()
    stage.fake.alwaysAnswerWith(chatReply.stream(['{"name": ', gate, '"Lidia"}']))
    const before = stage.fake.chats().length
    const begun = await startBatch(asking, 2)
    const lone = await generate(asking, { wait: false })
    await expect.poll(() => stage.fake.chats().length - before, { timeout: 30_000 }).toBe(2)
    await stage.app.ask('gateway.revokeKey', { id: asking.row.id })
    expect(await settled(begun)).toMatchObject({
      body: { state: 'paused', error: { code: 'invalid_api_key' }, progress: { complete: 0, waiting: 2 } },
    })
    expect(await settled(lone)).toMatchObject({ body: { state: 'failed', error: { code: 'invalid_api_key' } } })
    gate.open()
  })
})

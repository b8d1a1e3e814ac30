import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApiStage, planted, type ApiStage } from '@test/helpers/api-stage'
import { parsedField } from '@test/helpers/api-fields'

let stage: ApiStage
beforeAll(async () => {
  stage = await openApiStage()
})
afterAll(() => stage.close())

const call: ApiStage['call'] = (...asked) => stage.call(...asked)
const refused = (status: number, code: string, param: string | null = null) => ({
  status,
  body: { error: { code, param } },
})

describe('servers', () => {
  it('are added, asked, changed and forgotten, and keep their secrets to themselves', async () => {
    const basic = { type: 'basic', username: 'ada', secret: planted.server }
    const made = await call('POST', '/api/servers', { name: 'Attic room', url: stage.ollama.url, auth: basic })
    const id = parsedField(made, 'id')
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Attic room',
        auth: { type: 'basic', username: 'ada' },
        needs_secret: false,
        is_default: true,
        priority: 0,
        available: null,
        api_version: null,
        last_checked_at: null,
      },
    })
    expect(made.headers.get('location')).toBe(`/api/servers/${id}`)
    const asked = await call('POST', `/api/servers/${id}/discover`)
    expect(asked).toMatchObject({
      status: 200,
      body: { available: true, problem: null, api_version: expect.any(String) },
    })
    expect(await call('GET', `/api/servers/${id}/models`)).toMatchObject({
      status: 200,
      body: { data: expect.arrayContaining([expect.objectContaining({ provider: 'ollama', server_id: id })]) },
    })

    const attic = await call('POST', '/api/servers', { name: 'Cellar', url: 'http://127.0.0.1:9', priority: 0 })
    expect(attic.body).toMatchObject({ priority: 0, is_default: false })
    const changed = { name: 'Loft', url: stage.ollama.url, auth: { type: 'basic', username: 'ada' } }
    expect(
      await call('PUT', `/api/servers/${id}`, { ...changed, active: false, max_concurrent: 2, priority: 0 })
    ).toMatchObject({
      status: 200,
      body: { name: 'Loft', active: false, max_concurrent: 2, needs_secret: false, priority: 0 },
    })
    const list = await call('GET', '/api/servers')
    expect(list.body).toMatchObject({ data: [{ name: 'Loft' }, { name: 'Cellar', priority: 1 }] })
    expect(
      await call('PUT', `/api/servers/${parsedField(attic, 'id')}`, fullServer({ is_default: true }))
    ).toMatchObject({
      body: { is_default: true },
    })
    expect(JSON.stringify([made.body, asked.body, list.body])).not.toContain(planted.server)

    expect(await call('DELETE', `/api/servers/${id}`)).toMatchObject({ status: 204, body: null })
    expect(await call('GET', `/api/servers/${id}`)).toMatchObject(refused(404, 'not_found', 'id'))
  })

  it('are refused with the field that is wrong', async () => {
    const server = { name: 'Twin', url: 'http://127.0.0.1:91' }
    await call('POST', '/api/servers', server)
    expect(await call('POST', '/api/servers', { ...server, url: 'http://127.0.0.1:92' })).toMatchObject(
      refused(409, 'name_taken', 'name')
    )
    expect(await call('POST', '/api/servers', { ...server, name: 'Other' })).toMatchObject(
      refused(409, 'name_taken', 'url')
    )
    expect(await call('POST', '/api/servers', { ...server, url: 'ftp://x' })).toMatchObject(
      refused(400, 'invalid_value', 'url')
    )
    expect(await call('POST', '/api/servers', { ...server, colour: 'red' })).toMatchObject(
      refused(400, 'invalid_value', 'colour')
    )
    expect(
      await call('POST', '/api/servers', { ...server, auth: { type: 'bearer', secret: 'has space' } })
    ).toMatchObject(refused(400, 'invalid_value', 'auth.secret'))
    expect(await call('GET', '/api/servers/nonsense')).toMatchObject(refused(404, 'not_found'))
    expect(await call('GET', '/api/servers?colour=red')).toMatchObject(refused(400, 'invalid_value', 'colour'))
    const deaf = await call('POST', '/api/servers', { name: 'Deaf', url: 'http://127.0.0.1:9/deaf' })
    expect(await call('POST', `/api/servers/${parsedField(deaf, 'id')}/discover`)).toMatchObject(
      refused(502, 'provider_unreachable')
    )
    expect(await call('GET', `/api/servers/${parsedField(deaf, 'id')}`)).toMatchObject({
      body: { available: false, problem: { code: 'provider_unreachable' } },
    })
  })
})

describe('models', () => {
  it('are listed by their state and by pages', async () => {
    const listed = await call('GET', '/api/models?provider=fake&enabled=true&kind=chat')
    expect(listed).toMatchObject({
      status: 200,
      body: {
        data: [
          { id: 'fake/fake-model', provider: 'fake', kind: 'chat', enabled: true, available: true, source: 'synced' },
        ],
        has_more: false,
      },
    })
    const first = await call('GET', '/api/models?limit=1')
    expect(first.body).toMatchObject({ has_more: true })
    const [{ id }] = (first.body as { data: [{ id: string }] }).data
    const next = await call('GET', `/api/models?limit=1&after=${encodeURIComponent(id)}`)
    expect((next.body as { data: [{ id: string }] }).data[0].id).not.toBe(id)
    expect(await call('GET', '/api/models?provider=nobody')).toMatchObject(refused(404, 'not_found', 'provider'))
    expect(await call('GET', '/api/models?limit=many')).toMatchObject(refused(400, 'invalid_value', 'limit'))
    expect(await call('GET', '/api/models?limit=1&limit=2')).toMatchObject(refused(400, 'invalid_value', 'limit'))
  })

  it('are added by hand, switched, renamed and deleted, whether or not the slashes of their names are encoded', async () => {
    const price = { input: 0.5, output: 2 }
    const wanted = { provider: 'fake', model: 'org/by hand', context_length: 8192, price }
    const made = await call('POST', '/api/models', wanted)
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: 'fake/org/by hand',
        source: 'manual',
        context_length: 8192,
        price,
        edited: ['context_length', 'price'],
      },
    })
    expect(made.headers.get('location')).toBe('/api/models/fake/org/by%20hand')
    expect(await call('GET', '/api/models/fake%2Forg%2Fby%20hand')).toMatchObject({ status: 200 })
    expect(await call('PATCH', '/api/models/fake/org/by%20hand', { enabled: false, name: 'Mine' })).toMatchObject({
      status: 200,
      body: { enabled: false, name: 'Mine' },
    })
    const dearer = { price: { input: 1, output: -2 } }
    expect(await call('PATCH', '/api/models/fake/org/by%20hand', dearer)).toMatchObject(
      refused(400, 'invalid_value', 'price.output')
    )
    const off = await call('POST', '/v1/chat/completions', {
      model: 'fake/org/by hand',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    expect(off).toMatchObject({ status: 403, body: { error: { code: 'model_disabled' } } })
    expect(await call('POST', '/api/models', { provider: 'fake', model: 'org/by hand' })).toMatchObject(
      refused(409, 'name_taken', 'model')
    )
    expect(await call('DELETE', '/api/models/fake/fake-model')).toMatchObject({ status: 409 })
    expect(await call('DELETE', '/api/models/fake/org/by%20hand')).toMatchObject({ status: 204 })
    expect(await call('GET', '/api/models/fake/org/by%20hand')).toMatchObject({ status: 404 })
  })

  it('are read again from their provider', async () => {
    expect(await call('POST', '/api/models/sync', { provider: 'fake' })).toMatchObject({
      status: 200,
      body: { added: 0, changed: 0, vanished: 0 },
    })
    expect(await call('POST', '/api/models/sync', { provider: 'ollama' })).toMatchObject(
      refused(400, 'invalid_value', 'provider')
    )
  })
})

const fullServer = (more: object) => ({
  name: 'Cellar',
  url: 'http://127.0.0.1:9',
  auth: { type: 'none' },
  active: true,
  max_concurrent: null,
  ...more,
})

describe('stages', () => {
  it('are listed, and changed one at a time, with keys that no answer has', async () => {
    const before = await call('GET', '/api/stages')
    expect(before).toMatchObject({
      status: 200,
      body: {
        data: ['poem', 'voice', 'song', 'clip'].map((id) => ({ id, provider: null, status: 'unknown', models: [] })),
      },
    })
    const others = async () => {
      const { body } = await call('GET', '/api/stages')
      return (body as { data: { id: string }[] }).data.filter(({ id }) => id !== 'poem')
    }
    const untouched = await others()
    const secret = 'sk-planted-stage-0123456789'
    const chosen = await call('PUT', '/api/stages/poem', { provider: 'fake', key: { name: 'For poems', secret } })
    expect(chosen).toMatchObject({
      status: 200,
      body: {
        id: 'poem',
        kind: 'chat',
        provider: 'fake',
        provider_key: 'For poems',
        model: 'fake-model',
        status: 'active',
        problem: null,
        models: expect.arrayContaining([expect.objectContaining({ model: 'fake-model' })]),
        listed_at: expect.any(String),
      },
    })
    expect(await call('GET', '/api/stages/poem')).toMatchObject({ body: chosen.body as object })
    expect(await others()).toEqual(untouched)
    expect(JSON.stringify([chosen, await call('GET', '/api/stages')])).not.toContain(secret)
    expect(stage.fake.requestsTo('/models').at(-1)?.headers['authorization']).toBe(`Bearer ${secret}`)

    // Without a word of the key it stays; by its name another one is taken.
    expect(await call('PUT', '/api/stages/poem', { provider: 'fake', model: 'fake-model' })).toMatchObject({
      body: { provider_key: 'For poems' },
    })
    expect(await call('PUT', '/api/stages/poem', { provider: 'fake', key: { name: 'key 1' } })).toMatchObject({
      body: { provider_key: 'Key 1' },
    })
    expect(await call('PUT', '/api/stages/poem', { provider: 'fake', key: { name: 'Nobody’s' } })).toMatchObject(
      refused(404, 'not_found', 'key.name')
    )
    expect(await call('PUT', '/api/stages/poem', { provider: 'fake', model: 'gone' })).toMatchObject(
      refused(404, 'stage_model_gone', 'model')
    )
    expect(await call('PUT', '/api/stages/clip', { provider: 'fake' })).toMatchObject({
      status: 400,
      body: { error: { code: 'stage_provider_not_allowed', param: 'provider' } },
    })
    expect(await call('GET', '/api/stages/dance')).toMatchObject(refused(404, 'not_found', 'id'))
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parsedField } from '@test/helpers/api-fields'
import { openApiStage, planted, type ApiStage } from '@test/helpers/api-stage'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { anyKey } from '@test/helpers/gateway-keys-stage'

let stage: ApiStage
beforeAll(async () => {
  stage = await openApiStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.fake.alwaysAnswerWith(chatReply.stream(['{"name": "Lidia"}'])))

const call: ApiStage['call'] = (...asked) => stage.call(...asked)
const refused = (status: number, code: string, param: string | null = null) => ({
  status,
  body: { error: { code, param } },
})

/** The events of a stream, each with its data, until it ends. */
async function eventsOf(path: string): Promise<{ event: string; data: unknown }[]> {
  const { status, body } = await call('GET', path)
  expect(status).toBe(200)
  return String(body)
    .split('\n\n')
    .filter((part) => part.startsWith('event: '))
    .map((part) => {
      const [first = '', second = ''] = part.split('\n')
      return { event: first.slice('event: '.length), data: JSON.parse(second.slice('data: '.length)) }
    })
}

describe('templates', () => {
  it('are added, and change by versions', async () => {
    const content = { user: 'Greet {{ name }}.', variables: [{ type: 'long_text', name: 'name' }] }
    const made = await call('POST', '/api/templates', { name: 'Greeting', content })
    const path = `/api/templates/${parsedField(made, 'id')}`
    expect(made).toMatchObject({
      status: 201,
      body: {
        version: 1,
        has_draft: false,
        content: {
          user: 'Greet {{ name }}.',
          variables: [{ type: 'long_text', name: 'name', label: '', required: true, least: null }],
          answer: { format: 'text' },
          model: { kind: 'role', role: 'main' },
          tries: 3,
        },
      },
    })
    const settings = { samplers: { temperature: 0.5 }, timeouts: { first_token_seconds: 30 } }
    const changed = { ...content, user: 'Salute {{ name }}.', settings }
    expect(await call('POST', `${path}/versions`, { content: changed, note: 'Braver' })).toMatchObject({
      status: 201,
      body: { version: 2, content: { user: 'Salute {{ name }}.', settings } },
    })
    expect(await call('GET', `${path}/versions`)).toMatchObject({
      body: {
        data: [
          { number: 2, note: 'Braver' },
          { number: 1, note: '' },
        ],
      },
    })
    expect(await call('GET', `${path}/versions/1`)).toMatchObject({
      body: { number: 1, content: { user: 'Greet {{ name }}.' } },
    })
    expect(await call('GET', `${path}/versions/7`)).toMatchObject(refused(404, 'not_found', 'number'))
    expect(await call('PATCH', path, { name: 'Salute' })).toMatchObject({ status: 200, body: { name: 'Salute' } })
    expect(await call('PATCH', path, { name: 'crew' })).toMatchObject(refused(409, 'name_taken', 'name'))
    const taken = {
      user: '',
      variables: [
        { type: 'text', name: 'one' },
        { type: 'text', name: 'one' },
      ],
    }
    expect(await call('POST', `${path}/versions`, { content: taken })).toMatchObject(
      refused(409, 'name_taken', 'content.variables[1].name')
    )
    const wrong = { variables: [{ type: 'text', name: '1st' }] }
    expect(await call('POST', `${path}/versions`, { content: wrong })).toMatchObject(
      refused(400, 'invalid_value', 'content.variables[0].name')
    )
    expect(await call('DELETE', path)).toMatchObject({ status: 204 })
    expect(await call('GET', path)).toMatchObject(refused(404, 'not_found', 'id'))
  })
})

describe('a generation', () => {
  const start = (more: object = {}) =>
    call('POST', '/api/generations', { template_id: stage.templateId, inputs: { town: 'Ys' }, ...more })

  it('is waited for, and tells what was made', async () => {
    const made = await start({ wait: true, seed: 7, model: 'fake/fake-model' })
    expect(made).toMatchObject({
      status: 200,
      body: {
        state: 'complete',
        inputs: { town: 'Ys' },
        value: { name: 'Lidia' },
        provider: 'Fake',
        model: 'fake-model',
        tries: [{ answer: '{"name": "Lidia"}', problems: [], error: null }],
      },
    })
    const path = `/api/generations/${parsedField(made, 'id')}`
    expect(await call('GET', path)).toMatchObject({ status: 200, body: made.body as object })
    expect(await call('GET', `/api/generations?template_id=${stage.templateId}&state=complete&limit=1`)).toMatchObject({
      body: { data: [{ id: parsedField(made, 'id'), title: 'Lidia' }] },
    })
    expect(await call('DELETE', path)).toMatchObject({ status: 204 })
    expect(await call('GET', path)).toMatchObject(refused(404, 'not_found', 'id'))
  })

  it('is followed from its beginning to its end', async () => {
    const gate = createGate()
    stage.fake.answerWith(chatReply.stream(['{"name": ', gate, '"Lidia"}']))
    const begun = await start()
    expect(begun).toMatchObject({ status: 202, body: { state: 'running' } })
    const path = begun.headers.get('location') ?? ''
    const following = eventsOf(`${path}/events`)
    await stage.app.event('generation.delta', ({ id }) => id === parsedField(begun, 'id'))
    gate.open()
    const events = await following
    expect(events[0]).toMatchObject({ event: 'generation', data: { state: 'running' } })
    expect(events.at(-1)).toMatchObject({ event: 'end', data: { state: 'complete', value: { name: 'Lidia' } } })
    let text = ''
    for (const { event, data } of events) {
      const { offset, text: piece } =
        event === 'delta' ? (data as { offset: number; text: string }) : { offset: 0, text: '' }
      if (event === 'delta') text = text.slice(0, offset) + piece
    }
    expect(text).toBe('{"name": "Lidia"}')
    const again = await eventsOf(`${path}/events`)
    expect(again.map(({ event }) => event)).toEqual(['generation', 'end'])
  })

  it('is stopped when it is asked to, and when whoever waits for it leaves', async () => {
    const gate = createGate()
    stage.fake.alwaysAnswerWith(chatReply.stream(['{"name": ', gate, '"Lidia"}']))
    const begun = await start()
    expect(await call('POST', `${begun.headers.get('location')}/stop`)).toMatchObject({
      status: 200,
      body: { state: 'stopped' },
    })
    const left = new AbortController()
    const before = stage.fake.chats().length
    const waiting = call(
      'POST',
      '/api/generations',
      { template_id: stage.templateId, inputs: { town: 'Is' }, wait: true },
      { signal: left.signal }
    )
    await expect.poll(() => stage.fake.chats().length, { timeout: 30_000 }).toBe(before + 1)
    left.abort()
    await expect(waiting).rejects.toThrow('aborted')
    const stopped = async () =>
      (await stage.app.ask('generations.list', { search: 'Is', limit: 1 })).generations.map(({ state }) => state)
    await expect.poll(stopped, { timeout: 30_000 }).toEqual(['stopped'])
    gate.open()
  })

  it('is followed no more with a key that is revoked', async () => {
    const gate = createGate()
    stage.fake.answerWith(chatReply.stream(['{"name": ', gate, '"Lidia"}']))
    const begun = await start()
    const { key, row } = await stage.app.ask('gateway.createKey', anyKey('For a moment', { manages: true }))
    const following = call('GET', `${begun.headers.get('location')}/events`, undefined, { key })
    await stage.app.event('generation.delta', ({ id }) => id === parsedField(begun, 'id'))
    await stage.app.ask('gateway.revokeKey', { id: row.id })
    const { body } = await following
    expect(String(body).trim().split('\n\n').at(-1)).toContain('event: error\ndata: {"error":{')
    expect(String(body)).not.toContain('event: end')
    gate.open()
  })

  it('that cannot begin is refused with what is wrong', async () => {
    expect(await start({ inputs: {} })).toMatchObject({ status: 400, body: { error: { code: 'input_invalid' } } })
    expect(await start({ model: 'fake/none' })).toMatchObject(refused(404, 'model_not_found', 'model'))
    expect(await start({ model: 'preset/Nobody/main' })).toMatchObject({ status: 404 })
    expect(await start({ template_id: '01980000-0000-7000-8000-000000000000' })).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    })
  })
})

describe('a batch', () => {
  it('takes rows, tells how far it is, and is exported', async () => {
    const body = {
      template_id: stage.templateId,
      source: { kind: 'rows', rows: [{ town: 'Ys' }, { town: 'Is' }, { town: 'Ker' }] },
    }
    const begun = await call('POST', '/api/batches', body)
    expect(begun).toMatchObject({ status: 202, body: { rows: 3, template_name: 'Crew' } })
    const path = begun.headers.get('location') ?? ''
    const events = await eventsOf(`${path}/events`)
    expect(events[0]).toMatchObject({ event: 'batch' })
    expect(events.at(-1)).toMatchObject({ event: 'end', data: { state: 'done', progress: { complete: 3 } } })
    expect(await call('GET', `${path}/rows?state=complete&limit=2`)).toMatchObject({
      body: { data: [{ row: 1, inputs: { town: 'Ys' }, state: 'complete' }, { row: 2 }] },
    })
    const csv = await call('GET', `${path}/export?format=csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.body).toContain('Lidia')
    expect(await call('GET', `/api/batches?template_id=${stage.templateId}`)).toMatchObject({
      body: { data: [{ state: 'done' }] },
    })
    expect(await call('POST', `${path}/pause`)).toMatchObject({ status: 200, body: { state: 'done' } })
    expect(await call('DELETE', path)).toMatchObject({ status: 204 })
    expect(await call('GET', path)).toMatchObject(refused(404, 'not_found', 'id'))
  })

  it('reads a file by its columns, and refuses what its template does not know', async () => {
    const file = { kind: 'file', file_name: 'crew.csv', text: 'Town\nYs\n' }
    const begun = await call('POST', '/api/batches', { template_id: stage.templateId, source: file })
    expect(begun).toMatchObject({ status: 202, body: { rows: 1, file_name: 'crew.csv' } })
    const rows = { kind: 'rows', rows: [{ town: 'Ys' }, { city: 'Is' }] }
    expect(await call('POST', '/api/batches', { template_id: stage.templateId, source: rows })).toMatchObject(
      refused(400, 'invalid_value', 'source.rows[1].city')
    )
  })
})

describe('usage', () => {
  it('is summed by day, model, purpose and key, and told request by request', async () => {
    await call('POST', '/api/generations', { template_id: stage.templateId, inputs: { town: 'Ys' }, wait: true })
    await call('POST', '/v1/chat/completions', {
      model: 'fake/fake-model',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    // Calls of programs are entered a moment after their answers.
    await expect
      .poll(() => call('GET', '/api/usage/calls?limit=1'), { timeout: 30_000 })
      .toMatchObject({
        body: {
          data: [{ purpose: 'gateway', key_name: 'Managing', provider: 'Fake', provider_key: 'Key 1' }],
          has_more: true,
        },
      })
    for (const [by, key] of [
      ['model', 'fake-model'],
      ['purpose', 'gateway/Managing'],
      ['key', 'Key 1'],
    ])
      expect(await call('GET', `/api/usage?by=${by}`)).toMatchObject({
        status: 200,
        body: { data: expect.arrayContaining([expect.objectContaining({ key: expect.stringContaining(key ?? '') })]) },
      })
    expect(await call('GET', '/api/usage?from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00Z')).toMatchObject({
      body: { data: [] },
    })
    expect(await call('GET', '/api/usage?from=yesterday')).toMatchObject(refused(400, 'invalid_value', 'from'))
  })
})

describe('who may', () => {
  it('manages with a key that has the right alone', async () => {
    expect(await call('GET', '/api/servers', undefined, { key: stage.plain })).toMatchObject(
      refused(403, 'key_may_not_manage')
    )
    expect(await call('GET', '/v1/models', undefined, { key: stage.plain })).toMatchObject({ status: 200 })
    expect(await call('GET', '/api/servers', undefined, { key: null })).toMatchObject({
      status: 401,
      body: { error: { code: 'invalid_api_key' } },
    })
    await stage.app.ask('gateway.change', { keyNeeded: false })
    // The gateway listens anew: connections that were open are closed.
    const withoutKey = () => call('GET', '/api/servers', undefined, { key: null }).catch(() => null)
    await expect.poll(withoutKey, { timeout: 30_000 }).toMatchObject(refused(403, 'key_may_not_manage'))
    await stage.app.ask('gateway.change', { keyNeeded: true })
    await expect.poll(withoutKey, { timeout: 30_000 }).toMatchObject({ status: 401 })
  })

  it('is told what is left of the limits of its key', async () => {
    const limits = { manages: true, dollarsPerDay: 1, requestsPerMinute: 100 }
    const { key } = await stage.app.ask('gateway.createKey', anyKey('Thrifty', limits))
    const asked = await call('GET', '/api/templates', undefined, { key })
    expect(asked.status).toBe(200)
    expect(asked.headers.get('x-ratelimit-limit-requests')).toBe('100')
  })

  it('is told what is not there, and how it must be asked', async () => {
    expect(await call('GET', '/api/nothing')).toMatchObject(refused(404, 'not_found'))
    const wrong = await call('DELETE', '/api/servers')
    expect(wrong).toMatchObject(refused(405, 'method_not_allowed'))
    expect(wrong.headers.get('allow')).toBe('GET, POST')
    const text = await fetch(`${stage.origin}/api/servers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.managing}`, 'content-type': 'text/plain' },
      body: '{}',
    })
    expect([text.status, await text.json()]).toMatchObject([415, { error: { code: 'unsupported_media_type' } }])
    const broken = await fetch(`${stage.origin}/api/servers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.managing}`, 'content-type': 'application/json' },
      body: `{"name": "Attic", "auth": {"type": "bearer", "secret": "${planted.server}" oops}`,
    })
    const told = await broken.text()
    expect([broken.status, told]).toEqual([400, expect.stringContaining('line 1 column')])
    expect(told).not.toContain(planted.server.slice(-5))
    const long = { name: 'x'.repeat(5_000_000), url: 'http://127.0.0.1:9' }
    expect(await call('POST', '/api/servers', long)).toMatchObject(refused(413, 'request_too_large'))
  })
})

import { freePort } from '@test/helpers/free-port'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { NewGatewayKey } from '@contract/entities/gateway'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { answered, chunksOf, linesOf } from '@test/helpers/gateway-client'
import { anyKey } from '@test/helpers/gateway-keys-stage'
import { connectRaw } from '@test/helpers/raw-client'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider } from '@test/helpers/test-story'

const ROW = { id: 'fake-model', pricing: { prompt: '0.000002', completion: '0.000010' } }
const PROMPT = 'The lamp in the attic'

let app: TestCore
let fake: FakeOpenAi
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  fake = await startFakeOpenAi({ models: [ROW] })
  onTestFinished(() => fake.stop())
  const { providerId } = await fakeProvider(app, fake.url)
  await app.ask('models.refresh', { providerId })
})

/** Switches the gateway on, on a port of its own; says where it listens. */
async function switchedOn(): Promise<string> {
  await app.ask('gateway.change', { port: await freePort() })
  const { url, problem } = await app.ask('gateway.switch', { on: true })
  if (url === null) throw new Error(`The gateway does not listen: ${problem?.message}`)
  return url
}
const newKey = async (limits: Partial<NewGatewayKey> = {}, name = 'My editor') =>
  app.ask('gateway.createKey', anyKey(name, limits))

const ask = (url: string, key: string | null, body: object = {}, headers: Record<string, string> = {}) =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: JSON.stringify({ model: 'fake/fake-model', messages: [{ role: 'user', content: PROMPT }], ...body }),
  })
const errorOf = async (response: Response) => {
  const { status, body } = await answered(response)
  return { status, body }
}
const refused = (status: number, code: string) => ({ status, body: { error: { code } } })

describe('the gateway', () => {
  it('is off until it is switched on, and stays so for the next start', async () => {
    expect(await app.ask('gateway.get', {})).toMatchObject({
      switchedOn: false,
      url: null,
      problem: null,
      settings: { port: 11_464, address: '127.0.0.1', keyNeeded: true, origins: [] },
    })
    const url = await switchedOn()
    const { key } = await newKey()
    expect((await ask(url, key)).status).toBe(200)
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const first = await startTestCore({ dataDir: folder.path })
    const port = await freePort()
    await first.ask('gateway.change', { port })
    await first.ask('gateway.switch', { on: true })
    const made = await first.ask('gateway.createKey', anyKey('Kept'))
    await first.close()
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed')
    const second = await startTestCore({ dataDir: folder.path, vaultKey: first.vaultKey })
    onTestFinished(() => second.close())
    const models = await fetch(`http://127.0.0.1:${port}/v1/models`, {
      headers: { authorization: `Bearer ${made.key}` },
    })
    expect(models.status).toBe(200)
    expect(await second.ask('gateway.switch', { on: false })).toMatchObject({ switchedOn: false, url: null })
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed')
  })

  it('says when its port is taken, which one is free, and listens there', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    await app.ask('gateway.change', { port })
    const { problem, url, switchedOn: on } = await app.ask('gateway.switch', { on: true })
    expect([on, url, problem?.code, problem?.details['port']]).toEqual([true, null, 'gateway_port_taken', String(port)])
    const free = Number(problem?.details['free'])
    expect(await app.ask('gateway.change', { port: free })).toMatchObject({
      problem: null,
      url: `http://127.0.0.1:${free}/v1`,
    })
  })

  it('listens elsewhere while what it answers goes on', async () => {
    const url = await switchedOn()
    const { key } = await newKey()
    const gate = createGate()
    fake.answerWith(chatReply.stream(['Once ', gate, 'upon']))
    const answer = await ask(url, key, { stream: true })
    await gate.reached
    const moved = await app.ask('gateway.change', { port: await freePort() })
    await expect(ask(url, key)).rejects.toThrow('fetch failed')
    expect((await ask(moved.url ?? '', key)).status).toBe(200)
    gate.open()
    expect(chunksOf(await linesOf(answer)).at(-1)).toBe('[DONE]')
  })

  it('takes no address that is none of this computer', async () => {
    expect(await app.refusal('gateway.change', { address: '203.0.113.7' })).toMatchObject({
      code: 'bad_input',
      details: { path: 'address' },
    })
    expect((await app.ask('gateway.get', {})).settings.address).toBe('127.0.0.1')
  })

  it('ends with the app, also amid an answer', async () => {
    const url = await switchedOn()
    const { key } = await newKey()
    const gate = createGate()
    onTestFinished(gate.open)
    fake.answerWith(chatReply.stream(['Once ', gate]))
    const answer = await ask(url, key, { stream: true })
    await gate.reached
    const upstream = await fake.nextRequest('/chat/completions')
    await app.core.close()
    // A program that sees no more than an end would take what came for the whole.
    expect((await linesOf(answer)).at(-1)).toContain('"code":"gateway_stopping"')
    await upstream.ended
    expect(upstream.closedEarly).toBe(true)
  })
})

describe('a program', () => {
  it('without a key that is good is told so, in the words of OpenAI', async () => {
    const url = await switchedOn()
    const { key } = await newKey()
    for (const given of [null, 'sk-other', key.slice(0, -1), ''])
      expect(await errorOf(await ask(url, given))).toMatchObject(refused(401, 'invalid_api_key'))
    const basic = await fetch(`${url}/models`, { headers: { authorization: `Basic ${key}` } })
    expect(await errorOf(basic)).toMatchObject(refused(401, 'invalid_api_key'))
    expect(fake.chats()).toHaveLength(0)
  })

  it('needs no key on this computer where the user says so, but a good one where it has one', async () => {
    const url = await switchedOn()
    const { key, row } = await newKey()
    await app.ask('gateway.change', { keyNeeded: false })
    for (const given of [null, 'not-needed', key]) expect((await ask(url, given)).status).toBe(200)
    const [newest, , oldest] = await app.ask('gateway.requests', {})
    expect([newest?.keyName, oldest?.keyName]).toEqual(['My editor', null])
    await app.ask('gateway.revokeKey', { id: row.id })
    expect(await errorOf(await ask(url, key))).toMatchObject(refused(401, 'invalid_api_key'))
  })

  it('is told by a page that is not allowed, or a name that leads here, that it may not ask', async () => {
    const url = await switchedOn()
    const { key } = await newKey()
    const from = { origin: 'https://evil.example' }
    expect(await errorOf(await ask(url, key, {}, from))).toMatchObject(refused(403, 'origin_not_allowed'))
    expect(await app.ask('gateway.requests', {})).toMatchObject([
      { method: 'POST', path: '/v1/chat/completions', status: 403, error: { code: 'origin_not_allowed' } },
    ])
    await app.ask('gateway.change', { origins: ['https://friend.example'] })
    const allowed = await ask(url, key, {}, { origin: 'https://friend.example' })
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'https://friend.example',
    ])
    const client = await connectRaw(Number(new URL(url).port))
    client.send('GET /v1/models HTTP/1.1\r\nHost: evil.example:80\r\n\r\n')
    expect(await client.closed).toMatch(/^HTTP\/1\.1 403 [^]*"code":"host_not_allowed"/)
  })

  it('in a container may call this computer by the name that Docker has for it, where it brings a key', async () => {
    const { port } = new URL(await switchedOn())
    const statusFor = async () => {
      const client = await connectRaw(Number(port))
      client.send(`GET /v1/models HTTP/1.1\r\nHost: host.docker.internal:${port}\r\nConnection: close\r\n\r\n`)
      return (await client.closed).slice(9, 12)
    }
    expect(await statusFor()).toBe('401')
    await app.ask('gateway.change', { keyNeeded: false })
    expect(await statusFor()).toBe('403')
  })

  it('may use the models of its key alone', async () => {
    const url = await switchedOn()
    const { key } = await newKey({ models: ['preset/*'] })
    expect(await errorOf(await ask(url, key))).toMatchObject(refused(403, 'model_not_found'))
    expect(fake.chats()).toHaveLength(0)
  })

  it('is cut off when its key is revoked, and so is the model that it asked', async () => {
    const url = await switchedOn()
    const { key, row } = await newKey()
    const other = await newKey({}, 'Another')
    const [gate, others] = [createGate(), createGate()]
    onTestFinished(gate.open)
    fake.answerWith(chatReply.stream(['Once ', gate]), chatReply.stream(['Twice ', others]))
    const [answer, spared] = [await ask(url, key, { stream: true }), await ask(url, other.key, { stream: true })]
    await Promise.all([gate.reached, others.reached])
    const upstream = await fake.nextRequest('/chat/completions')
    await app.ask('gateway.revokeKey', { id: row.id })
    expect(chunksOf(await linesOf(answer)).at(-1)).toMatchObject({ error: { code: 'invalid_api_key' } })
    await upstream.ended
    expect(await errorOf(await ask(url, key))).toMatchObject(refused(401, 'invalid_api_key'))
    others.open()
    expect(chunksOf(await linesOf(spared)).at(-1)).toBe('[DONE]')
  })
})

describe('the limits of a key', () => {
  it('are told with each answer, and refuse in the words of OpenAI', async () => {
    const url = await switchedOn()
    const { key } = await newKey({ requestsPerMinute: 2, tokensPerDay: 100_000 })
    const first = await ask(url, key)
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1')
    expect(first.headers.get('x-ratelimit-limit-tokens')).toBe('100000')
    await first.text()
    await (await ask(url, key)).text()
    const third = await ask(url, key)
    expect(third.headers.get('retry-after')).toMatch(/^(29|30)$/)
    expect(third.headers.get('x-ratelimit-remaining-requests')).toBe('0')
    expect(await answered(third)).toMatchObject({
      status: 429,
      body: { error: { code: 'rate_limit_exceeded', type: 'requests' } },
    })
    expect(fake.chats()).toHaveLength(2)
  })

  it('in tokens and dollars come from the ledger', async () => {
    const url = await switchedOn()
    const usage = { prompt_tokens: 1000, completion_tokens: 500 }
    const [byTokens, byDollars] = [
      await newKey({ tokensPerDay: 1200 }),
      await newKey({ dollarsPerDay: 0.005 }, 'Other'),
    ]
    for (const { key } of [byTokens, byDollars]) {
      fake.answerWith(chatReply.stream(['Good.'], { usage }))
      expect((await ask(url, key)).status).toBe(200)
    }
    const tokens = await ask(url, byTokens.key)
    expect(Number(tokens.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await errorOf(tokens)).toMatchObject({ status: 429, body: { error: { type: 'tokens' } } })
    expect(await errorOf(await ask(url, byDollars.key))).toMatchObject({
      status: 429,
      body: { error: { code: 'insufficient_quota', type: 'insufficient_quota' } },
    })
    expect(await app.ask('gateway.keys', {})).toMatchObject([
      { name: 'Other', today: { calls: 1, tokens: 1500, dollars: 0.007 } },
      { name: 'My editor', today: { calls: 1, tokens: 1500, dollars: 0.007 } },
    ])
  })

  it('count an answer that the program did not wait for', async () => {
    const url = await switchedOn()
    const { key } = await newKey({ tokensPerDay: 30 })
    const gate = createGate()
    onTestFinished(gate.open)
    fake.answerWith(chatReply.stream(['Forty-one words would be too many for the day of this key. ', gate]))
    const leave = new AbortController()
    const answer = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'fake/fake-model', messages: [{ role: 'user', content: PROMPT }], stream: true }),
      signal: leave.signal,
    })
    await answer.body?.getReader().read()
    leave.abort()
    const spent = async () => (await app.ask('gateway.keys', {}))[0]?.today.tokens ?? 0
    await expect.poll(spent, { timeout: 30_000 }).toBeGreaterThan(17)
    expect(await errorOf(await ask(url, key))).toMatchObject({ status: 429, body: { error: { type: 'tokens' } } })
  })

  it('in dollars hold for many requests at once, until these have ended', async () => {
    const url = await switchedOn()
    const { key } = await newKey({ dollarsPerDay: 0.015 })
    const gate = createGate()
    onTestFinished(gate.open)
    const usage = { prompt_tokens: 10, completion_tokens: 1 }
    fake.answerWith(...Array.from({ length: 4 }, () => chatReply.stream(['Good.', gate], { usage })))
    // Each may write for half a cent.
    const asked = () => ask(url, key, { stream: true, max_tokens: 500 })
    const answers = await Promise.all(Array.from({ length: 20 }, asked))
    const [refusal, ...refusals] = answers.filter(({ status }) => status !== 200)
    expect(refusals).toHaveLength(16)
    expect(refusal?.headers.get('retry-after')).toBe('1')
    expect(refusal && (await answered(refusal))).toMatchObject(refused(429, 'rate_limit_exceeded'))
    gate.open()
    await Promise.all(answers.filter((answer) => answer !== refusal).map((answer) => answer.text()))
    const next = await asked()
    expect(next.status).toBe(200)
    await next.text()
  })
})

it('the live view has what became of each request, and nothing of what was said or of a key', async () => {
  const url = await switchedOn()
  const { key } = await newKey()
  fake.answerWith(chatReply.stream(['Lanterns.'], { usage: { prompt_tokens: 1000, completion_tokens: 500 } }))
  await linesOf(await ask(url, key, { stream: true }))
  await (await ask(url, key, { model: 'no/such' })).text()
  await (await ask(url, 'sk-wrong')).text()
  await (await fetch(`${url}/models`, { headers: { authorization: `Bearer ${key}` } })).text()
  const { requests } = await app.event('gateway.requests', (said) => said.requests.some(({ number }) => number === 4))
  expect(requests.length).toBeGreaterThan(0)
  const list = await app.ask('gateway.requests', {})
  expect(list).toMatchObject([
    { number: 4, method: 'GET', path: '/v1/models', keyName: 'My editor', status: 200, model: null, error: null },
    { number: 3, keyName: null, status: 401, error: { code: 'invalid_api_key' } },
    { number: 2, keyName: 'My editor', model: 'no/such', status: 404, error: { code: 'model_not_found' } },
    {
      number: 1,
      keyName: 'My editor',
      model: 'fake/fake-model',
      answeredBy: { provider: 'Fake', model: 'fake-model' },
      attempts: 1,
      inputTokens: 1000,
      outputTokens: 500,
      cost: 0.007,
      status: 200,
      error: null,
    },
  ])
  for (const { durationMs } of list) expect(durationMs).toBeGreaterThanOrEqual(0)
  const said = JSON.stringify([list, app.events])
  for (const secret of [PROMPT, 'Lanterns', key]) expect(said).not.toContain(secret)
})

it('a key is in no file of the data folder', async () => {
  const url = await switchedOn()
  const { key } = await newKey()
  await (await ask(url, key)).text()
  await (await fetch(`${url}/models?api_key=${key}`)).text()
  await app.core.close()
  const files = readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' }).map((name) => join(app.dataDir, name))
  for (const file of files.filter((path) => statSync(path).isFile()))
    expect(readFileSync(file).includes(key)).toBe(false)
})

it('says that it is there to whoever asks, and needs no key for it', async () => {
  const url = await switchedOn()
  const health = await fetch(new URL('/healthz', url))
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok', version: '0.0.0-test' }])
})

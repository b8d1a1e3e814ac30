import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyFitting, deep } from '@test/helpers/any-input'
import { toldOperations, type ToldOperation } from '@test/helpers/api-document'
import { openApiStage, planted, type ApiStage } from '@test/helpers/api-stage'
import { chatReply } from '@test/helpers/chat-reply'

/** Always the same requests: what is found once can be looked at. */
const SEED = 20_261_122
const NOWHERE = 'http://127.0.0.1:9'
const NOBODY = '0197a2f4-8c1e-7b6d-9f3a-2c5d8e7f9a10'

let stage: ApiStage
let operations: ToldOperation[]
/** One thing of each kind, by the part of the paths that names it. */
let things: Record<string, string>
const withKeys = () => [planted.provider, planted.server, stage.managing, stage.plain]

beforeAll(async () => {
  stage = await openApiStage()
  stage.fake.alwaysAnswerWith(chatReply.stream(['{"name": "Lidia"}']))
  operations = toldOperations((await stage.call('GET', '/openapi.json', undefined, { key: null })).body)
  things = await newThings()
})
afterAll(() => stage.close())

let made = 0

/** Things that no other operation has changed or deleted. */
async function newThings(): Promise<Record<string, string>> {
  const { app, templateId } = stage
  made += 1
  const auth = { type: 'basic', username: 'ada', secret: planted.server } as const
  const server = await app.ask('servers.add', { name: `Server ${made}`, url: `${NOWHERE}/${made}`, auth })
  const template = await app.ask('templates.create', {
    name: `Template ${made}`,
    content: (await app.ask('templates.get', { id: templateId })).content,
  })
  const providerId = (await app.ask('providers.list', {})).find(({ slug }) => slug === 'fake')?.id
  if (!providerId) throw new Error('There is no provider')
  const model = await app.ask('models.create', { providerId, model: `model ${made}`, kind: 'chat' })
  const inputs = { town: 'Ys' }
  const generation = await app.ask('generations.start', { templateId, inputs })
  const source = { kind: 'repeat', inputs, count: 1 } as const
  const batch = await app.ask('batches.start', { templateId, source })
  await app.event('generation.ended', ({ id }) => id === generation.id)
  return {
    servers: server.id,
    templates: template.id,
    models: model.id,
    generations: generation.id,
    batches: batch.id,
    stages: 'poem',
    name: 'fake/fake-model',
    number: '1',
  }
}

/** Bodies for which the examples of the document name what is not here. */
const bodies: Record<string, () => unknown> = {
  createServer: () => ({
    name: `Made ${(made += 1)}`,
    url: `${NOWHERE}/made/${made}`,
    auth: { type: 'bearer', secret: planted.server },
  }),
  replaceServer: () => ({
    name: `Put ${(made += 1)}`,
    url: `${NOWHERE}/put/${made}`,
    auth: { type: 'none' },
    active: true,
    max_concurrent: 2,
  }),
  createModel: () => ({ provider: 'fake', model: `made ${(made += 1)}` }),
  syncModels: () => ({ provider: 'fake' }),
  createGeneration: () => ({ template_id: stage.templateId, inputs: { town: 'Ys' }, wait: true }),
  createBatch: () => ({ template_id: stage.templateId, source: { kind: 'rows', rows: [{ town: 'Ys' }] } }),
  createChatCompletion: () => ({ model: 'fake/fake-model', messages: [{ role: 'user', content: 'Hello' }] }),
  createSpeech: () => ({ model: 'demo/demo-voice', input: 'Hello there.' }),
  createEmbeddings: () => ({ model: 'fake/fake-embedding', input: ['Hello'] }),
}

const pathOf = ({ path }: ToldOperation, of: Record<string, string>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(of[name === 'id' ? (path.split('/')[2] ?? '') : name] ?? '')
  )

const request = (
  method: string,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {}
) =>
  new Request(`http://127.0.0.1${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body }),
  })

/** Of what is too deep to be written, as much as it takes. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return '['.repeat(20_000) + ']'.repeat(20_000)
  }
}

/** What is wrong with the answer to a request; null for nothing. */
async function wrongAnswer(asked: Request, told?: ToldOperation): Promise<string | null> {
  const response = await stage.direct(asked)
  const text = await response.text()
  const secret = withKeys().find((one) => text.includes(one) || JSON.stringify([...response.headers]).includes(one))
  if (secret !== undefined) return 'a secret is told'
  if (response.status >= 500 && response.status !== 502 && response.status !== 503 && response.status !== 504)
    return `${response.status}: ${text}`
  if (told) return told.wrongWith(response.status, response.headers.get('content-type'), text)
  if (response.status < 400) return null
  const { error } = JSON.parse(text) as { error?: { message?: unknown; code?: unknown } }
  return typeof error?.message === 'string' && typeof error.code === 'string' ? null : `no error: ${text}`
}

const statusOf = async (asked: Request) => (await stage.direct(asked)).status

/** Operations that can be asked through the door for programs with a key, without those that need none. */
const asked = () => operations.filter(({ isOpen }) => !isOpen)

describe('every operation of the document', () => {
  it('answers a valid request as the document says', async () => {
    const wrong: string[] = []
    const { id: listening } = await stage.app.ask('servers.add', { name: 'Listening', url: stage.ollama.url })
    for (const one of asked()) {
      const fresh = one.method === 'DELETE' ? await newThings() : things
      const of = one.id === 'discoverServer' ? { ...fresh, servers: listening } : fresh
      const body = one.body ? JSON.stringify(bodies[one.id]?.() ?? one.example) : undefined
      const answer = await stage.direct(request(one.method, pathOf(one, of), body))
      const text = await answer.text()
      const problem = one.wrongWith(answer.status, answer.headers.get('content-type'), text)
      if (problem !== null || !answer.ok) wrong.push(`${one.id}: ${problem ?? text}`)
    }
    expect(wrong).toEqual([])
  })

  it('refuses what is wrong, as the document says', async () => {
    const wrong: string[] = []
    for (const one of asked()) {
      const path = pathOf(one, things)
      const cases: [why: string, status: number, Request][] = []
      if (one.path.startsWith('/api/'))
        cases.push([
          'an unknown parameter',
          400,
          request(one.method, `${path}?colour=red`, one.body ? '{}' : undefined),
        ])
      if (one.path.includes('{id}'))
        cases.push([
          'what is not there',
          404,
          request(
            one.method,
            pathOf(one, { ...things, [one.path.split('/')[2] ?? '']: NOBODY }),
            one.body ? JSON.stringify(bodies[one.id]?.() ?? one.example) : undefined
          ),
        ])
      if (one.body)
        cases.push(
          ['no JSON', 400, request(one.method, path, '{"name": ')],
          ['a list', 400, request(one.method, path, '[]')],
          ['what is endlessly deep', 400, request(one.method, path, JSON.stringify({ name: deep(200, true) }))],
          ['nothing', 400, request(one.method, path, '')]
        )
      for (const { name, schema } of one.parameters.filter((parameter) => parameter.in === 'query'))
        if (schema['type'] === 'integer' || schema['format'] !== undefined || schema['enum'] !== undefined)
          cases.push([`a wrong ${name}`, 400, request(one.method, `${path}?${name}=nonsense!`)])
      for (const [why, status, bad] of cases) {
        const problem = await wrongAnswer(bad.clone(), one)
        const answered = await statusOf(bad)
        if (problem !== null || answered !== status) wrong.push(`${one.id}: ${why}: ${problem ?? answered}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

it('ten thousand requests that are made to do harm are answered as the document says, without a secret', async () => {
  const known = { ids: Object.values(things), urls: [NOWHERE] }
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('..', '%2e%2e', '%', '%ff', '%00', 'constructor', '__proto__', 'x'.repeat(3000), ...known.ids)
  )
  const inPath = odd.map((text) =>
    /^[%.\w]*$/.test(text) ? text : encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '?'))
  )
  const fewHeaders = fc.dictionary(
    fc.constantFrom('content-type', 'content-encoding', 'accept', 'range', 'if-match', 'x-http-method-override'),
    fc.constantFrom('application/json; charset=utf-16', 'gzip', 'text/plain', 'bytes=0-', 'DELETE', '*', ''),
    { maxKeys: 2 }
  )
  const headers = fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fewHeaders })
  const anyBody = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Uint8Array.from(bytes)),
    fc.string({ maxLength: 60 }),
    fc.constant(undefined)
  )
  const parameterNames = new Set(operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)))
  const oddQuery = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...parameterNames), odd), odd), { maxLength: 3 })
  /** Requests that are almost as the document has them. */
  const near = asked().map((one) => {
    // An odd part of a path may be that of another address.
    const oddPath = inPath.map((text) => ({ path: one.path.replaceAll(/\{\w+\}/g, () => text), told: undefined }))
    const ownPath = fc.constant({ path: pathOf(one, things), told: one })
    // What is deleted can be asked for no more.
    const place = one.method === 'DELETE' ? oddPath : fc.oneof({ weight: 4, arbitrary: ownPath }, oddPath)
    const inQuery = one.parameters.filter((parameter) => parameter.in === 'query')
    const ownQuery = fc
      .record(Object.fromEntries(inQuery.map(({ name, schema }) => [name, anyFitting(schema, known)])), {
        requiredKeys: [],
      })
      .map((values) => Object.entries(values).map(([name, value]): [string, string] => [name, jsonText(value)]))
    const query = fc.oneof({ weight: 4, arbitrary: ownQuery }, { weight: 1, arbitrary: oddQuery })
    const body = one.body
      ? fc.oneof({ weight: 5, arbitrary: anyFitting(one.body, known).map(jsonText) }, { weight: 1, arbitrary: anyBody })
      : fc.constant(undefined)
    return fc.record({ place, method: fc.constant(one.method), query, body, headers })
  })
  const farPath = fc.oneof(
    fc.constantFrom(...asked().map((one) => pathOf(one, nobody))),
    fc.array(inPath, { maxLength: 4 }).map((parts) => `/api/${parts.join('/')}`)
  )
  const far = fc.record({
    place: farPath.map((path) => ({ path, told: undefined })),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'),
    query: oddQuery,
    body: anyBody,
    headers,
  })
  const requests = fc.oneof({ weight: 6, arbitrary: fc.oneof(...near) }, { weight: 1, arbitrary: far })
  const answerTo = ({ place: { path, told }, method, query, body, headers: more }: Sent) => {
    const text = query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`
    return wrongAnswer(request(method, path + text, method === 'GET' ? undefined : body, more), told)
  }
  // At the same time, as programs ask.
  const twenty = fc.array(requests, { minLength: 20, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(twenty, async (some) => {
      const wrong = await Promise.all(some.map(async (one) => ({ one, problem: await answerTo(one) })))
      expect(wrong.filter(({ problem }) => problem !== null)).toEqual([])
    }),
    { seed: SEED, numRuns: 500, endOnFailure: true }
  )
  const logs = join(stage.app.dataDir, 'logs')
  const written = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'))
  for (const secret of withKeys()) expect(written.join('\n').includes(secret)).toBe(false)
})

interface Sent {
  /** `told`: whose request it is, where that is known. */
  place: { path: string; told: ToldOperation | undefined }
  method: string
  query: [string, string][]
  body: string | Uint8Array<ArrayBuffer> | undefined
  headers: Record<string, string>
}

const nobody = Object.fromEntries(
  ['servers', 'templates', 'models', 'generations', 'batches'].map((kind) => [kind, NOBODY])
)

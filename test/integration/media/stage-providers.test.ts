import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { StageId, TokenId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { jsonReply, redirectReply, startFakeServer, type FakeServer, type Handler } from '@test/helpers/fake-server'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'

const GOOD = 'key-good-0123456789abcd'
const BAD = 'key-bad-0123456789abcdef'
const stage = (id: string) => StageId.parse(id)

let app: TestCore
beforeAll(async () => {
  app = await startTestCore()
})
afterAll(() => app.close())

async function fakeAt(slug: string, handler: Handler): Promise<FakeServer> {
  const fake = await startFakeServer(handler)
  onTestFinished(() => fake.stop())
  const { id } = await providerOf(app, slug)
  await app.ask('providers.update', { id, patch: { baseUrl: fake.origin } })
  return fake
}
const save = async (id: StageId, slug: string, key: RouteInput<'stages.save'>['key']) =>
  app.ask('stages.save', { id, providerId: (await providerOf(app, slug)).id, key, model: null, settings: {} })
const pasted = (secret: string, name: string) => ({ name, secret })

/** How each API says what a key may, at the cheapest request that there is: none of them makes anything. */
const apis = [
  {
    slug: 'yandex-speechkit',
    stage: stage('voice'),
    header: `Api-Key ${GOOD}`,
    path: '/tts/v3/utteranceSynthesis',
    /** An empty text: nothing to say, and nothing to pay. */
    taken: jsonReply({ error: { grpcCode: 3, httpCode: 400, message: 'text is empty', details: [] } }, 400),
    refused: jsonReply({ error: { grpcCode: 16, httpCode: 401, message: 'Unknown api key', details: [] } }, 401),
    first: 'alena',
  },
  {
    slug: 'suno',
    stage: stage('song'),
    header: `Bearer ${GOOD}`,
    path: '/api/v1/generate/credit',
    taken: jsonReply({ code: 200, msg: 'success', data: 100 }),
    /** Under 200. */
    refused: jsonReply({ code: 401, msg: 'You do not have access permissions', data: null }),
    first: 'V5',
  },
  {
    slug: 'pika',
    stage: stage('clip'),
    header: `Key ${GOOD}`,
    path: '/status',
    taken: jsonReply({ detail: 'Request not found' }, 404),
    refused: jsonReply({ detail: 'Authentication is required to access this application.' }, 401),
    first: 'fal-ai/pika/v2.2/text-to-video',
  },
]

describe.each(apis)('a key of $slug', ({ slug, stage: id, header, path, taken, refused, first }) => {
  it('is really tried: refused, then taken, and shown to no other host', async () => {
    const other = await startFakeServer(() => taken)
    onTestFinished(() => other.stop())
    let moved = false
    const fake = await fakeAt(slug, ({ headers }) => {
      if (moved) return redirectReply(`${other.origin}/elsewhere`)
      return headers['authorization'] === header ? taken : refused
    })
    expect(await save(id, slug, pasted(BAD, 'Bad'))).toMatchObject({
      status: 'invalid',
      problem: { code: 'provider_unauthorized' },
      models: [],
    })
    const kept = await save(id, slug, pasted(GOOD, 'Good'))
    expect(kept).toMatchObject({ status: 'active', problem: null, choice: { model: first } })
    expect(fake.requests.every((request) => request.path.endsWith(path))).toBe(true)

    const tokens = (await app.ask('tokens.list', {})).filter(({ providerId }) => providerId === kept.choice?.providerId)
    expect(tokens.map(({ name, state }) => [name, state])).toEqual([
      ['Bad', 'invalid'],
      ['Good', 'active'],
    ])
    const tokenId = TokenId.parse(kept.choice?.tokenId)
    expect(await app.ask('tokens.check', { id: tokenId })).toMatchObject({ models: null, creditLeft: null })
    expect(await app.ask('tokens.users', { id: tokenId })).toEqual([
      { kind: 'stage', name: id, after: 'stuck', roles: [] },
    ])

    moved = true
    expect(await app.ask('stages.refresh', { id })).toMatchObject({ status: 'invalid', models: kept.models })
    expect(other.requests).toEqual([])
  })
})

describe('KoboldCpp', () => {
  it('offers a song when it has a music model loaded, and says so when it has none', async () => {
    let music: unknown = false
    await fakeAt('koboldcpp-music', () => jsonReply({ result: 'KoboldCpp', version: '1.106', llm: true, music }))
    expect(await save(stage('song'), 'koboldcpp-music', null)).toMatchObject({
      status: 'invalid',
      problem: { code: 'stage_no_models' },
      choice: { model: null, tokenId: null },
    })
    music = true
    expect(await app.ask('stages.refresh', { id: stage('song') })).toMatchObject({
      status: 'active',
      choice: { model: 'loaded' },
    })
  })
})

describe('OpenRouter', () => {
  it('lists voices and films apart from what writes, each with what it tells of them', async () => {
    const fake = await fakeAt('openrouter', ({ path, query, headers }) => {
      if (headers['authorization'] !== `Bearer ${GOOD}`) return jsonReply({ error: { message: 'No', code: 401 } }, 401)
      if (path.endsWith('/key')) return jsonReply({ data: { limit_remaining: 3 } })
      if (path.endsWith('/videos/models'))
        return jsonReply({ data: [{ id: 'maker/film', name: 'Film' }, { name: '?' }] })
      if (query['output_modalities'] === 'speech')
        return jsonReply({
          data: [{ id: 'maker/voice', name: 'Voice', supported_voices: ['one', 'two'] }],
          total_count: 2,
          links: { next: query['offset'] ? null : '/models?output_modalities=speech&offset=1' },
        })
      return jsonReply({ data: [{ id: 'maker/writer', name: 'Writer' }] })
    })
    const voice = await save(stage('voice'), 'openrouter', pasted(GOOD, 'Key'))
    expect(voice.models).toEqual([
      {
        model: 'maker/voice',
        name: 'Voice',
        voices: [
          { id: 'one', name: 'one', languages: [] },
          { id: 'two', name: 'two', languages: [] },
        ],
        price: null,
        longestText: 4000,
      },
    ])
    expect((await save(stage('clip'), 'openrouter', pasted(GOOD, 'Key'))).models).toMatchObject([
      { model: 'maker/film' },
    ])
    expect((await save(stage('poem'), 'openrouter', pasted(GOOD, 'Key'))).models).toMatchObject([
      { model: 'maker/writer' },
    ])
    expect(fake.requestsTo('/models').some(({ query }) => query['offset'] === '1')).toBe(true)
  })
})

describe('a provider of media alone', () => {
  it('is offered for no role: the catalogue asks nothing of it, and a program cannot name it', async () => {
    const asked: string[] = []
    await fakeAt('suno', ({ path }) => {
      asked.push(path)
      return jsonReply({ code: 200, data: 1 })
    })
    const { id: providerId, kinds } = await providerOf(app, 'suno')
    expect(kinds).toEqual(['music'])
    await app.ask('tokens.add', { providerId, name: 'Later', secret: `${GOOD}-later` })
    expect(await app.ask('models.list', { providerId })).toEqual([])
    expect(asked).toEqual([])
    expect(await app.ask('gateway.models', {})).not.toEqual(expect.arrayContaining([expect.stringContaining('suno')]))
  })
})

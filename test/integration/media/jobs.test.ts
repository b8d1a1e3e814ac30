import { readdir } from 'node:fs/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MediaError, ProviderError } from '@contract/errors'
import { CallId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { MediaTicket } from '@main/data/stored-media'
import { newId } from '@main/platform/ids'
import { providerDefinitions } from '@main/providers/definitions'
import { jobProtocol } from '@main/providers/media/job/job-protocol'
import { PLANTED_KEY, rejection } from '@test/helpers/connect'
import {
  endlessFile,
  fileReply,
  filmFile,
  startFakeFal,
  startFakeSuno,
  startFakeVideos,
  SUNO,
  sunoSong,
  sunoState,
  type FakeJobs,
} from '@test/helpers/fake-media-jobs'
import { htmlReply, jsonReply, redirectReply, resetReply } from '@test/helpers/fake-server'
import { makerStage } from '@test/helpers/media-maker-stage'

async function started(start: () => Promise<FakeJobs>): Promise<FakeJobs> {
  const fake = await start()
  onTestFinished(() => fake.stop())
  return fake
}
const submitted = (ticket: JsonObject): MediaTicket => ({
  state: 'submitted',
  ticket,
  since: Date.parse('2026-01-02T03:00:00.000Z'),
  callId: newId(CallId),
})
const phases = (progress: readonly { phase: string }[]) =>
  progress.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1])

it('every provider that is asked for jobs says how', () => {
  const asked = providerDefinitions.flatMap(({ slug, media }) =>
    Object.values(media).flatMap((one) =>
      one.adapter === 'job' ? [{ slug, giveUp: jobProtocol(one).pace.giveUpMs }] : []
    )
  )
  expect(asked).toEqual([
    { slug: 'openrouter', giveUp: 14_400_000 },
    { slug: 'suno', giveUp: 7_200_000 },
    { slug: 'pika', giveUp: 14_400_000 },
  ])
})

describe('a song of Suno', () => {
  it('is asked for once, looked after, and fetched; what came beside it comes along', async () => {
    const fake = await started(startFakeSuno)
    const stage = makerStage('suno', 'song', fake.origin, { settings: { style: 'slow folk', vocalGender: 'f' } })
    const made = await stage.make()

    expect(fake.requestsTo(SUNO.submit).map(({ body }) => body)).toEqual([
      {
        prompt: 'The river sleeps.',
        title: 'Home',
        model: 'V5',
        style: 'slow folk',
        vocalGender: 'f',
        customMode: true,
        instrumental: false,
        callBackUrl: 'https://fabula.invalid/',
      },
    ])
    expect(fake.requests.filter(({ path }) => path === SUNO.look).map(({ query }) => query)).toEqual([
      { taskId: 'task-1' },
      { taskId: 'task-1' },
    ])
    expect(made).toMatchObject({ title: 'Song one', file: { type: 'audio/wav' }, further: [{ title: 'Song two' }] })
    expect(phases(stage.progress)).toEqual(['asking', 'queued', 'fetching'])
    // Kept before and after: a kill in between must leave word of it.
    expect(stage.tickets).toMatchObject([{ state: 'submitting' }, { state: 'submitted', ticket: { id: 'task-1' } }])
    expect(stage.waits).toEqual([10_000, 14_000])
  })

  it('that was submitted is not submitted again', async () => {
    const fake = await started(startFakeSuno)
    const stage = makerStage('suno', 'song', fake.origin)
    await stage.make(submitted({ id: 'task-1' }))
    expect(fake.requestsTo(SUNO.submit)).toEqual([])
    expect(stage.tickets).toEqual([])
  })

  it('that is longer than the model takes is refused before anything is asked, and not when it was taken already', async () => {
    const fake = await started(startFakeSuno)
    const stage = makerStage('suno', 'song', fake.origin, { longestText: 10 })
    expect(await rejection(stage.make())).toMatchObject({
      code: MediaError.TextTooLong,
      details: { path: 'text', provider: 'Suno', model: 'V5', length: 17, limit: 10 },
    })
    expect(fake.requests).toEqual([])
    expect(stage.tickets).toEqual([])
    expect(await stage.make(submitted({ id: 'task-1' }))).toMatchObject({ title: 'Song one' })
  })

  it.each([
    ['401', { code: 401, msg: 'Unauthorized' }, ProviderError.Unauthorized],
    ['no credits', { code: 429, msg: 'Insufficient credits' }, ProviderError.PaymentRequired],
    ['too long', { code: 413, msg: 'Prompt too long' }, ProviderError.RequestRejected],
    ['its own fault', { code: 500, msg: 'Internal' }, ProviderError.ServerFailed],
  ])('that is refused under HTTP 200 is refused: %s', async (_name, body, code) => {
    const fake = await started(startFakeSuno)
    fake.once(SUNO.submit, jsonReply(body))
    const stage = makerStage('suno', 'song', fake.origin)
    expect(await rejection(stage.make())).toMatchObject({ code })
    expect(fake.requestsTo(SUNO.submit)).toHaveLength(1)
    // It answered: nothing has begun.
    expect(stage.tickets.at(-1)).toBeNull()
  })

  it.each([
    [
      'moderation',
      sunoState('SENSITIVE_WORD_ERROR', [], { errorMessage: 'Sensitive words' }),
      ProviderError.Refused,
      { providerMessage: 'Sensitive words' },
    ],
    [
      'a failure',
      sunoState('GENERATE_AUDIO_FAILED', [], { errorMessage: 'No GPU' }),
      MediaError.NotMade,
      { providerMessage: 'No GPU' },
    ],
    ['a lost job', jsonReply({ code: 404, msg: 'task not found' }), MediaError.JobLost, {}],
    ['a page', htmlReply(200), ProviderError.BadAnswer, { reason: 'html' }],
    ['a strange answer', jsonReply({ code: 200, data: null }), ProviderError.BadAnswer, { reason: 'wrong_shape' }],
  ])('is told as what it came to: %s', async (_name, reply, code, details) => {
    const fake = await started(startFakeSuno)
    fake.always(SUNO.look, reply)
    const stage = makerStage('suno', 'song', fake.origin)
    expect(await rejection(stage.make())).toMatchObject({ code, details })
    // What is over for good is not asked for again; the rest may be.
    const isOver = code !== ProviderError.BadAnswer
    expect(stage.tickets.at(-1) === null).toBe(isOver)
  })

  it('outlasts a provider that fails for a while, and is asked for less and less often', async () => {
    const fake = await started(startFakeSuno)
    fake.once(
      SUNO.look,
      sunoState('TEXT_SUCCESS'),
      jsonReply({ error: 'down' }, 503, { 'retry-after': '60' }),
      resetReply(),
      sunoState('A_WORD_OF_TOMORROW')
    )
    const stage = makerStage('suno', 'song', fake.origin)
    await stage.make()
    expect(stage.waits).toEqual([10_000, 14_000, 60_000, 30_000, 30_000, 30_000])
    expect(phases(stage.progress)).toEqual(['asking', 'queued', 'making', 'queued', 'fetching'])
  })

  it('that never ends is given up after two hours, and can be waited for again', async () => {
    const fake = await started(startFakeSuno)
    fake.always(SUNO.look, sunoState('PENDING'))
    const stage = makerStage('suno', 'song', fake.origin)
    expect(await rejection(stage.make())).toMatchObject({ code: MediaError.TookTooLong, details: { hours: 2 } })
    expect(stage.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(7_260_000)
    expect(stage.tickets.at(-1)).toMatchObject({ state: 'submitted', ticket: { id: 'task-1' } })
  })

  it('is asked for again where the provider put it off, and never where it may have begun', async () => {
    const fake = await started(startFakeSuno)
    fake.once(SUNO.submit, jsonReply({ code: 430, msg: 'Too frequent' }, 429, { 'retry-after': '7' }))
    const patient = makerStage('suno', 'song', fake.origin)
    await patient.make()
    expect([fake.requestsTo(SUNO.submit).length, patient.waits[0]]).toEqual([2, 7020])

    fake.once(SUNO.submit, resetReply())
    expect(await rejection(makerStage('suno', 'song', fake.origin).make())).toMatchObject({
      code: ProviderError.Unreachable,
    })
    expect(fake.requestsTo(SUNO.submit)).toHaveLength(3)
  })

  it('whose link is over is asked for once more, and then it is named', async () => {
    const fake = await started(startFakeSuno)
    fake.once('/files/one.wav', { status: 403, headers: {}, steps: ['AccessDenied'] })
    const stage = makerStage('suno', 'song', fake.origin)
    expect((await stage.make()).file).not.toBeNull()
    expect(fake.requestsTo(SUNO.look)).toHaveLength(3)

    fake.always('/files/one.wav', { status: 410, headers: {}, steps: [] })
    const late = makerStage('suno', 'song', fake.origin)
    expect(await rejection(late.make(submitted({ id: 'task-1' })))).toMatchObject({ code: MediaError.Expired })
    expect(await readdir(late.folder.path)).toEqual([])
  })

  it('that is no sound is named, and not kept', async () => {
    const fake = await started(startFakeSuno)
    fake.always(
      '/files/one.wav',
      fileReply(Buffer.from('<!doctype html><html><body>Sorry</body></html>'), 'audio/mpeg')
    )
    const stage = makerStage('suno', 'song', fake.origin)
    expect(await rejection(stage.make())).toMatchObject({ code: MediaError.WrongType, details: { reason: 'HTML' } })
    expect(await readdir(stage.folder.path)).toEqual([])
  })

  it('that does not end is cut off at the limit, and leaves nothing', async () => {
    const fake = await started(startFakeSuno)
    let sent = 0
    fake.always(
      '/files/one.wav',
      endlessFile((bytes) => (sent += bytes))
    )
    const stage = makerStage('suno', 'song', fake.origin, { largest: 1_000_000 })
    expect(await rejection(stage.make())).toMatchObject({ code: MediaError.TooLarge, details: { limit: 1_000_000 } })
    await fake.requestsTo('/files/one.wav')[0]?.ended
    expect(sent).toBeLessThan(100_000_000)
    expect(await readdir(stage.folder.path)).toEqual([])
  })

  it('on another host is fetched without the key', async () => {
    const store = await started(startFakeSuno)
    const other = await started(startFakeSuno)
    const fake = await started(startFakeSuno)
    store.always('/files/one.wav', redirectReply(`${other.origin}/files/one.wav`, 302))
    fake.always(SUNO.look, sunoState('SUCCESS', [sunoSong(store.origin, 'one')]))
    await makerStage('suno', 'song', fake.origin).make()
    expect(fake.requests.map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${PLANTED_KEY}`,
      `Bearer ${PLANTED_KEY}`,
    ])
    for (const server of [store, other]) {
      expect(server.requestsTo('/files/one.wav')).toHaveLength(1)
      expect(JSON.stringify(server.requests)).not.toContain(PLANTED_KEY)
    }
  })
})

describe('a clip of Pika', () => {
  const model = 'fal-ai/pika/v2.2/text-to-video'

  it('goes through the queue by the addresses that it hands out', async () => {
    const fake = await started(startFakeFal)
    const stage = makerStage('pika', 'clip', fake.origin, { settings: { duration: 5, aspect_ratio: '16:9' } })
    const made = await stage.make()
    expect(made.file).toMatchObject({ type: 'video/mp4', bytes: filmFile().length })
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /${model}`,
      ...Array(3).fill('GET /fal-ai/pika/requests/job-1/status'),
      'GET /fal-ai/pika/requests/job-1',
      'GET /files/film.mp4',
    ])
    expect(fake.requests[0]?.body).toEqual({ prompt: 'The river sleeps.', duration: 5, aspect_ratio: '16:9' })
    expect(fake.requests[0]?.headers['authorization']).toBe(`Key ${PLANTED_KEY}`)
    expect(phases(stage.progress)).toEqual(['asking', 'queued', 'making', 'fetching'])
  })

  it('is ended there when it is stopped here', async () => {
    const fake = await started(startFakeFal)
    const stage = makerStage('pika', 'clip', fake.origin)
    expect(
      await stage.cancel(submitted({ id: 'job-1', cancel: `${fake.origin}/fal-ai/pika/requests/job-1/cancel` }))
    ).toBe(true)
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /fal-ai/pika/requests/job-1/cancel',
    ])
  })

  it('is not looked after at another host, where the key would go', async () => {
    const other = await started(startFakeFal)
    const fake = await started(startFakeFal)
    fake.once(
      model,
      jsonReply({
        request_id: 'job-1',
        status_url: `${other.origin}/status`,
        response_url: other.origin,
        cancel_url: other.origin,
      })
    )
    expect(await rejection(makerStage('pika', 'clip', fake.origin).make())).toMatchObject({
      code: ProviderError.BadAnswer,
    })
    expect(other.requests).toEqual([])
  })

  it('that its maker would not film is refused', async () => {
    const fake = await started(startFakeFal)
    const body = {
      detail: [{ loc: ['body', 'prompt'], msg: 'Flagged by a content checker', type: 'content_policy_violation' }],
    }
    fake.always('/requests/job-1', jsonReply(body, 422))
    const stage = makerStage('pika', 'clip', fake.origin)
    expect(await rejection(stage.make())).toMatchObject({ code: ProviderError.Refused })
    expect(stage.tickets.at(-1)).toBeNull()
  })
})

describe('a clip of OpenRouter', () => {
  it('is fetched with the key from the provider itself, and costs what that says', async () => {
    const store = await started(startFakeVideos)
    const fake = await started(startFakeVideos)
    fake.once('/content', redirectReply(`${store.origin}/videos/gen-1/content`, 302))
    const stage = makerStage('openrouter', 'clip', fake.origin, { model: 'some/film' })
    expect(await stage.make()).toMatchObject({ cost: 0.4, costSource: 'provider', file: { type: 'video/mp4' } })
    expect(fake.requests[0]?.body).toEqual({ model: 'some/film', prompt: 'The river sleeps.' })
    expect(fake.requests.every(({ headers }) => headers['authorization'] === `Bearer ${PLANTED_KEY}`)).toBe(true)
    expect(JSON.stringify(store.requests)).not.toContain(PLANTED_KEY)
  })

  it.each([
    ['failed', MediaError.NotMade],
    ['cancelled', MediaError.NotMade],
    ['expired', MediaError.JobLost],
  ])('that is %s says so', async (status, code) => {
    const fake = await started(startFakeVideos)
    fake.always('/videos/gen-1', jsonReply({ id: 'gen-1', status, error: 'The model broke' }))
    const stage = makerStage('openrouter', 'clip', fake.origin, { model: 'some/film' })
    expect(await rejection(stage.make())).toMatchObject({ code })
  })
})

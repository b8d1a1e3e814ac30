import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { StageView } from '@contract/entities/stage'
import { StageId, TokenId, type ProviderId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { openDatabaseForReading } from '@main/data/database'
import { databaseIn } from '@main/data/data-folder'
import { chatReply } from '@test/helpers/chat-reply'
import { htmlReply, jsonReply, stallReply } from '@test/helpers/fake-server'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import type { Scripted } from '@test/helpers/reply-script'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'

const GOOD = 'sk-good-0123456789abcd'
const BAD = 'sk-bad-0123456789abcdef'
const POEM = StageId.parse('poem')
const VOICE = StageId.parse('voice')

let app: TestCore
let fake: FakeOpenAi
let openAi: ProviderId
beforeAll(async () => {
  app = await startTestCore()
})
afterAll(() => app.close())
beforeEach(async () => {
  for (const { id } of await app.ask('stages.list', {})) await app.ask('stages.clear', { id })
  for (const { id } of await app.ask('tokens.list', {})) await app.ask('tokens.delete', { id })
  fake = await startFakeOpenAi({ keys: [GOOD], models: ['gpt-5', 'gpt-4o-mini-tts', 'tts-1', 'whisper-1'] })
  onTestFinished(() => fake.stop())
  openAi = (await providerOf(app, 'openai')).id
  await app.ask('providers.update', { id: openAi, patch: { baseUrl: fake.url } })
})

const save = (input: Partial<RouteInput<'stages.save'>> = {}) =>
  app.ask('stages.save', { id: VOICE, providerId: openAi, key: null, model: null, settings: {}, ...input })
const pasted = (secret: string, name = 'Home') => ({ name, secret })
const stage = async (id: StageId): Promise<StageView> => {
  const found = (await app.ask('stages.list', {})).find((one) => one.id === id)
  if (!found) throw new Error(`There is no stage ${id}`)
  return found
}
const keys = async () => (await app.ask('tokens.list', {})).map(({ name, state }) => `${name}: ${state}`)
/** Every column of the other stages, as it lies in the file. */
const rowsOf = (folder: string, except: StageId) => {
  const db = openDatabaseForReading(databaseIn(folder))
  try {
    return db.prepare('SELECT * FROM stages WHERE id <> ? ORDER BY id').all(except)
  } finally {
    db.close()
  }
}

describe('the stages', () => {
  it('are four, with the providers that each may have, and nothing chosen', async () => {
    const stages = await app.ask('stages.list', {})
    const names = new Map((await app.ask('providers.list', {})).map(({ id, slug }) => [id, slug]))
    const offered = stages.map(({ id, providers }) => [id, providers.map((one) => names.get(one.providerId))])
    expect(Object.fromEntries(offered)).toEqual({
      poem: ['yandex', 'gemini', 'openai', 'openrouter', 'ollama', 'anthropic', 'demo'],
      voice: ['yandex-speechkit', 'openai', 'openrouter', 'demo'],
      song: ['suno', 'koboldcpp-music', 'demo'],
      clip: ['pika', 'openrouter', 'demo'],
    })
    for (const { choice, status, problem, models, listedAt } of stages)
      expect({ choice, status, problem, models, listedAt }).toEqual({
        choice: null,
        status: 'unknown',
        problem: null,
        models: [],
        listedAt: null,
      })
  })

  it('work with the Demo at once, without a key or a network', async () => {
    const { id: providerId } = await providerOf(app, 'demo')
    for (const { id } of await app.ask('stages.list', {})) {
      const kept = await save({ id, providerId })
      expect(kept).toMatchObject({ status: 'active', problem: null, choice: { providerId, tokenId: null } })
      expect(kept.choice?.model).toBe(kept.models[0]?.model)
      expect(kept.listedAt).not.toBeNull()
    }
    expect(fake.requests).toEqual([])
  })
})

describe('saving a stage', () => {
  it('checks a key, lists what it can use, takes the first model, and keeps key and list', async () => {
    const kept = await save({ key: pasted(GOOD) })
    expect(kept).toMatchObject({ status: 'active', problem: null, choice: { model: 'gpt-4o-mini-tts' } })
    expect(kept.models.map(({ model }) => model)).toEqual(['gpt-4o-mini-tts', 'tts-1'])
    expect(kept.models[1]).toMatchObject({ longestText: 4096, price: { unit: 'millionCharacters', dollars: 15 } })
    expect(kept.models[1]?.voices?.map(({ id }) => id)).toContain('nova')
    expect(await keys()).toEqual(['Home: active'])
    expect(await stage(VOICE)).toEqual(kept)
    expect(app.events.at(-1)).toMatchObject({ name: 'data.changed', payload: { only: { stages: [VOICE] } } })
  })

  it('takes the token that has a pasted key already, and a new name where one is taken', async () => {
    const first = await save({ key: pasted(GOOD) })
    const second = await save({ id: POEM, key: pasted(GOOD, 'Another name') })
    expect(second.choice?.tokenId).toBe(first.choice?.tokenId)
    expect(second.models.map(({ model }) => model)).toEqual(['gpt-5'])
    expect(await keys()).toEqual(['Home: active'])
    await save({ key: pasted(BAD) })
    expect(await keys()).toEqual(['Home: active', 'Home (2): invalid'])
  })

  it('keeps a key that is refused as invalid, with the list of before; the right one takes its place', async () => {
    const before = await save({ key: pasted(GOOD, 'Old'), model: 'tts-1' })
    const refused = await save({ key: pasted(BAD), model: 'tts-1' })
    expect(refused).toMatchObject({ status: 'invalid', problem: { code: 'provider_unauthorized' } })
    expect(refused).toMatchObject({ models: before.models, listedAt: before.listedAt })
    expect(await keys()).toEqual(['Old: active', 'Home: invalid'])
    await app.ask('tokens.delete', { id: TokenId.parse(before.choice?.tokenId) })
    const right = await save({ key: pasted(GOOD) })
    expect(right).toMatchObject({ status: 'active', choice: { tokenId: refused.choice?.tokenId } })
    expect(await keys()).toEqual(['Home: active'])
  })

  it('keeps nothing when the model is not in the list: no choice, and no key', async () => {
    await save({ key: pasted(GOOD), model: 'tts-1' })
    const before = await stage(VOICE)
    const input = { id: VOICE, providerId: openAi, settings: {}, key: pasted(GOOD), model: 'tts-gone' }
    expect(await app.refusal('stages.save', { ...input, key: { tokenId: before.choice?.tokenId } })).toMatchObject({
      code: 'stage_model_gone',
      details: { model: 'tts-gone', provider: 'OpenAI', path: 'model' },
    })
    expect(await stage(VOICE)).toEqual(before)
    expect(await app.refusal('stages.save', { ...input, key: pasted(GOOD, 'Second') })).toMatchObject({
      code: 'stage_model_gone',
    })
    expect(await keys()).toEqual(['Home: active'])
  })

  it('can be done without a way to the provider: kept unchecked, which it says', async () => {
    await fake.goDown()
    const kept = await save({ key: pasted(GOOD), model: 'tts-1' })
    expect(kept).toMatchObject({
      status: 'unknown',
      problem: { code: 'provider_unreachable' },
      choice: { model: 'tts-1' },
      models: [],
      listedAt: null,
    })
    expect(await keys()).toEqual(['Home: unknown'])
  })

  it('keeps all unchecked after whatever goes wrong at the provider', async () => {
    const faults: [Scripted | Scripted[], string][] = [
      [chatReply.error(429, 'Slow down'), 'provider_rate_limited'],
      [chatReply.error(500, 'Oops'), 'provider_server_failed'],
      [htmlReply(200), 'provider_bad_answer'],
      [jsonReply({ models: {} }), 'provider_bad_answer'],
      [{ ...jsonReply({}), steps: ['{"data": [{"id": ', { do: 'reset' }] }, 'provider_broke_off'],
      // First to the check of the key, which is content with it, then to the list.
      [[jsonReply({ data: tooMany }), jsonReply({ data: tooMany })], 'provider_answer_too_large'],
      // Of a place that is shut out: no key would be taken, which says nothing about this one.
      [chatReply.error(403, 'Country, region, or territory not supported'), 'provider_blocked'],
    ]
    for (const [replies, code] of faults) {
      fake.answerAt('/models', ...[replies].flat())
      const kept = await save({ key: pasted(GOOD) })
      expect({ status: kept.status, code: kept.problem?.code }).toEqual({ status: 'unknown', code })
    }
    expect((await keys()).map((key) => key.includes('invalid'))).toEqual([false])
  })

  it('shows a key to no other host', async () => {
    const other = await startFakeOpenAi()
    onTestFinished(() => other.stop())
    fake.answerAt('/models', { status: 307, headers: { location: `${other.url}/models` }, steps: [] })
    expect(await save({ key: pasted(GOOD) })).toMatchObject({
      status: 'unknown',
      problem: { code: 'provider_unreachable', details: { redirectedTo: other.origin } },
    })
    expect(other.requests).toEqual([])
  })

  it('refuses what can never be: a provider that is not in the matrix, a setting out of range, no key, another’s key', async () => {
    const input = { id: VOICE, providerId: openAi, key: pasted(GOOD), model: null, settings: {} }
    const { id: anthropic } = await providerOf(app, 'anthropic')
    const { id: foreign } = await app.ask('tokens.add', { providerId: anthropic, name: 'A', secret: BAD })
    expect(await app.refusal('stages.save', { ...input, providerId: anthropic })).toMatchObject({
      code: 'stage_provider_not_allowed',
      details: { stage: 'voice', provider: 'Anthropic', path: 'providerId' },
    })
    expect(await app.refusal('stages.save', { ...input, settings: { speed: 9 } })).toMatchObject({
      code: 'setting_invalid',
      details: { path: 'settings.speed' },
    })
    expect(await app.refusal('stages.save', { ...input, key: null })).toMatchObject({ code: 'token_choose_key' })
    expect(await app.refusal('stages.save', { ...input, key: { tokenId: foreign } })).toMatchObject({
      code: 'bad_input',
    })
    expect(fake.requests).toEqual([])
    expect(await stage(VOICE)).toMatchObject({ choice: null })
  })

  it('of one stage changes not one byte of the others', async () => {
    const { id: demo } = await providerOf(app, 'demo')
    for (const { id } of await app.ask('stages.list', {})) await save({ id, providerId: demo })
    await save({ key: pasted(GOOD), settings: { voice: 'nova' } })
    const before = rowsOf(app.dataDir, POEM)
    expect(before).toHaveLength(3)
    await save({ id: POEM, key: pasted(GOOD), model: 'gpt-5', settings: { temperature: 1 } })
    await save({ id: POEM, key: pasted(BAD) })
    await app.ask('stages.refresh', { id: POEM })
    await app.ask('stages.clear', { id: POEM })
    expect(rowsOf(app.dataDir, POEM)).toEqual(before)
    expect(await stage(POEM)).toMatchObject({ choice: null, status: 'unknown' })
  })

  it('keeps no setting that the provider does not know', async () => {
    const kept = await save({ key: pasted(GOOD), settings: { voice: 'nova', pace: 3, notes: 'sk-planted-0123456789' } })
    expect(kept.choice?.settings).toEqual({ voice: 'nova' })
  })

  it('lists for a poem what all servers have that answer, and models that were added by hand', async () => {
    const [one, other] = await Promise.all([
      startFakeOllama({ models: [{ name: 'writer:8b' }] }),
      startFakeOllama({ models: [{ name: 'poet:1b' }, { name: 'writer:8b' }] }),
    ])
    onTestFinished(async () => void (await Promise.all([one.stop(), other.stop()])))
    const added = []
    for (const [name, url] of Object.entries({ One: one.url, Other: other.url, Off: 'http://127.0.0.1:1' }))
      added.push(await app.ask('servers.add', { name, url }))
    const { id: providerId } = await providerOf(app, 'ollama')
    const kept = await save({ id: POEM, providerId, model: 'poet:1b' })
    expect(kept).toMatchObject({ status: 'active', choice: { model: 'poet:1b', tokenId: null } })
    expect(kept.models.map(({ model }) => model).toSorted()).toEqual(['poet:1b', 'writer:8b'])
    await Promise.all([one.goDown(), other.goDown()])
    expect(await app.ask('stages.refresh', { id: POEM })).toMatchObject({ status: 'invalid', models: kept.models })
    for (const { id } of added) await app.ask('servers.delete', { id })
  })

  it('lets the last one count when two are under way', async () => {
    const gate = createGate()
    onTestFinished(() => gate.open())
    fake.answerAt('/models', stallReply(gate))
    const first = save({ key: pasted(GOOD), model: 'tts-1' })
    await gate.reached
    const { id: demo } = await providerOf(app, 'demo')
    await save({ providerId: demo })
    gate.open()
    expect(await first).toMatchObject({ choice: { providerId: demo } })
    expect(await keys()).toEqual([])
  })
})

describe('refreshing a stage', () => {
  it('keeps the list and the reason when the provider is down or the key is bad', async () => {
    const before = await save({ key: pasted(GOOD) })
    await fake.goDown()
    expect(await app.ask('stages.refresh', { id: VOICE })).toMatchObject({
      status: 'invalid',
      problem: { code: 'provider_unreachable' },
      models: before.models,
      listedAt: before.listedAt,
    })
    await fake.comeBack()
    expect(await app.ask('stages.refresh', { id: VOICE })).toMatchObject({ status: 'active', problem: null })
    fake.answerAt('/models', chatReply.error(401, { message: 'Revoked', code: 'invalid_api_key' }))
    expect(await app.ask('stages.refresh', { id: VOICE })).toMatchObject({ status: 'invalid', models: before.models })
    expect(await keys()).toEqual(['Home: invalid'])
  })

  it('says so when the chosen model was withdrawn, or nothing is left, and takes no other unasked', async () => {
    await save({ key: pasted(GOOD), model: 'tts-1' })
    const only = (id: string) => jsonReply({ data: [{ id }] })
    fake.answerAt('/models', only('tts-2'), only('tts-2'), only('tts-2'))
    expect(await app.ask('stages.refresh', { id: VOICE })).toMatchObject({
      status: 'invalid',
      problem: { code: 'stage_model_gone' },
      choice: { model: 'tts-1' },
      models: [{ model: 'tts-2' }],
    })
    fake.answerAt('/models', only('gpt-5'), only('gpt-5'), only('gpt-5'))
    expect(await app.ask('stages.refresh', { id: VOICE })).toMatchObject({
      status: 'invalid',
      problem: { code: 'stage_no_models', details: { stage: 'voice', provider: 'OpenAI' } },
    })
  })

  it('needs a choice', async () => {
    expect(await app.refusal('stages.refresh', { id: VOICE })).toMatchObject({ code: 'stage_not_set' })
    expect(await app.refusal('stages.refresh', { id: 'opera' })).toMatchObject({ code: 'not_found' })
  })
})

describe('what a stage uses', () => {
  it('can go, and the stage says so: the key deleted, the address changed', async () => {
    const kept = await save({ key: pasted(GOOD) })
    await app.ask('providers.update', { id: openAi, patch: { baseUrl: `${fake.url}/elsewhere` } })
    expect(await stage(VOICE)).toMatchObject({ status: 'invalid', problem: { code: 'token_needs_key' } })
    await app.ask('providers.update', { id: openAi, patch: { baseUrl: fake.url } })
    expect(await stage(VOICE)).toEqual(kept)
    await app.ask('tokens.delete', { id: TokenId.parse(kept.choice?.tokenId) })
    expect(await stage(VOICE)).toMatchObject({
      status: 'invalid',
      problem: { code: 'token_choose_key' },
      models: kept.models,
    })
    const asked = fake.requests.length
    expect(await app.ask('stages.refresh', { id: VOICE })).toMatchObject({ problem: { code: 'token_choose_key' } })
    expect(fake.requests).toHaveLength(asked)
  })

  it('comes back with its provider from the bin', async () => {
    const own = await app.ask('providers.create', { name: 'Mine', baseUrl: fake.url, keyRequired: true })
    const kept = await save({ id: POEM, providerId: own.id, key: pasted(GOOD) })
    expect(kept.status).toBe('active')
    await app.ask('providers.delete', { id: own.id })
    expect(await stage(POEM)).toMatchObject({
      status: 'invalid',
      problem: { code: 'stage_provider_gone', details: { stage: 'poem', provider: 'Mine' } },
    })
    await app.ask('bin.restore', { kind: 'provider', id: own.id })
    expect(await stage(POEM)).toEqual(kept)
  })
})

const tooMany = Array.from({ length: 20_001 }, (_, index) => ({ id: `tts-${index}` }))

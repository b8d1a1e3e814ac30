import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import { RoleId } from '@contract/ids'
import { z } from 'zod'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import type { FakeOpenAi } from '@test/helpers/fake-openai'
import type { TestCore } from '@test/helpers/test-core'
import { fakeProvider, lastPassage, placed, providerOf, storyWith } from '@test/helpers/test-story'
import { openStage } from '@test/helpers/turn-stage'

const MAIN = RoleId.parse('main')
const KEYS = ['sk-first-0123456789', 'sk-second-0123456789', 'sk-third-0123456789']

let app: TestCore
let fake: FakeOpenAi
beforeEach(async () => {
  ;({ app, fake } = await openStage())
})

/** Writes one passage with these keys and settings. */
const write = async (keys: readonly string[], more: ModelSettings = {}) => {
  const settings = { ...(await fakeProvider(app, fake.url, { keys })), ...more }
  const story = await storyWith(app, settings)
  return { story, ended: await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' }) }
}
const keysSent = () =>
  fake.requestsTo('/chat/completions').map(({ headers }) => headers['authorization']?.replace('Bearer ', ''))
const states = async () => (await app.ask('tokens.list', {})).map(({ state }) => state)

describe('a call with several keys', () => {
  it.each([
    [401, 'invalid'],
    [403, 'invalid'],
    [402, 'exhausted'],
    [429, 'cooling'],
  ])('goes on to the next one after %i, and marks the first as %s', async (status, state) => {
    fake.answerWith(chatReply.error(status, 'not with this key'))
    const { story, ended } = await write(KEYS.slice(0, 2))
    expect(ended.outcome).toBe('complete')
    expect(keysSent()).toEqual(KEYS.slice(0, 2))
    expect(await states()).toEqual([state, 'active'])
    expect((await lastPassage(app, story)).writtenBy?.tokenName).toBe('Key 2')
    await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })
    expect(keysSent()).toEqual([KEYS[0], KEYS[1], KEYS[1]])
  })

  it('lets a key rest for as long as the provider asks', async () => {
    fake.answerWith(chatReply.error(429, 'slow down', { 'retry-after': '600' }))
    const before = Date.now()
    await write(KEYS.slice(0, 2))
    const until = Date.parse((await app.ask('tokens.list', {}))[0]?.coolingUntil ?? '')
    expect(until).toBeGreaterThanOrEqual(before + 600_000)
    expect(until).toBeLessThanOrEqual(Date.now() + 600_000)
  })

  it('never goes on to the next one after text has come', async () => {
    fake.answerWith(chatReply.errorInStream(['The door '], { message: 'slow down', code: 429 }))
    const { story, ended } = await write(KEYS)
    expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'provider_rate_limited' } })
    expect(keysSent()).toEqual([KEYS[0]])
    expect((await lastPassage(app, story)).text).toBe('The door ')
    expect(await states()).toEqual(['cooling', 'unknown', 'unknown'])
  })

  it('says why the last one failed when none is left, and asks nobody after that', async () => {
    fake.alwaysAnswerWith(chatReply.error(401, 'no'))
    const { story, ended } = await write(KEYS)
    expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'provider_unauthorized' } })
    expect(keysSent()).toEqual(KEYS)
    const refused = await app.refusal('turns.start', { storyId: story.id, kind: 'retry' })
    expect(refused).toMatchObject({
      code: 'token_none_usable',
      details: { names: KEYS.map((_, at) => `Key ${at + 1}`), reason: 'invalid' },
    })
    for (const key of KEYS) expect(JSON.stringify([ended, app.events, refused])).not.toContain(key)
  })

  it('goes round when the strategy says so', async () => {
    const { story } = await write(KEYS, { tokenStrategy: 'sequential' })
    for (let times = 0; times < 3; times += 1) await app.turn({ storyId: story.id, kind: 'retry' })
    expect(keysSent()).toEqual([...KEYS, KEYS[0]])
  })
})

describe('a call that fails for a while', () => {
  const soon = { 'retry-after': '0' }

  it('is made again as often as the settings say', async () => {
    fake.answerWith(chatReply.error(503, 'busy', soon), chatReply.error(503, 'busy', soon))
    const { ended } = await write([], { retries: 2 })
    expect(ended.outcome).toBe('complete')
    expect(fake.chats()).toHaveLength(3)
  })

  it('is not made again without a word in the settings, nor more often', async () => {
    fake.alwaysAnswerWith(chatReply.error(503, 'busy', soon))
    const { story, ended } = await write([])
    expect(ended.error).toMatchObject({ code: 'provider_overloaded', retryable: true })
    expect(fake.chats()).toHaveLength(1)
    const preset = await app.ask('presets.get', { id: story.presetId })
    const value = placed({ ...preset.roles[MAIN]?.settings, retries: 1 })
    await app.ask('presets.setRole', { id: preset.id, role: MAIN, value })
    await app.turn({ storyId: story.id, kind: 'retry' })
    expect(fake.chats()).toHaveLength(3)
  })

  it('waits for its only key when there is no other', async () => {
    fake.answerWith(chatReply.error(429, 'slow down', soon))
    const { ended } = await write(KEYS.slice(0, 1), { retries: 1 })
    expect(ended.outcome).toBe('complete')
    expect(await states()).toEqual(['active'])
  })

  it('does not wait for longer than half a minute, nor ask before the provider wants to be asked', async () => {
    fake.alwaysAnswerWith(chatReply.error(429, 'slow down', { 'retry-after': '3600' }))
    const { ended } = await write(KEYS.slice(0, 1), { retries: 3 })
    expect(ended.error).toMatchObject({ code: 'provider_rate_limited' })
    expect(fake.chats()).toHaveLength(1)
  })

  it('is not made again when the fault is in the request', async () => {
    fake.alwaysAnswerWith(chatReply.error(400, 'no'))
    await write([], { retries: 5 })
    expect(fake.chats()).toHaveLength(1)
  })

  it('can be stopped while it waits', async () => {
    fake.alwaysAnswerWith(chatReply.error(503, 'busy', { 'retry-after': '20' }))
    const story = await storyWith(app, { ...(await fakeProvider(app, fake.url)), retries: 5 })
    const { turnId } = await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    const request = await fake.nextRequest('/chat/completions')
    await request.ended
    await app.ask('turns.stop', { storyId: story.id })
    const ended = await app.event('turn.ended', (payload) => payload.turnId === turnId)
    expect(ended).toMatchObject({ outcome: 'stopped', error: null })
    expect(fake.chats()).toHaveLength(1)
  })
})

describe('what a call sends', () => {
  it('is what was set, and nothing else', async () => {
    await write([], { samplers: { temperature: 0.5, max_tokens: 50 }, custom: { my_field: { deep: [1] } } })
    const { messages: _messages, ...sent } = z.looseObject({ messages: z.unknown() }).parse(fake.chats()[0])
    expect(sent).toEqual({
      model: 'fake-model',
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.5,
      max_tokens: 50,
      my_field: { deep: [1] },
    })
  })

  it('leaves out what the model does not take, and says so', async () => {
    const settings = await fakeProvider(app, fake.url)
    fake.answerAt('/models', {
      status: 200,
      headers: { 'content-type': 'application/json' },
      steps: [JSON.stringify({ data: [{ id: 'fake-model', supported_parameters: ['temperature', 'max_tokens'] }] })],
    })
    await app.ask('models.refresh', { providerId: settings.providerId })
    const story = await storyWith(app, { ...settings, samplers: { temperature: 0.5, seed: 3 } })
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(fake.chats()[0]).not.toHaveProperty('seed')
    expect(fake.chats()[0]).toHaveProperty('temperature', 0.5)
    expect((await lastPassage(app, story)).writtenBy?.dropped).toEqual(['seed'])
  })

  it('always tells Ollama the context length, wide enough for the story', async () => {
    const ollama = await startFakeOllama()
    onTestFinished(() => ollama.stop())
    const { id: providerId } = await providerOf(app, 'ollama')
    const server = await app.ask('servers.add', { name: 'Mine', url: ollama.url })
    await app.ask('servers.check', { id: server.id })
    const Sent = z.looseObject({ options: z.looseObject({ num_ctx: z.number() }) })
    const story = await storyWith(app, { providerId, model: 'llama-test:8b' })
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    await app.turn({ storyId: story.id, kind: 'send', text: 'I walk on and on. '.repeat(3000) })
    const narrow = await storyWith(app, { providerId, model: 'llama-test:8b', samplers: { num_ctx: 2048 } })
    await app.turn({ storyId: narrow.id, kind: 'send', text: 'Go.' })
    expect(ollama.chats().map((body) => Sent.parse(body).options.num_ctx)).toEqual([8192, 32_768, 2048])
  })
})

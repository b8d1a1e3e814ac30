import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { StageId, type ProviderId } from '@contract/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { ended, made, request } from '@test/helpers/media-stage'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'

const POEM = StageId.parse('poem')
const KEYS = ['sk-first-0123456789abcd', 'sk-second-0123456789abc'] as const

let app: TestCore
let fake: FakeOpenAi
let openAi: ProviderId
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  fake = await startFakeOpenAi({ keys: KEYS, models: ['gpt-5', 'gpt-5-mini'] })
  onTestFinished(() => fake.stop())
  openAi = (await providerOf(app, 'openai')).id
  await app.ask('providers.update', { id: openAi, patch: { baseUrl: fake.url } })
  await app.ask('tokens.add', { providerId: openAi, name: 'First', secret: KEYS[0] })
  const key = { name: 'Second', secret: KEYS[1] }
  const settings = { form: 'haiku', wishes: 'About the tide.', max_tokens: 300 }
  await app.ask('stages.save', { id: POEM, providerId: openAi, key, model: 'gpt-5-mini', settings })
})

const asked = request(POEM, { text: 'The tide came in and took the boat.' })

it('a poem is written by the model and with the key of its stage, word by word, and costs one row in the ledger', async () => {
  const gate = createGate()
  fake.answerWith(
    chatReply.stream(
      ['Low tide', gate, '\n\nThe boat lies on sand.\n', 'A rope goes down to nothing.\nThe gulls walk around.'],
      {
        usage: { prompt_tokens: 400, completion_tokens: 30 },
      }
    )
  )
  const { id } = await app.ask('media.make', { ...asked, settings: { wishes: 'About the rope.' } })
  await gate.reached
  const half = await app.event('job.progress', ({ progress }) => progress['words'] === 'Low tide')
  expect(half.progress).toMatchObject({ phase: 'making', done: null })
  gate.open()
  const poem = await ended(app, id)
  expect(poem).toMatchObject({
    state: 'complete',
    title: 'Low tide',
    words: 'The boat lies on sand.\nA rope goes down to nothing.\nThe gulls walk around.',
    provider: 'OpenAI',
    model: 'gpt-5-mini',
    tokenName: 'Second',
    file: null,
  })
  const [sent] = fake.requestsTo('/chat/completions')
  expect(sent?.headers['authorization']).toBe(`Bearer ${KEYS[1]}`)
  expect(sent?.body).toMatchObject({ model: 'gpt-5-mini', max_completion_tokens: 300 })
  expect(JSON.stringify(sent?.body)).toMatch(/Form: haiku[\s\S]*<passage>[\s\S]*took the boat[\s\S]*About the rope\./)
  const { calls } = await app.ask('usage.calls', { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' })
  expect(calls).toMatchObject([
    { purpose: { kind: 'media', stage: POEM, storyId: null }, tokenName: 'Second', inputTokens: 400, outputTokens: 30 },
  ])
})

it('no other key steps in where that of the stage is out of credit', async () => {
  fake.answerWith(chatReply.error(402, { message: 'No credit left', code: 'insufficient_quota' }))
  const broke = await made(app, asked)
  expect(broke).toMatchObject({ state: 'failed', error: { code: 'provider_payment_required' }, words: '' })
  expect(fake.requestsTo('/chat/completions').map(({ headers }) => headers['authorization'])).toEqual([
    `Bearer ${KEYS[1]}`,
  ])
  // The key is out: that is said before the next one is made.
  expect(await app.refusal('media.plan', asked)).toMatchObject({ code: 'token_none_usable' })
})

it('a poem that was stopped is written anew, and one that its provider refuses says so', async () => {
  const gate = createGate()
  fake.answerWith(
    chatReply.stream(['Low ', gate, 'tide']),
    chatReply.error(400, { message: 'Not this', code: 'content_policy_violation' })
  )
  const { id } = await app.ask('media.make', asked)
  await gate.reached
  await app.ask('media.stop', { id })
  expect(await ended(app, id)).toMatchObject({ state: 'stopped', words: '' })
  gate.open()
  await app.ask('media.retry', { id })
  expect(await ended(app, id)).toMatchObject({ state: 'failed', error: { code: 'provider_refused' } })
  await app.ask('media.retry', { id })
  expect(await ended(app, id)).toMatchObject({ state: 'complete', error: null })
})

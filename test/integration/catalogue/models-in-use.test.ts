import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import type { ModelSettings } from '@contract/entities/model-config'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { openRouterList, openRouterRow } from '@test/helpers/openrouter-list'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { lastPassage, providerOf, storyWith } from '@test/helpers/test-story'

/** Rows of the list: one that always thinks, and one that can be told not to. */
const [MANDATORY, OPTIONAL] = [openRouterRow(6).id, openRouterRow(3).id]

let app: TestCore
let fake: FakeOpenAi
let openRouter: ModelSettings

beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  fake = await startFakeOpenAi({ models: openRouterList(30), embeddingModels: [] })
  onTestFinished(() => fake.stop())
  const { id: providerId } = await providerOf(app, 'openrouter')
  await app.ask('providers.update', { id: providerId, patch: { baseUrl: fake.url } })
  await app.ask('tokens.add', { providerId, name: 'Mine', secret: 'sk-or-0123456789' })
  openRouter = { providerId }
})

const Sent = z.looseObject({ reasoning: z.record(z.string(), z.unknown()).optional() })

/** What is sent about thinking, and what the passage says was left out. */
async function write(model: string, more: ModelSettings) {
  const story = await storyWith(app, { ...openRouter, model, ...more })
  await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  const { reasoning } = Sent.parse(fake.chats().at(-1))
  return { reasoning, dropped: (await lastPassage(app, story)).writtenBy?.dropped }
}

describe('a new key', () => {
  it('brings the models of its provider, without being asked for', async () => {
    const request = await fake.nextRequest('/v1/models')
    expect(request.headers['authorization']).toBe('Bearer sk-or-0123456789')
  })
})

describe('a model that always thinks', () => {
  beforeEach(async () => {
    await app.ask('models.refresh', { providerId: (await providerOf(app, 'openrouter')).id })
  })

  it('is never told not to, and the writer is told that it was not', async () => {
    expect(await write(MANDATORY, { samplers: { reasoning_effort: 'none' } })).toEqual({
      reasoning: undefined,
      dropped: ['reasoning_effort'],
    })
    expect(await write(OPTIONAL, { samplers: { reasoning_effort: 'none' } })).toEqual({
      reasoning: { effort: 'none' },
      dropped: [],
    })
  })

  it('is not told by a parameter of the user’s own either, nor by one for all requests', async () => {
    const patch = { extraBody: { reasoning: { enabled: false, exclude: true } } }
    await app.ask('providers.update', { id: (await providerOf(app, 'openrouter')).id, patch })
    expect(await write(MANDATORY, { custom: { reasoning: { effort: 'none' } } })).toEqual({
      reasoning: { exclude: true },
      dropped: ['reasoning.effort'],
    })
  })

  it('still thinks as much as it is told', async () => {
    expect((await write(MANDATORY, { samplers: { reasoning_effort: 'low' } })).reasoning).toEqual({ effort: 'low' })
  })
})

describe('a model that cannot be used', () => {
  const start = async (model: string) => {
    const story = await storyWith(app, { ...openRouter, model })
    return { storyId: story.id, kind: 'send' as const, text: 'Go.' }
  }

  it('because it is switched off is refused before anything is sent, and works once it is on again', async () => {
    await app.ask('models.refresh', { providerId: (await providerOf(app, 'openrouter')).id })
    const id = (await app.ask('models.list', {})).find(({ model }) => model === OPTIONAL)?.id ?? ''
    await app.ask('models.update', { id, patch: { enabled: false } })
    const turn = await start(OPTIONAL)
    expect(await app.refusal('turns.start', turn)).toMatchObject({
      code: 'model_disabled',
      details: { model: openRouterRow(3).name, provider: 'OpenRouter' },
    })
    expect(fake.chats()).toEqual([])
    await app.ask('models.update', { id, patch: { enabled: true } })
    expect(await app.turn(turn)).toMatchObject({ outcome: 'complete' })
  })

  it('because the provider does not know it is a clear error', async () => {
    fake.answerWith(chatReply.error(400, { message: 'no/such is not a valid model ID', code: 400 }))
    expect(await app.turn(await start('no/such'))).toMatchObject({
      outcome: 'failed',
      error: { code: 'model_not_found', details: { model: 'no/such' } },
    })
  })
})

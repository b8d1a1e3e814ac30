import { expect, it } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Story } from '@contract/entities/story'
import { ProviderError } from '@contract/errors'
import { chatReply } from '@test/helpers/chat-reply'
import { jsonReply } from '@test/helpers/fake-server'
import { lastPassage } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

const refuses = (name: string) =>
  chatReply.error(400, {
    message: `Unsupported parameter: '${name}' is not supported with this model.`,
    type: 'invalid_request_error',
    param: name,
    code: 'unsupported_parameter',
  })

async function stageWith(settings: ModelSettings): Promise<TurnStage & { it: Story }> {
  const stage = await openStage()
  const story = await stage.story(settings)
  const [provider] = (await stage.app.ask('providers.list', {})).filter(({ name }) => name === 'Fake')
  if (!provider) throw new Error('The provider is missing')
  await stage.app.ask('models.refresh', { providerId: provider.id })
  return { ...stage, it: story }
}

const write = (stage: TurnStage, { id }: Story) => stage.app.turn({ storyId: id, kind: 'send', text: 'Go on.' })

const fakeModel = async ({ app }: TurnStage) =>
  (await app.ask('models.list', {})).find(({ model }) => model === 'fake-model')

it('makes the call again at once without a setting that the provider refuses by name, says so, and remembers it', async () => {
  const stage = await stageWith({ samplers: { temperature: 0.5, top_k: 40, max_tokens: 200 } })
  stage.fake.answerWith(refuses('top_k'))
  await write(stage, stage.it)
  expect(stage.fake.chats()).toMatchObject([
    { temperature: 0.5, top_k: 40, max_tokens: 200 },
    { temperature: 0.5, max_tokens: 200 },
  ])
  expect(stage.fake.chats()[1]).not.toHaveProperty('top_k')
  expect((await lastPassage(stage.app, stage.it)).writtenBy?.dropped).toEqual(['top_k'])
  expect(await fakeModel(stage)).toMatchObject({ refused: ['top_k'] })

  // The next call does not ask for it any more.
  await write(stage, stage.it)
  expect(stage.fake.chats()).toHaveLength(3)
  expect(stage.fake.chats()[2]).not.toHaveProperty('top_k')
  expect((await lastPassage(stage.app, stage.it)).writtenBy?.dropped).toEqual(['top_k'])
})

it('leaves out one after the other, custom parameters too', async () => {
  const stage = await stageWith({ samplers: { top_k: 40, min_p: 0.1 }, custom: { mirostat: 2 } })
  stage.fake.answerWith(refuses('min_p'), refuses('top_k'), refuses('mirostat'))
  await write(stage, stage.it)
  expect(stage.fake.chats()).toHaveLength(4)
  expect((await lastPassage(stage.app, stage.it)).writtenBy?.dropped.toSorted()).toEqual(['min_p', 'mirostat', 'top_k'])
})

it.each([
  ['a limit of length', { samplers: { max_tokens: 200 } }, 'max_tokens'],
  ['where to stop', { samplers: { stop: ['THE END'] } }, 'stop'],
  ['a limit of cost that stands among custom parameters', { custom: { max_price: { prompt: 1 } } }, 'max_price'],
  ['what the shape of the answer depends on', { custom: { guided_json: { type: 'object' } } }, 'guided_json'],
])('does not make the call without %s', async (_what, settings, name) => {
  const stage = await stageWith({ ...settings, retries: 0 })
  stage.fake.answerWith(refuses(name))
  expect(await write(stage, stage.it)).toMatchObject({
    outcome: 'failed',
    error: { code: ProviderError.RequestRejected },
  })
  expect(stage.fake.chats()).toHaveLength(1)
  expect(await fakeModel(stage)).toMatchObject({ refused: [] })
})

it('remembers no conflict of two settings as a refusal of one', async () => {
  const stage = await stageWith({ samplers: { temperature: 0.5, top_p: 0.9 } })
  stage.fake.answerWith(
    chatReply.error(400, '`temperature` and `top_p` cannot both be specified for this model. Please use only one.')
  )
  await write(stage, stage.it)
  expect(stage.fake.chats()[1]).not.toHaveProperty('top_p')
  expect(await fakeModel(stage)).toMatchObject({ refused: [] })
})

it('forgets a refusal when the provider lists other facts about the model', async () => {
  const stage = await stageWith({ samplers: { top_k: 40 } })
  stage.fake.answerWith(refuses('top_k'))
  await write(stage, stage.it)
  const before = await fakeModel(stage)
  if (!before) throw new Error('The model is missing')
  await stage.app.ask('models.refresh', { providerId: before.providerId })
  expect(await fakeModel(stage)).toMatchObject({ refused: ['top_k'] })
  const changed = { id: 'fake-model', context_length: 64_000 }
  stage.fake.answerAt('/models', jsonReply({ data: [changed] }))
  await stage.app.ask('models.refresh', { providerId: before.providerId })
  expect(await fakeModel(stage)).toMatchObject({ contextLength: 64_000, refused: [] })
})

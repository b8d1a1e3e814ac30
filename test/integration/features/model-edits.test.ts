import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Model } from '@contract/entities/model'
import type { ProviderId } from '@contract/ids'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

let core: TestCore
let fake: FakeOpenAi
let providerId: ProviderId

beforeEach(async () => {
  core = await startTestCore()
  fake = await startFakeOpenAi({ models: ['story-1'] })
  const created = await core.ask('providers.create', { name: 'Own', baseUrl: fake.url, keyRequired: false })
  providerId = created.id
  await core.ask('models.refresh', { providerId })
})

afterEach(async () => {
  await core.close()
  await fake.stop()
})

const listed = async (): Promise<Model> => {
  const model = (await core.ask('models.list', {})).find((each) => each.providerId === providerId)
  if (!model) throw new Error('The model is not listed')
  return model
}

it('keeps a name of the user’s through a sync, and gives it back to the provider when they say so', async () => {
  const { id } = await listed()
  await core.ask('models.update', { id, patch: { name: 'My narrator', contextLength: 32_000 } })
  await core.ask('models.refresh', { providerId })
  expect(await listed()).toMatchObject({ name: 'My narrator', edited: ['name', 'contextLength'] })
  await core.ask('models.update', { id, patch: { name: null } })
  expect(await listed()).toMatchObject({ name: 'story-1', contextLength: 32_000, edited: ['contextLength'] })
})

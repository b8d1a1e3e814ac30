import { expect, it, onTestFinished } from 'vitest'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { startTestCore } from '@test/helpers/test-core'
import { providerOf, storyWith } from '@test/helpers/test-story'

it('the cast of a story calls models as the user does, and says that a server is away as long as it is', async () => {
  const app = await startTestCore()
  onTestFinished(() => app.close())
  const ollama = await startFakeOllama()
  let isAway = false
  onTestFinished(() => (isAway ? undefined : ollama.stop()))
  const { id: providerId } = await providerOf(app, 'ollama')
  const server = await app.ask('servers.add', { name: 'Attic', url: ollama.url })
  await app.ask('servers.check', { id: server.id })
  const [model] = (await app.ask('models.list', { providerId })).filter((one) => one.model === 'llama-test:8b')
  await app.ask('models.update', { id: model?.id ?? '', patch: { name: 'My llama' } })
  const story = await storyWith(app, { providerId, model: 'llama-test:8b' })
  const main = async () => (await app.ask('stories.cast', { id: story.id })).find(({ role }) => role === 'main')
  expect(await main()).toMatchObject({ model: 'llama-test:8b', modelName: 'My llama', problem: null })
  await ollama.stop()
  isAway = true
  await app.refusal('servers.check', { id: server.id })
  expect(await main()).toMatchObject({ modelName: 'My llama', problem: { code: 'provider_unreachable' } })
  await app.ask('models.update', { id: model?.id ?? '', patch: { enabled: false } })
  expect(await main()).toMatchObject({ modelName: 'My llama', problem: { code: 'model_disabled' } })
})

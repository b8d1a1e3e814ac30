import { expect, it, onTestFinished } from 'vitest'
import type { FallbackPolicy } from '@contract/entities/preset'
import type { ModelConfigId, StoryId } from '@contract/ids'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, providerOf, storyWith } from '@test/helpers/test-story'

const PASSPHRASE = 'correct horse battery staple'

/** A core whose keys are locked since it started: they wait for a passphrase. */
async function lockedApp(prepare: (app: TestCore) => Promise<StoryId>): Promise<{ app: TestCore; storyId: StoryId }> {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const options = { dataDir: folder.path, environment: { FABULA_VAULT_KEY: undefined } }
  const before = await startTestCore(options)
  await before.ask('vault.create', { kind: 'passphrase', passphrase: PASSPHRASE })
  const storyId = await prepare(before)
  await before.close()
  const app = await startTestCore(options)
  onTestFinished(() => app.close())
  expect(await app.ask('vault.status', {})).toMatchObject({ state: 'locked' })
  return { app, storyId }
}

/** A story whose keys are needed, with a model elsewhere and one of this computer behind it. */
async function storyWithBackups(app: TestCore, policy: Partial<FallbackPolicy>): Promise<StoryId> {
  const remote = await startFakeOpenAi()
  onTestFinished(() => remote.stop())
  const ollama = await startFakeOllama()
  onTestFinished(() => ollama.stop())
  const { id: ollamaId } = await providerOf(app, 'ollama')
  const server = await app.ask('servers.add', { name: 'Mine', url: ollama.url })
  await app.ask('servers.check', { id: server.id })
  const own = await fakeProvider(app, remote.url, { name: 'Cloud', keys: ['sk-first-0123456789'] })
  const { providerId: farId } = await fakeProvider(app, 'http://models.invalid/v1', { name: 'Far' })
  const errors: ModelConfigId[] = []
  for (const settings of [
    { providerId: farId, model: 'elsewhere' },
    { providerId: ollamaId, model: 'llama-test:8b' },
  ])
    errors.push((await app.ask('modelConfigs.create', { name: settings.model, kind: 'chat', settings })).id)
  const story = await storyWith(app, own)
  const { fallback } = await app.ask('presets.get', { id: story.presetId })
  const chains = { ...fallback.chains, errors }
  await app.ask('presets.update', { id: story.presetId, patch: { fallback: { ...fallback, chains, ...policy } } })
  return story.id
}

const models = async (app: TestCore, storyId: StoryId) => {
  const { turnId, error } = await app.turn({ storyId, kind: 'send', text: 'Go.' })
  const calls = await app.ask('usage.ofTurn', { turnId })
  return { error: error?.code ?? null, calls: calls.map(({ model, outcome }) => `${model} ${outcome}`) }
}

it('a locked vault keeps the story waiting, whatever the backup models are', async () => {
  const { app, storyId } = await lockedApp((before) => storyWithBackups(before, {}))
  expect(await models(app, storyId)).toEqual({ error: 'vault_locked', calls: ['fake-model failed'] })
})

it('a model of this computer steps in meanwhile where the writer allows it, and no other one', async () => {
  const { app, storyId } = await lockedApp((before) => storyWithBackups(before, { localWhenLocked: true }))
  expect(await models(app, storyId)).toEqual({ error: null, calls: ['fake-model failed', 'llama-test:8b complete'] })
  await app.ask('vault.unlock', { passphrase: PASSPHRASE })
  expect(await models(app, storyId)).toEqual({ error: null, calls: ['fake-model complete'] })
})

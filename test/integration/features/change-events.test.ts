import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { EventPayload } from '@contract/events'
import { RoleId } from '@contract/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, fakeProvider, placed, presetWith, providerOf, storyWith } from '@test/helpers/test-story'

const MAIN = RoleId.parse('main')

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
})

/** The rows that some work changed, by topic; a topic without rows would make every list ask for all of it. */
async function changedBy(work: () => Promise<unknown>): Promise<EventPayload<'data.changed'>['only']> {
  const before = app.events.length
  await work()
  const rows: EventPayload<'data.changed'>['only'] = {}
  for (const event of app.events.slice(before)) {
    if (event.name !== 'data.changed') continue
    const { topics, only } = event.payload
    expect(topics.toSorted()).toEqual(Object.keys(only).toSorted())
    for (const topic of Object.keys(only)) Object.assign(rows, { [topic]: Reflect.get(only, topic) })
  }
  return rows
}

describe('a change names its rows', () => {
  it('of presets, and of the reusable settings they use', async () => {
    const settings = await demoSettings(app)
    const { providerId = '' } = settings
    const provider = (await providerOf(app, 'demo')).id
    expect(providerId).toBe(provider)
    const config = await app.ask('modelConfigs.create', {
      name: 'House style',
      kind: 'chat',
      settings: { providerId: provider, model: 'demo-novelist' },
    })
    const first = await app.ask('presets.create', { name: 'First' })
    const second = await app.ask('presets.create', { name: 'Second' })
    const value = { ...placed({}), modelConfigId: config.id }
    expect(await changedBy(() => app.ask('presets.setRole', { id: second.id, role: MAIN, value }))).toEqual({
      presets: [second.id],
      modelConfigs: [config.id],
    })
    expect(await changedBy(() => app.ask('presets.setDefault', { id: second.id }))).toEqual({
      presets: [first.id, second.id],
    })
    const story = await app.ask('stories.create', { language: 'en', presetId: second.id })
    expect(await changedBy(() => app.ask('presets.update', { id: second.id, patch: { name: 'Renamed' } }))).toEqual({
      presets: [second.id],
      modelConfigs: [config.id],
      stories: [story.id],
    })
    expect(await changedBy(() => app.ask('stories.delete', { id: story.id }))).toEqual({
      stories: [story.id],
      presets: [second.id],
    })
  })

  it('of a key and of all that named it', async () => {
    const fake = await startFakeOpenAi()
    onTestFinished(() => fake.stop())
    const settings = await fakeProvider(app, fake.url, { keys: ['sk-one', 'sk-two'] })
    const [first] = settings.tokenIds
    if (!first) throw new Error('There is no key')
    expect(await changedBy(() => app.ask('tokens.rename', { id: first, name: 'Mine' }))).toEqual({ tokens: [first] })
    const preset = await presetWith(app, settings)
    expect(await changedBy(() => app.ask('tokens.delete', { id: first }))).toEqual({
      tokens: [first],
      presets: [preset.id],
    })
    // Keys hold for one address.
    expect(
      await changedBy(() =>
        app.ask('providers.update', { id: settings.providerId, patch: { baseUrl: 'http://127.0.0.1:9/v1' } })
      )
    ).toEqual({ providers: [settings.providerId], tokens: settings.tokenIds.slice(1) })
  })

  it('of servers and their models', async () => {
    const add = (name: string, port: number) => app.ask('servers.add', { name, url: `http://127.0.0.1:${port}` })
    const [cellar, attic] = [await add('Cellar', 9), await add('Attic', 7)]
    expect(await changedBy(() => app.ask('servers.setDefault', { id: attic.id }))).toEqual({
      servers: [attic.id, cellar.id],
    })
    const { id: providerId } = await providerOf(app, 'ollama')
    const model = { providerId, serverId: attic.id, model: 'qwen', kind: 'chat' as const }
    const made = await app.ask('models.create', model)
    expect(await changedBy(() => app.ask('models.update', { id: made.id, patch: { enabled: false } }))).toEqual({
      models: [made.id],
    })
    expect(await changedBy(() => app.ask('servers.delete', { id: attic.id }))).toEqual({
      servers: [attic.id, cellar.id],
      models: [made.id],
    })
  })

  it('of a list that was read: only what is otherwise', async () => {
    const { id: providerId } = await providerOf(app, 'demo')
    expect(await changedBy(() => app.ask('models.refresh', { providerId }))).toEqual({ modelLists: [providerId] })
  })

  it('of the ledger by the turn, and of what is brought back from the bin', async () => {
    const fake = await startFakeOpenAi()
    onTestFinished(() => fake.stop())
    fake.answerWith(chatReply.whole('A door.'))
    const story = await storyWith(app, await fakeProvider(app, fake.url))
    let turnId = ''
    const rows = await changedBy(async () => {
      turnId = (await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).turnId
    })
    expect(rows.usage).toEqual([turnId])

    const preset = await app.ask('presets.create', { name: 'Gone' })
    await app.ask('presets.delete', { id: preset.id })
    expect(await changedBy(() => app.ask('bin.restore', { kind: 'preset', id: preset.id }))).toEqual({
      presets: [preset.id],
    })
    await app.ask('presets.delete', { id: preset.id })
    expect(await changedBy(() => app.ask('bin.delete', { kind: 'preset', id: preset.id }))).toEqual({
      bin: [preset.id],
    })
  })
})

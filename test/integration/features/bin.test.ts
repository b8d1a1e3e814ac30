import { beforeEach, describe, expect, it } from 'vitest'
import type { BinItem } from '@contract/entities/bin'
import { RoleId } from '@contract/ids'
import { fakeProvider, presetWith, passagesOf } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'
import { chatReply } from '@test/helpers/chat-reply'

const MAIN = RoleId.parse('main')

let stage: TurnStage
beforeEach(async () => {
  stage = await openStage()
})
const ask: TurnStage['app']['ask'] = (route, input) => stage.app.ask(route, input)
const bin = async () => (await ask('bin.list', {})).map(({ kind, name }) => [kind, name])
const item = async (kind: BinItem['kind']) => {
  const found = (await ask('bin.list', {})).find((one) => one.kind === kind)
  if (!found) throw new Error(`The bin has no ${kind}`)
  return { kind: found.kind, id: found.id }
}

describe('the bin', () => {
  it('keeps a deleted provider with its keys sealed and unusable, and gives all of it back', async () => {
    const secret = 'sk-the-only-one-of-its-kind'
    const { providerId } = await fakeProvider(stage.app, stage.fake.url, { name: 'Mine', keys: [secret] })
    await ask('models.create', { providerId, model: 'by-hand', kind: 'chat' })
    const [token] = (await ask('tokens.list', {})).filter((one) => one.providerId === providerId)
    await ask('providers.delete', { id: providerId })
    expect(await bin()).toEqual([['provider', 'Mine']])
    expect((await ask('tokens.list', {})).some((one) => one.providerId === providerId)).toBe(false)
    expect((await ask('models.list', {})).some((one) => one.providerId === providerId)).toBe(false)
    expect(await stage.app.refusal('tokens.check', { id: token?.id })).toMatchObject({ code: 'not_found' })

    const before = await ask('bin.list', {})
    expect(before[0]).toMatchObject({ daysLeft: 30 })
    expect(await ask('bin.restore', await item('provider'))).toEqual({ name: 'Mine', also: [] })
    expect((await ask('tokens.list', {})).find((one) => one.providerId === providerId)).toEqual(token)
    expect((await ask('models.list', {})).some((one) => one.model === 'by-hand')).toBe(true)
    expect(await bin()).toEqual([])
  })

  it('gives a name back with a number when it was taken meanwhile', async () => {
    const settings = await fakeProvider(stage.app, stage.fake.url, { name: 'Mine' })
    const make = () => ask('modelConfigs.create', { name: 'Quick', kind: 'chat', settings })
    const config = await make()
    await ask('modelConfigs.delete', { id: config.id })
    await make()
    expect(await ask('bin.restore', await item('modelConfig'))).toMatchObject({ name: 'Quick (2)' })
    expect((await ask('modelConfigs.list', {})).map(({ name }) => name)).toEqual(['Quick', 'Quick (2)'])

    const { id } = await fakeProvider(stage.app, stage.fake.url, { name: 'Other' }).then(({ providerId }) => ({
      id: providerId,
    }))
    await ask('providers.delete', { id })
    await fakeProvider(stage.app, stage.fake.url, { name: 'Other' })
    expect(await ask('bin.restore', await item('provider'))).toMatchObject({ name: 'Other (2)' })
  })

  it('brings back with a preset the settings and the provider that it cannot be without', async () => {
    const settings = await fakeProvider(stage.app, stage.fake.url, { name: 'Mine' })
    const config = await ask('modelConfigs.create', { name: 'Quick', kind: 'chat', settings })
    const preset = await ask('presets.create', {
      name: 'Slow',
      roles: { main: { enabled: true, modelConfigId: config.id, settings: {} } },
    })
    await ask('presets.delete', { id: preset.id })
    await ask('modelConfigs.delete', { id: config.id })
    await ask('providers.delete', { id: settings.providerId })
    expect(await ask('bin.restore', await item('preset'))).toEqual({ name: 'Slow', also: ['Mine', 'Quick'] })
    const back = await ask('presets.get', { id: preset.id })
    expect(back.roles[MAIN]).toMatchObject({ modelConfigId: config.id })
    expect(await bin()).toEqual([])
  })

  it('gives nothing back that would refer to what is gone for good', async () => {
    const settings = await fakeProvider(stage.app, stage.fake.url, { name: 'Mine' })
    const preset = await presetWith(stage.app, settings)
    await ask('presets.delete', { id: preset.id })
    await ask('providers.delete', { id: settings.providerId })
    await ask('bin.delete', await item('provider'))
    expect(await stage.app.refusal('bin.restore', await item('preset'))).toMatchObject({
      code: 'bin_needs_gone',
      details: { name: preset.name },
    })
    expect(await bin()).toEqual([['preset', preset.name]])
  })

  it('has the passages of stories that are there, each with its story', async () => {
    const story = await stage.story()
    stage.fake.answerWith(chatReply.stream(['The lamp went out.']))
    await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I wait.' })
    const [line, passage] = await passagesOf(stage.app, story)
    await ask('messages.delete', { id: passage?.id ?? '' })
    expect(await ask('bin.list', {})).toMatchObject([
      { kind: 'passage', name: 'The lamp went out.', storyTitle: story.title },
    ])
    await ask('bin.restore', await item('passage'))
    expect(await passagesOf(stage.app, story)).toHaveLength(2)

    // For good: its words are gone everywhere, and the place of the one that others stand after stays.
    await ask('messages.edit', { id: line?.id ?? '', text: 'I waited.' })
    await ask('messages.delete', { id: line?.id ?? '' })
    await ask('bin.delete', await item('passage'))
    expect(await stage.app.refusal('messages.restore', { id: line?.id })).toMatchObject({ code: 'not_found' })
    expect((await passagesOf(stage.app, story)).map(({ text }) => text)).toEqual(['The lamp went out.'])
    expect(await ask('stories.undo', { id: story.id })).toBeNull()
    expect(await bin()).toEqual([])
  })

  it('has stories, and is emptied at once', async () => {
    const story = await stage.story()
    await ask('stories.delete', { id: story.id })
    expect(await bin()).toEqual([['story', story.title]])
    await ask('bin.restore', await item('story'))
    expect((await ask('stories.list', {})).map(({ id }) => id)).toContain(story.id)
    await ask('stories.delete', { id: story.id })
    await ask('bin.empty', {})
    expect(await bin()).toEqual([])
    expect(await stage.app.refusal('stories.restore', { id: story.id })).toMatchObject({ code: 'not_found' })
  })
})

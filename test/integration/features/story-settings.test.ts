import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StorySettings } from '@contract/entities/effective'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Preset } from '@contract/entities/preset'
import type { Story } from '@contract/entities/story'
import { RoleId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, placed, providerOf } from '@test/helpers/test-story'

const main = RoleId.parse('main')
const storyteller = RoleId.parse('storyteller')

let app: TestCore
let fake: FakeOpenAi
let settings: ModelSettings
let preset: Preset
let story: Story

const newStory = () => app.ask('stories.create', { language: 'en', presetId: preset.id })
const override = (changes: Record<string, JsonValue>, role = main, id = story.id) =>
  app.ask('stories.override', { id, role, changes })
const view = (from: StorySettings, role = main) => {
  const found = from.roles.find((one) => one.role === role)
  if (!found) throw new Error(`No role ${role}`)
  return found
}
const setPreset = (more: ModelSettings) =>
  app.ask('presets.setRole', { id: preset.id, role: main, value: placed({ ...settings, ...more }) })
const lastChat = () => fake.chats().at(-1)

beforeEach(async () => {
  fake = await startFakeOpenAi({ keys: ['sk-one', 'sk-two'] })
  app = await startTestCore()
  settings = { ...(await fakeProvider(app, fake.url, { keys: ['sk-one', 'sk-two'] })), samplers: { temperature: 0.8 } }
  preset = await app.ask('presets.create', {
    name: 'Gothic, slow',
    roles: { main: placed({ ...settings, samplers: { temperature: 0.8, top_p: 0.9 } }) },
  })
  story = await newStory()
})

afterEach(async () => {
  await app.close()
  await fake.stop()
})

test('a turn sends what the story overrides, and another story of the same preset does not', async () => {
  const other = await newStory()
  await override({ 'samplers.temperature': 0.95, 'samplers.top_p': null, 'samplers.seed': 7 })

  await app.turn({ storyId: story.id, kind: 'send', text: 'It rains.' })
  expect(lastChat()).toMatchObject({ temperature: 0.95, seed: 7 })
  expect(lastChat()).not.toHaveProperty('top_p')

  await app.turn({ storyId: other.id, kind: 'send', text: 'It rains.' })
  expect(lastChat()).toMatchObject({ temperature: 0.8, top_p: 0.9 })
  expect(lastChat()).not.toHaveProperty('seed')
  expect(view(await app.ask('stories.settings', { id: other.id })).overrides).toEqual({})
})

test('every value says where it comes from: model config, preset or story', async () => {
  const { providerId, model, tokenIds } = settings
  if (!providerId || !model) throw new Error('No model')
  const config = await app.ask('modelConfigs.create', {
    name: 'House style',
    kind: 'chat',
    settings: { providerId, model, ...(tokenIds ? { tokenIds } : {}), samplers: { temperature: 0.7, seed: 1 } },
  })
  await app.ask('presets.setRole', {
    id: preset.id,
    role: main,
    value: { enabled: true, modelConfigId: config.id, settings: { samplers: { temperature: 0.8 } } },
  })
  const { fields } = view(await override({ 'samplers.top_p': 0.5 }))
  expect(fields).toMatchObject({
    model: { value: model, origin: 'modelConfig' },
    'samplers.seed': { value: 1, origin: 'modelConfig' },
    'samplers.temperature': { value: 0.8, origin: 'preset' },
    'samplers.top_p': { value: 0.5, origin: 'story' },
  })
  expect(fields).not.toHaveProperty(['samplers.min_p'])
})

test('the preset changed underneath: the override is outdated until it is kept or given back', async () => {
  await override({ 'samplers.temperature': 0.95 })
  await setPreset({ samplers: { temperature: 0.6 } })
  const path = 'samplers.temperature'
  const outdated = view(await app.ask('stories.settings', { id: story.id }))
  expect(outdated.overrides[path]).toEqual({ value: 0.95, base: 0.8, inherited: 0.6, outdated: true })
  expect(outdated.fields[path]).toEqual({ value: 0.95, origin: 'story' })

  const kept = view(await override({ [path]: 0.95 }))
  expect(kept.overrides[path]).toEqual({ value: 0.95, base: 0.6, inherited: 0.6, outdated: false })

  const given = view(await app.ask('stories.resetOverrides', { id: story.id, role: main, paths: [path] }))
  expect(given.overrides).toEqual({})
  expect(given.fields[path]).toEqual({ value: 0.6, origin: 'preset' })
})

test('what the story does not override follows the preset', async () => {
  await override({ 'samplers.seed': 3 })
  await setPreset({ samplers: { temperature: 0.2 } })
  await app.turn({ storyId: story.id, kind: 'send', text: 'Go on.' })
  expect(lastChat()).toMatchObject({ temperature: 0.2, seed: 3 })
})

test('a value set back to what the preset says is no difference any more', async () => {
  await override({ 'samplers.temperature': 0.95 })
  expect(view(await override({ 'samplers.temperature': 0.8 })).overrides).toEqual({})
})

test('reset reaches the fields named, a role, or the whole story, and nothing else', async () => {
  await override({ 'samplers.temperature': 0.95, 'samplers.seed': 3 })
  await override({ enabled: true, 'samplers.temperature': 0.5 }, storyteller)
  const paths = ['samplers.seed']
  const one = await app.ask('stories.resetOverrides', { id: story.id, role: main, paths })
  expect(Object.keys(view(one).overrides)).toEqual(['samplers.temperature'])
  const role = await app.ask('stories.resetOverrides', { id: story.id, role: main })
  expect(view(role).overrides).toEqual({})
  expect(Object.keys(view(role, storyteller).overrides)).toEqual(['enabled', 'samplers.temperature'])
  const all = await app.ask('stories.resetOverrides', { id: story.id })
  expect(all.roles.flatMap(({ overrides }) => Object.keys(overrides))).toEqual([])
})

test('a role can be switched for one story: its step is done there and nowhere else', async () => {
  const other = await newStory()
  await override({ enabled: true }, storyteller)
  await app.turn({ storyId: story.id, kind: 'send', text: 'Begin.' })
  expect(fake.chats()).toHaveLength(2)
  await app.turn({ storyId: other.id, kind: 'send', text: 'Begin.' })
  expect(fake.chats()).toHaveLength(3)
  const refused = await app.refusal('stories.override', { id: story.id, role: 'main', changes: { enabled: false } })
  expect(refused).toMatchObject({ code: 'setting_invalid', details: { path: 'changes.enabled' } })
})

test('another model of another provider leaves the preset’s keys behind, and giving it back brings them again', async () => {
  const demo = await providerOf(app, 'demo')
  await override({ tokenIds: (settings.tokenIds ?? []).toReversed() })
  const away = view(await override({ providerId: demo.id, model: 'demo-novelist' }))
  expect(Object.keys(away.overrides).toSorted()).toEqual(['model', 'providerId'])
  expect(away.fields).not.toHaveProperty('tokenIds')
  const paths = ['providerId', 'model', 'serverId']
  const back = view(await app.ask('stories.resetOverrides', { id: story.id, role: main, paths }))
  expect(back.overrides).toEqual({})
  expect(back.fields['tokenIds']).toEqual({ value: settings.tokenIds, origin: 'preset' })
})

test('another model over a preset’s model config keeps the config, whose other values still come through', async () => {
  const { providerId, model } = settings
  if (!providerId || !model) throw new Error('No model')
  const config = await app.ask('modelConfigs.create', {
    name: 'House style',
    kind: 'chat',
    settings: { providerId, model, samplers: { seed: 1 } },
  })
  const value = { enabled: true, modelConfigId: config.id, settings: { samplers: { temperature: 0.8 } } }
  await app.ask('presets.setRole', { id: preset.id, role: main, value })
  const changed = view(await override({ providerId, model: 'fake-model-large' }))
  expect(Object.keys(changed.overrides)).toEqual(['model'])
  expect(changed.fields['samplers.seed']).toEqual({ value: 1, origin: 'modelConfig' })
  const other = await app.ask('modelConfigs.duplicate', { id: config.id })
  expect(Object.keys(view(await override({ modelConfigId: other.id })).overrides)).toEqual(['model', 'modelConfigId'])
  expect(Object.keys(view(await override({ modelConfigId: config.id })).overrides)).toEqual(['model'])
})

test('keys of another provider that the story chose go when its model is given back', async () => {
  const second = await fakeProvider(app, `${fake.url}/second`, { name: 'Second', keys: ['sk-two'] })
  await override({ providerId: second.providerId, model: second.model, tokenIds: second.tokenIds })
  const paths = ['providerId', 'model', 'serverId']
  const back = view(await app.ask('stories.resetOverrides', { id: story.id, role: main, paths }))
  expect(back.overrides).toEqual({})
  await app.turn({ storyId: story.id, kind: 'send', text: 'Begin.' })
  expect(fake.requestsTo('/chat/completions').at(-1)?.headers['authorization']).toBe('Bearer sk-one')
})

test('a value that the provider’s schema forbids is refused with its path, and nothing of the request is kept', async () => {
  const refused = await app.refusal('stories.override', {
    id: story.id,
    role: 'main',
    changes: { 'samplers.seed': 5, 'samplers.temperature': 99 },
  })
  expect(refused).toMatchObject({ code: 'setting_invalid', details: { path: 'changes.samplers.temperature' } })
  expect(view(await app.ask('stories.settings', { id: story.id })).overrides).toEqual({})
})

test('save as new preset takes along what the story works with; the old preset and its other stories stay', async () => {
  const other = await newStory()
  await override({ 'samplers.temperature': 0.95, 'samplers.top_p': null })
  await override({ enabled: true }, storyteller)
  const created = await app.ask('stories.saveAsPreset', { id: story.id, name: 'Gothic, wild', switchTo: true })
  expect(created.roles[main]?.settings.samplers).toEqual({ temperature: 0.95 })
  expect(created.roles[storyteller]?.enabled).toBe(true)
  expect(created.isDefault).toBe(false)

  const after = await app.ask('stories.settings', { id: story.id })
  expect([after.presetName, ...after.roles.flatMap(({ overrides }) => Object.keys(overrides))]).toEqual([
    'Gothic, wild',
  ])
  expect((await app.ask('stories.settings', { id: other.id })).presetName).toBe('Gothic, slow')
  expect((await app.ask('presets.get', { id: preset.id })).roles[main]?.settings.samplers).toMatchObject({ top_p: 0.9 })
  await app.turn({ storyId: story.id, kind: 'send', text: 'Begin.' })
  const [drafted] = fake.chats()
  expect(drafted).toMatchObject({ temperature: 0.95 })
  expect(drafted).not.toHaveProperty('top_p')
})

test('save as new preset without the switch leaves the story as it was, and a taken name saves nothing', async () => {
  await override({ 'samplers.temperature': 0.95 })
  const before = await app.ask('stories.settings', { id: story.id })
  await app.ask('stories.saveAsPreset', { id: story.id, name: 'Copy', switchTo: false })
  expect(await app.ask('stories.settings', { id: story.id })).toEqual(before)
  const refused = await app.refusal('stories.saveAsPreset', { id: story.id, name: 'gothic, SLOW', switchTo: true })
  expect(refused.code).toBe('name_taken')
  expect(await app.ask('stories.settings', { id: story.id })).toEqual(before)
  expect(await app.ask('presets.list', {})).toHaveLength(2)
})

test('whatever is changed and given back in stories of one preset, none sees what another overrides', async () => {
  const stories = [story, await newStory(), await newStory()]
  const paths = ['samplers.temperature', 'samplers.top_p', 'samplers.seed'] as const
  const step = fc.record({
    which: fc.nat({ max: stories.length - 1 }),
    path: fc.constantFrom(...paths),
    value: fc.option(fc.constantFrom(0, 1), { nil: null }),
    what: fc.constantFrom('set' as const, 'set' as const, 'reset' as const),
  })
  const given: Partial<Record<string, JsonValue>> = { 'samplers.temperature': 0.8, 'samplers.top_p': 0.9 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const said = stories.map(() => new Map<string, JsonValue>())
      for (const { id } of stories) await app.ask('stories.resetOverrides', { id })
      for (const { which, path, value, what } of steps) {
        const { id } = stories[which] ?? story
        if (what === 'reset') await app.ask('stories.resetOverrides', { id, role: main, paths: [path] })
        else await override({ [path]: value }, main, id)
        if (what === 'reset') said[which]?.delete(path)
        else said[which]?.set(path, value)
      }
      for (const [which, { id }] of stories.entries()) {
        const { fields } = view(await app.ask('stories.settings', { id }))
        const expected = paths.map((path) => (said[which]?.has(path) ? said[which].get(path) : (given[path] ?? null)))
        expect(paths.map((path) => fields[path]?.value ?? null)).toEqual(expected)
      }
    }),
    { numRuns: 25 }
  )
})

test('a copy of a story has its differences, and changing the copy does not change the story', async () => {
  await override({ 'samplers.temperature': 0.95 })
  const copy = await app.ask('stories.duplicate', { id: story.id })
  expect(view(await app.ask('stories.settings', { id: copy.id })).fields['samplers.temperature']?.value).toBe(0.95)
  await override({ 'samplers.temperature': 0.1 }, main, copy.id)
  expect(view(await app.ask('stories.settings', { id: story.id })).fields['samplers.temperature']?.value).toBe(0.95)
})

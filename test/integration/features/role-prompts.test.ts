import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Preset, RolePrompt } from '@contract/entities/preset'
import type { Story } from '@contract/entities/story'
import { RoleId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { placed } from '@test/helpers/test-story'
import { exportAll, importFile } from '@test/integration/files/configuration'

const main = RoleId.parse('main')
const inPreset: RolePrompt = {
  text: 'Write {{ story.title }}.',
  madeOf: { language: 'en', digest: '0123456789abcdef' },
}
const inStory: RolePrompt = { text: 'Пиши: {{ story.title }}.', madeOf: null }

let app: TestCore
let preset: Preset
let story: Story
beforeEach(async () => {
  app = await startTestCore()
  preset = await app.ask('presets.create', { name: 'P', roles: { main: { ...placed({}), prompt: inPreset } } })
  story = await app.ask('stories.create', { language: 'en', presetId: preset.id })
})
afterEach(() => app.close())

const override = (value: JsonValue) =>
  app.ask('stories.override', { id: story.id, role: main, changes: { prompt: value } })
const seen = async () => (await app.ask('stories.settings', { id: story.id })).roles.find(({ role }) => role === main)

test('a prompt comes from the preset or the story, and goes back to it', async () => {
  expect((await app.ask('presets.get', { id: preset.id })).roles[main]?.prompt).toEqual(inPreset)
  expect((await seen())?.fields['prompt']).toEqual({ value: inPreset, origin: 'preset' })
  await override(inStory)
  expect(await seen()).toMatchObject({
    fields: { prompt: { value: inStory, origin: 'story' } },
    overrides: { prompt: { value: inStory, base: inPreset, inherited: inPreset, outdated: false } },
  })
  // The story may want the built-in one, whatever the preset says.
  await override(null)
  expect((await seen())?.fields).not.toHaveProperty('prompt')
  await app.ask('stories.resetOverrides', { id: story.id, role: main, paths: ['prompt'] })
  expect((await seen())?.fields['prompt']).toEqual({ value: inPreset, origin: 'preset' })
})

test('the story keeps its own when the preset gets another, and says so', async () => {
  await override(inStory)
  const other = { ...inPreset, text: 'Other.' }
  const value = { ...placed({}), prompt: other }
  expect(await app.ask('presets.effects', { id: preset.id, role: main, value })).toMatchObject([{ keeps: ['prompt'] }])
  await app.ask('presets.setRole', { id: preset.id, role: main, value })
  expect((await seen())?.overrides['prompt']).toMatchObject({ base: inPreset, inherited: other, outdated: true })
})

test('presets are compared by it, copied with it, and made of a story with it', async () => {
  const copy = await app.ask('presets.duplicate', { id: preset.id })
  expect(copy.roles[main]?.prompt).toEqual(inPreset)
  await override(inStory)
  const made = await app.ask('stories.saveAsPreset', { id: story.id, name: 'Made', switchTo: true })
  expect(made.roles[main]?.prompt).toEqual(inStory)
  expect(await app.ask('presets.compare', { a: preset.id, b: made.id })).toContainEqual({
    role: main,
    path: 'prompt',
    a: inPreset,
    b: inStory,
  })
})

test('a preset file carries it', async () => {
  const there = await startTestCore()
  await importFile(there, await exportAll(app))
  const [imported] = await there.ask('presets.list', {})
  if (!imported) throw new Error('Nothing came')
  expect((await there.ask('presets.get', { id: imported.id })).roles[main]?.prompt).toEqual(inPreset)
  await there.close()
})

test('what is no prompt is refused', async () => {
  await expect(override('words')).rejects.toMatchObject({
    shape: { code: 'setting_invalid', details: { path: 'changes.prompt' } },
  })
  const long = { text: 'a'.repeat(60_001), madeOf: null }
  await expect(override(long)).rejects.toMatchObject({ shape: { code: 'setting_invalid' } })
  await expect(
    app.ask('presets.setRole', { id: preset.id, role: main, value: { ...placed({}), prompt: long } })
  ).rejects.toMatchObject({ shape: { code: 'bad_input' } })
})

import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { emptyContent, type TemplateContent } from '@contract/entities/template'
import { ModelConfigId, PresetId, RoleId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, placed, presetWith } from '@test/helpers/test-story'

const MAIN = RoleId.parse('main')
const GUARD = RoleId.parse('guard')

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
})
afterEach(() => void vi.useRealTimers())
const create = (name: string) => app.ask('presets.create', { name })
const defaults = async () => (await app.ask('presets.list', {})).filter(({ isDefault }) => isDefault)

describe('presets', () => {
  it('have a place for every role, and main is always on', async () => {
    const preset = await app.ask('presets.create', { name: 'P', roles: { [MAIN]: placed({}, false) } })
    const roles = await app.ask('roles.list', {})
    expect(Object.keys(preset.roles).toSorted()).toEqual(roles.map(({ id }) => String(id)).toSorted())
    expect(preset.roles[MAIN]?.enabled).toBe(true)
    expect(preset.roles[GUARD]?.enabled).toBe(false)
  })

  it('keep the settings of a role that is switched off', async () => {
    const preset = await create('P')
    const settings = await demoSettings(app, { samplers: { temperature: 1.2 } })
    await app.ask('presets.setRole', { id: preset.id, role: GUARD, value: placed(settings, true) })
    await app.ask('presets.setRole', { id: preset.id, role: GUARD, value: placed(settings, false) })
    expect((await app.ask('presets.get', { id: preset.id })).roles[GUARD]).toEqual(placed(settings, false))
  })

  it('always have exactly one default, as long as there is any', async () => {
    const [a, b, c] = [await create('A'), await create('B'), await create('C')]
    expect((await defaults()).map(({ id }) => id)).toEqual([a.id])
    await app.ask('presets.setDefault', { id: b.id })
    expect((await defaults()).map(({ id }) => id)).toEqual([b.id])
    await app.ask('presets.duplicate', { id: b.id })
    expect(await defaults()).toHaveLength(1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1000 })
    await app.ask('presets.update', { id: c.id, patch: { description: 'changed last' } })
    await app.ask('presets.delete', { id: b.id })
    expect((await defaults()).map(({ id }) => id)).toEqual([c.id])
    expect(await app.refusal('presets.setDefault', { id: newId(PresetId) })).toMatchObject({ code: 'not_found' })
    expect(await defaults()).toHaveLength(1)
    for (const { id } of await app.ask('presets.list', {})) await app.ask('presets.delete', { id })
    expect(await app.ask('presets.list', {})).toEqual([])
    await create('First again')
    expect(await defaults()).toHaveLength(1)
  })

  it.each([
    ['Gothic', 'gothic'],
    ['Готика', 'готика'],
    ['Ёжик', 'ЁЖИК'],
  ])('have names of their own, in any case and alphabet: %s', async (name, same) => {
    await create(name)
    const other = await create('Other')
    const taken = { code: 'name_taken', details: { path: 'name' } }
    expect(await app.refusal('presets.create', { name: same })).toMatchObject(taken)
    expect(await app.refusal('presets.update', { id: other.id, patch: { name: same } })).toMatchObject({
      code: 'name_taken',
    })
    expect((await app.ask('presets.list', {})).map((one) => one.name).toSorted()).toEqual([name, 'Other'].toSorted())
  })

  it('can change the case of their own name', async () => {
    const preset = await create('Готика')
    expect((await app.ask('presets.update', { id: preset.id, patch: { name: 'ГОТИКА' } })).name).toBe('ГОТИКА')
  })

  it('are copied with all they say, under a free name', async () => {
    const preset = await presetWith(app, await demoSettings(app, { samplers: { temperature: 0.3 } }))
    const first = await app.ask('presets.duplicate', { id: preset.id })
    const second = await app.ask('presets.duplicate', { id: first.id })
    expect([first.name, second.name]).toEqual([`${preset.name} (2)`, `${preset.name} (3)`])
    expect(second.roles).toEqual(preset.roles)
    expect(second.fallback).toEqual(preset.fallback)
    expect(second.isDefault).toBe(false)
  })

  it('are not deleted under a story, and stories in the bin go over to the next', async () => {
    const [a, b] = [await create('A'), await create('B')]
    const story = await app.ask('stories.create', { language: 'en', title: 'Mine', presetId: b.id })
    expect(await app.refusal('presets.delete', { id: b.id })).toMatchObject({
      code: 'preset_in_use',
      details: { name: 'B', users: ['Mine'] },
    })
    await app.ask('stories.delete', { id: story.id })
    await app.ask('presets.delete', { id: b.id })
    expect((await app.ask('stories.restore', { id: story.id })).presetId).toBe(a.id)
    expect(await app.refusal('presets.delete', { id: a.id })).toMatchObject({ code: 'preset_in_use' })
  })

  it('refuse a wrong value by its path, and keep what was there', async () => {
    const preset = await presetWith(app, await demoSettings(app))
    const before = await app.ask('presets.get', { id: preset.id })
    const demo = await demoSettings(app)
    const wrong = (settings: object) =>
      app.refusal('presets.setRole', { id: preset.id, role: MAIN, value: { ...placed(demo), settings } })
    expect(await wrong({ ...demo, samplers: { temperature: 99 } })).toMatchObject({
      code: 'setting_invalid',
      details: { path: 'value.settings.samplers.temperature' },
    })
    expect(await wrong({ ...demo, samplers: { stop: ['a', 3] } })).toMatchObject({
      code: 'setting_invalid',
      details: { path: 'value.settings.samplers.stop.1' },
    })
    expect(await wrong({ ...demo, settings: { pace: 'fast' } })).toMatchObject({
      details: { path: 'value.settings.settings.pace' },
    })
    expect(await wrong({ ...demo, retries: 11 })).toMatchObject({
      code: 'bad_input',
      details: { path: 'value.settings.retries' },
    })
    expect(await wrong({ ...demo, apiKey: 'x' })).toMatchObject({ code: 'bad_input' })
    expect(await app.ask('presets.get', { id: preset.id })).toEqual(before)
  })

  it('refuse a role and a model config that are not there', async () => {
    const preset = await create('P')
    const value = placed({})
    expect(await app.refusal('presets.setRole', { id: preset.id, role: 'poet', value })).toMatchObject({
      code: 'role_unknown',
    })
    const config = { ...value, modelConfigId: newId(ModelConfigId) }
    expect(await app.refusal('presets.setRole', { id: preset.id, role: MAIN, value: config })).toMatchObject({
      code: 'not_found',
      details: { path: 'value.modelConfigId' },
    })
  })

  it('take keys that are words of the language for what they are: keys', async () => {
    const demo = await demoSettings(app)
    const text = '{"__proto__":{"polluted":true},"constructor":1,"toString":2}'
    const custom: unknown = JSON.parse(text)
    const preset = await create('P')
    const value = { ...placed(demo), settings: { ...demo, custom } }
    await app.core.request('presets.setRole', { id: preset.id, role: MAIN, value })
    expect(Object.keys({})).not.toContain('polluted')
    expect('polluted' in {}).toBe(false)
    expect((await app.ask('presets.get', { id: preset.id })).roles[MAIN]?.settings.model).toBe('demo-novelist')
  })
})

describe('model configs', () => {
  it('stand below the settings of every role that uses them, and cannot be deleted under one', async () => {
    const demo = await demoSettings(app, { samplers: { temperature: 0.1, top_p: 0.5 } })
    const { providerId, model } = demo
    if (!providerId || !model) throw new Error('the Demo has a model')
    const settings = { ...demo, providerId, model }
    const config = await app.ask('modelConfigs.create', { name: 'Calm', kind: 'chat', settings })
    const preset = await app.ask('presets.create', {
      name: 'P',
      roles: { [MAIN]: { enabled: true, modelConfigId: config.id, settings: { samplers: { temperature: 0.9 } } } },
    })
    const story = await app.ask('stories.create', { language: 'en', presetId: preset.id })
    const ended = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(ended.outcome).toBe('complete')
    expect(await app.refusal('modelConfigs.delete', { id: config.id })).toMatchObject({
      code: 'model_config_in_use',
      details: { name: 'Calm', users: ['P'] },
    })
    await app.ask('presets.setRole', { id: preset.id, role: MAIN, value: placed(demo) })
    await app.ask('modelConfigs.delete', { id: config.id })
    expect(await app.ask('modelConfigs.list', {})).toEqual([])
  })

  it('cannot be deleted while a template uses it, in its version or in what is being written', async () => {
    const { providerId, model } = await demoSettings(app)
    if (!providerId || !model) throw new Error('the Demo has a model')
    const { id } = await app.ask('modelConfigs.create', {
      name: 'Exact',
      kind: 'chat',
      settings: { providerId, model },
    })
    const exact: TemplateContent = { ...emptyContent, user: 'Go.', model: { kind: 'config', id } }
    const [starter] = await app.ask('templates.list', {})
    if (!starter) throw new Error('there is no starter set')
    const own = await app.ask('templates.create', { name: 'Own', content: exact })
    await app.ask('templates.keepDraft', { id: starter.id, draft: exact })
    const [config] = await app.ask('modelConfigs.list', {})
    expect(config?.users).toEqual(
      expect.arrayContaining([
        { kind: 'template', id: own.id, name: 'Own' },
        { kind: 'template', id: starter.id, name: starter.name },
      ])
    )
    expect(await app.refusal('modelConfigs.delete', { id })).toMatchObject({ code: 'model_config_in_use' })

    const told = app.events.length
    await app.ask('templates.keepDraft', { id: starter.id, draft: null })
    await app.ask('templates.save', { id: own.id, content: { ...exact, model: emptyContent.model } })
    const changed = app.events
      .slice(told)
      .flatMap(({ payload }) => ('only' in payload ? payload.only.modelConfigs : []))
    expect(changed).toContain(id)
    await app.ask('modelConfigs.delete', { id })
  })
})

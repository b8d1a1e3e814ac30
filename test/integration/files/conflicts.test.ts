import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { edited, exportAll, fill, first, importFile, stateOf } from '@test/integration/files/configuration'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const hotter = (file: Parameters<typeof edited>[0]) =>
  edited(file, (content) => {
    first(content.presets).roles['storyteller'] = {
      enabled: true,
      settings: { provider: 'demo', model: 'demo-novelist', samplers: { temperature: 0.7 } },
    }
  })

describe('an item whose name is taken by another', () => {
  it('stays beside the one that is here, under a free name, when nothing is said', async () => {
    const { gothic } = await fill(app)
    const file = hotter(await exportAll(app))
    const plan = await app.ask('files.preview', file)
    expect(plan.items.filter(({ conflict }) => conflict === 'different')).toMatchObject([
      { key: 'preset:Готика: ночь', kind: 'preset', name: 'Готика: ночь', conflict: 'different' },
    ])
    const report = await importFile(app, file)
    expect(report.presets.map(({ name }) => name)).toEqual(['Готика: ночь (2)'])
    expect(await app.ask('presets.get', { id: gothic.id })).toEqual(gothic)
  })

  it('is the same name in capitals of any script', async () => {
    await fill(app)
    const file = edited(await exportAll(app), (content) => {
      first(content.presets).name = 'ГОТИКА: ночь'
      first(content.presets).description = 'Иначе.'
    })
    const report = await importFile(app, file)
    expect(report.presets.map(({ name }) => name)).toEqual(['ГОТИКА: ночь (2)'])
    const twice = edited(file, (content) => {
      content.presets.push({ ...first(content.presets), name: 'готика: НОЧЬ' })
    })
    expect(await app.refusal('files.preview', twice)).toMatchObject({
      code: 'file_invalid',
      details: { path: 'presets[2].name' },
    })
  })

  it('takes its place and keeps its id, so that stories stay based on it', async () => {
    const { gothic } = await fill(app)
    const story = await app.ask('stories.create', { language: 'ru', presetId: gothic.id })
    const report = await importFile(app, hotter(await exportAll(app)), {
      conflicts: { 'preset:Готика: ночь': 'replace' },
    })
    expect(report).toMatchObject({ replaced: 1, presets: [{ id: gothic.id }] })
    expect(await app.ask('stories.get', { id: story.id })).toMatchObject({ presetId: gothic.id })
    const now = await app.ask('presets.get', { id: gothic.id })
    expect(Object.values(now.roles).map(({ settings }) => settings.samplers?.['temperature'])).toContain(0.7)
    expect(now).toMatchObject({ createdAt: gothic.createdAt, isDefault: gothic.isDefault })
    expect(now.fallback).toEqual({ ...gothic.fallback, allowPaid: false })
  })

  it('is left alone when it is skipped, and counted', async () => {
    await fill(app)
    const before = await stateOf(app)
    const report = await importFile(app, hotter(await exportAll(app)), {
      conflicts: { 'preset:Готика: ночь': 'skip' },
    })
    expect(report).toMatchObject({ skipped: 1, presets: [], replaced: 0 })
    expect(await stateOf(app)).toEqual(before)
  })

  it('is only one item when a replaced model config is all that differs', async () => {
    const { fast } = await fill(app)
    const file = edited(await exportAll(app), (content) => {
      first(content.modelConfigs).settings.samplers = { temperature: 1.5 }
    })
    // The preset stands on it, so it would differ if both were kept.
    const plan = await app.ask('files.preview', file)
    expect(plan.items.filter(({ conflict }) => conflict === 'different').map(({ key }) => key)).toEqual([
      'modelConfig:Fast',
      'preset:Готика: ночь',
    ])
    const report = await importFile(app, file, { conflicts: { 'modelConfig:Fast': 'replace' } })
    expect(report).toMatchObject({ replaced: 1, modelConfigs: [{ id: fast.id }], presets: [] })
  })

  it('is kept twice together with what stands on it', async () => {
    const { fast } = await fill(app)
    const file = edited(await exportAll(app), (content) => {
      first(content.modelConfigs).settings.samplers = { temperature: 1.5 }
    })
    const report = await importFile(app, file)
    expect(report.modelConfigs.map(({ name }) => name)).toEqual(['Fast (2)'])
    const copy = await app.ask('presets.get', { id: first(report.presets).id })
    expect(copy.fallback.chains.errors).toEqual([report.modelConfigs[0]?.id, report.modelConfigs[0]?.id])
    expect(copy.fallback.chains.errors).not.toContain(fast.id)
  })

  it('may not become a provider that came with Fabula', async () => {
    const file = {
      fileName: 'x.fabula.json',
      text: JSON.stringify({
        fabula: 'configuration',
        version: 1,
        providers: [{ slug: 'openrouter', name: 'OpenRouter', baseUrl: 'http://127.0.0.1:9', keyRequired: true }],
      }),
    }
    const before = await stateOf(app)
    expect(
      await app.refusal('files.import', { files: [file], choices: { conflicts: { 'provider:OpenRouter': 'replace' } } })
    ).toMatchObject({ code: 'provider_built_in' })
    expect(await stateOf(app)).toEqual(before)
    const report = await importFile(app, file)
    expect(report.providers.map(({ name }) => name)).toEqual(['OpenRouter (2)'])
  })

  it('asks for its keys again when a provider comes with another address', async () => {
    const { token } = await fill(app)
    const file = edited(await exportAll(app), (content) => {
      first(content.providers).baseUrl = 'http://127.0.0.1:10/v1'
    })
    const { undoId } = await importFile(app, file, { conflicts: { 'provider:LM Studio': 'replace' } })
    const keyNow = async () => (await app.ask('tokens.list', {})).find(({ id }) => id === token.id)
    expect(await keyNow()).toMatchObject({ needsKey: true })
    await app.ask('files.undo', { undoId })
    expect(await keyNow()).toMatchObject({ needsKey: false })
  })

  it('may not change the kind of a model config that roles use', async () => {
    await fill(app)
    const file = {
      fileName: 'x',
      text: JSON.stringify({
        fabula: 'configuration',
        version: 1,
        modelConfigs: [{ name: 'fast', kind: 'embedding', settings: { provider: 'demo', model: 'demo-embedding' } }],
      }),
    }
    expect(
      await app.refusal('files.import', { files: [file], choices: { conflicts: { 'modelConfig:fast': 'replace' } } })
    ).toMatchObject({ code: 'model_config_in_use', details: { users: ['Готика: ночь'] } })
  })
})

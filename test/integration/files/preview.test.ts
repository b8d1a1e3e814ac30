import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportPlan } from '@contract/routes/files'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { edited, exportAll, fill, first, importFile, type Content } from '@test/integration/files/configuration'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const item = ({ items }: ImportPlan, key: string) => {
  const found = items.find((one) => one.key === key)
  if (!found) throw new Error(`The plan has no ${key}`)
  return found
}
const allowingPaid = (content: Content) =>
  Object.assign(first(content.presets).fallback, { allowPaid: true, useMainForUnset: true })

describe('the consent to paid models', () => {
  it('is not written into a file', async () => {
    await fill(app)
    expect((await exportAll(app)).text).not.toContain('allowPaid')
  })

  it('does not come in with a new preset, and the report says so', async () => {
    const { gothic } = await fill(app)
    const report = await importFile(app, edited(await exportAll(app), allowingPaid))
    expect(report.dropped).toEqual([{ item: gothic.name, kind: 'consent', name: '' }])
    const preset = await app.ask('presets.get', { id: first(report.presets).id })
    expect(preset.fallback).toMatchObject({ allowPaid: false, useMainForUnset: true })
  })

  it('ends when a preset is replaced: it was given for other models', async () => {
    const { gothic } = await fill(app)
    const file = edited(await exportAll(app), (content) => (first(content.presets).description = 'Other.'))
    const report = await importFile(app, file, { conflicts: { [`preset:${gothic.name}`]: 'replace' } })
    expect(report.dropped).toEqual([{ item: gothic.name, kind: 'consent', name: '' }])
    expect((await app.ask('presets.get', { id: gothic.id })).fallback.allowPaid).toBe(false)
    await app.ask('files.undo', { undoId: report.undoId })
    expect((await app.ask('presets.get', { id: gothic.id })).fallback.allowPaid).toBe(true)
  })

  it('makes no difference between a preset here and the same in a file', async () => {
    await fill(app)
    const file = await exportAll(app)
    for (const allowPaid of [true, false]) {
      const plan = await app.ask(
        'files.preview',
        edited(file, (content) => Object.assign(first(content.presets).fallback, { allowPaid }))
      )
      expect(new Set(plan.items.map(({ conflict }) => conflict))).toEqual(new Set(['same']))
    }
  })
})

describe('what a plan shows of an item', () => {
  it('is where requests would go, with which headers, and to which models', async () => {
    await fill(app)
    const plan = await app.ask('files.preview', await exportAll(app))
    expect(item(plan, 'provider:LM Studio')).toMatchObject({
      address: 'http://127.0.0.1:9/v1',
      headers: { 'X-Team': 'header value of the team' },
      models: [],
    })
    expect(item(plan, 'modelConfig:Fast').models).toEqual([{ role: null, provider: 'LM Studio', model: 'tiny' }])
    expect(item(plan, 'preset:Готика: ночь')).toMatchObject({
      address: null,
      headers: {},
      models: [
        { role: 'main', provider: 'LM Studio', model: 'tiny' },
        { role: 'storyteller', provider: 'Demo', model: 'demo-novelist' },
        { role: 'guard', provider: 'LM Studio', model: 'tiny' },
        { role: 'embedding', provider: 'Demo', model: 'demo-embedding' },
      ],
    })
  })

  it('names a provider that is not here by its short name, and the model beside it', async () => {
    const text = JSON.stringify({
      fabula: 'configuration',
      version: 1,
      presets: [
        {
          name: 'Far',
          roles: {
            main: { enabled: true, settings: { provider: 'far-away', model: 'far-1' } },
            guard: { enabled: true, settings: { model: 'other' } },
          },
        },
      ],
    })
    const plan = await app.ask('files.preview', { text, fileName: 'x' })
    expect(item(plan, 'preset:Far').models).toEqual([
      { role: 'main', provider: 'far-away', model: 'far-1' },
      { role: 'guard', provider: 'far-away', model: 'other' },
    ])
  })
})

describe('the offer to replace what is here', () => {
  it('is not made where it would always be refused', async () => {
    await fill(app)
    const text = JSON.stringify({
      fabula: 'configuration',
      version: 1,
      providers: [
        { slug: 'openrouter', name: 'OpenRouter', baseUrl: 'http://127.0.0.1:9', keyRequired: true },
        { slug: 'lm-studio', name: 'LM Studio', baseUrl: 'http://127.0.0.1:10/v1', keyRequired: true },
      ],
      modelConfigs: [
        // A chat model by which a preset works, as one that makes vectors.
        { name: 'Fast', kind: 'embedding', settings: { provider: 'demo', model: 'demo-embedding' } },
        { name: 'Vectors', kind: 'embedding', settings: { provider: 'demo', model: 'another' } },
      ],
    })
    const plan = await app.ask('files.preview', { text, fileName: 'x' })
    expect(plan.items.map(({ key, conflict, replaceable }) => [key, conflict, replaceable])).toEqual([
      ['provider:OpenRouter', 'different', false],
      ['provider:LM Studio', 'different', true],
      ['modelConfig:Fast', 'different', false],
      ['modelConfig:Vectors', 'different', true],
    ])
  })
})

describe('the last import', () => {
  it('can be undone until the next one, after a restart too', async () => {
    const { dataDir, vaultKey } = app
    await fill(app)
    const file = await exportAll(app)
    expect(await app.ask('files.lastImport', {})).toBeNull()
    const more = edited(file, (content) => (first(content.presets).description = 'More.'))
    const { undoId } = await importFile(app, { ...more, fileName: 'more.fabula.json' })
    // What wrote nothing is none.
    await importFile(app, file)
    expect(await app.ask('files.lastImport', {})).toMatchObject({ undoId, fileName: 'more.fabula.json' })

    await app.core.close()
    app = await startTestCore({ dataDir, vaultKey })
    const last = await app.ask('files.lastImport', {})
    expect(last?.undoId).toBe(undoId)
    await app.ask('files.undo', { undoId })
    expect(await app.ask('files.lastImport', {})).toBeNull()
    expect((await app.ask('presets.list', {})).map(({ name }) => name)).toEqual(['Готика: ночь', 'Plain'])
    expect(await app.refusal('files.undo', { undoId })).toMatchObject({ code: 'undo_gone' })
  })
})

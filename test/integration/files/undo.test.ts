import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportChoices } from '@contract/routes/files'
import { RoleId } from '@contract/ids'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { placed } from '@test/helpers/test-story'
import {
  edited,
  exportAll,
  fill,
  first,
  importFile,
  stateOf,
  type Content,
} from '@test/integration/files/configuration'

const MAIN = RoleId.parse('main')

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const everythingElse = (content: Content) => {
  first(content.providers).keyRequired = false
  first(content.modelConfigs).settings['model'] = 'huge'
  first(content.presets).description = 'changed'
}
const replaceAll: ImportChoices = {
  conflicts: {
    'provider:LM Studio': 'replace',
    'modelConfig:Fast': 'replace',
    'preset:Готика: ночь': 'replace',
  },
}

describe('undo', () => {
  it.each([
    ['what came in beside', {}],
    ['what was replaced', replaceAll],
  ])('puts %s back exactly, and only once', async (_, choices) => {
    await fill(app)
    const before = await stateOf(app)
    const { undoId } = await importFile(app, edited(await exportAll(app), everythingElse), choices)
    expect(await stateOf(app)).not.toEqual(before)
    await app.ask('files.undo', { undoId })
    expect(await stateOf(app)).toEqual(before)
    expect(await app.refusal('files.undo', { undoId })).toMatchObject({ code: 'undo_gone' })
  })

  it('empties an app that had nothing, its default preset too', async () => {
    const other = await startTestCore()
    const before = await stateOf(other)
    await fill(app)
    const { undoId } = await importFile(other, await exportAll(app))
    await other.ask('files.undo', { undoId })
    expect(await stateOf(other)).toEqual(before)
    await other.close()
  })

  it('leaves a default preset behind when the one that came in was it', async () => {
    const other = await startTestCore()
    await fill(app)
    const { undoId } = await importFile(other, await exportAll(app))
    const mine = await other.ask('presets.create', { name: 'Mine' })
    await other.ask('files.undo', { undoId })
    expect(await other.ask('presets.get', { id: mine.id })).toMatchObject({ isDefault: true })
    await other.close()
  })

  it('is refused once a story is based on what came in, and nothing is touched', async () => {
    await fill(app)
    const report = await importFile(app, edited(await exportAll(app), everythingElse))
    const story = await app.ask('stories.create', {
      language: 'en',
      title: 'The Tower',
      presetId: first(report.presets).id,
    })
    const before = await stateOf(app)
    expect(await app.refusal('files.undo', { undoId: report.undoId })).toMatchObject({
      code: 'undo_in_use',
      details: { name: 'Готика: ночь (2)', users: ['The Tower'] },
    })
    expect(await stateOf(app)).toEqual(before)
    const [plain] = (await app.ask('presets.list', {})).filter(({ name }) => name === 'Plain')
    await app.ask('stories.setPreset', { id: story.id, presetId: plain?.id ?? first(report.presets).id })
    await app.ask('files.undo', { undoId: report.undoId })
  })

  it('does not mind a story that was based on a replaced preset before, but minds a new one', async () => {
    const { gothic } = await fill(app)
    await app.ask('stories.create', { language: 'en', title: 'Old', presetId: gothic.id })
    const file = edited(await exportAll(app), everythingElse)
    const one = await importFile(app, file, replaceAll)
    await app.ask('files.undo', { undoId: one.undoId })
    const two = await importFile(app, file, replaceAll)
    await app.ask('stories.create', { language: 'en', title: 'New', presetId: gothic.id })
    expect(await app.refusal('files.undo', { undoId: two.undoId })).toMatchObject({
      code: 'undo_in_use',
      details: { users: ['New'] },
    })
  })

  it('is refused after another change to what came in', async () => {
    const { gothic } = await fill(app)
    const { undoId } = await importFile(app, edited(await exportAll(app), everythingElse), replaceAll)
    await app.ask('presets.update', { id: gothic.id, patch: { description: 'by hand' } })
    const before = await stateOf(app)
    expect(await app.refusal('files.undo', { undoId })).toMatchObject({
      code: 'undo_gone',
      details: { name: 'Готика: ночь' },
    })
    expect(await stateOf(app)).toEqual(before)
  })

  it('is refused while something else stands on what came in: a preset, a chain, a key, a story', async () => {
    const file = await (async () => {
      const other = await startTestCore()
      await fill(other)
      const all = await exportAll(other)
      await other.close()
      return all
    })()
    const report = await importFile(app, file)
    const [config] = report.modelConfigs
    const [provider] = report.providers
    if (!config || !provider) throw new Error('Nothing came in')
    const refused = () => app.refusal('files.undo', { undoId: report.undoId })

    const user = await app.ask('presets.create', {
      name: 'User',
      roles: { main: { enabled: true, modelConfigId: config.id, settings: {} } },
    })
    expect(await refused()).toMatchObject({ code: 'undo_in_use', details: { name: 'Fast', users: ['User'] } })
    await app.ask('presets.setRole', { id: user.id, role: MAIN, value: placed({}) })

    const chains = { errors: [], contextOverflow: [config.id], refusals: [] }
    await app.ask('presets.update', { id: user.id, patch: { fallback: { ...user.fallback, chains } } })
    expect(await refused()).toMatchObject({ code: 'undo_in_use', details: { name: 'Fast', users: ['User'] } })
    await app.ask('presets.update', { id: user.id, patch: { fallback: user.fallback } })

    const story = await app.ask('stories.create', { language: 'en', title: 'Fog', presetId: user.id })
    await app.ask('stories.override', { id: story.id, role: MAIN, changes: { modelConfigId: config.id } })
    expect(await refused()).toMatchObject({ code: 'undo_in_use', details: { name: 'Fast', users: ['Fog'] } })
    await app.ask('stories.resetOverrides', { id: story.id })

    const key = await app.ask('tokens.add', { providerId: provider.id, name: 'Mine', secret: 'sk-mine-000000001' })
    expect(await refused()).toMatchObject({ code: 'undo_in_use', details: { name: 'LM Studio', users: ['Mine'] } })
    await app.ask('tokens.delete', { id: key.id })

    await app.ask('files.undo', { undoId: report.undoId })
    expect(await app.ask('presets.list', {})).toMatchObject([{ name: 'User' }])
  })

  it('takes back the last import alone, and an import that wrote nothing is none', async () => {
    await fill(app)
    const file = await exportAll(app)
    const one = await importFile(app, edited(file, everythingElse))
    await importFile(app, file)
    await app.ask('files.undo', { undoId: one.undoId })
    const two = await importFile(app, edited(file, everythingElse))
    await importFile(
      app,
      edited(file, (content) => (first(content.presets).name = 'Another'))
    )
    expect(await app.refusal('files.undo', { undoId: two.undoId })).toMatchObject({ code: 'undo_gone' })
  })
})

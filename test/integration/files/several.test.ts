import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { roleEntries } from '@contract/entities/preset'
import { LARGEST_FILE } from '@contract/routes/files'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'
import { exportAll, fill, stateOf } from '@test/integration/files/configuration'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const foreign = (fileName: string, temp: number) => ({
  fileName,
  text: JSON.stringify({ temp, rep_pen: 1.1, genamt: 300 }),
})
const ours = (name: string, description: string) => ({
  fileName: `${name}.fabula.json`,
  text: JSON.stringify({ fabula: 'configuration', version: 1, presets: [{ name, description, roles: {} }] }),
})
const names = async () => (await app.ask('presets.list', {})).map(({ name }) => name).toSorted()

describe('several files at once', () => {
  it('come in with one choice of model, each with a name of its own, and go away together', async () => {
    await fill(app)
    const before = await stateOf(app)
    const model = { providerId: (await providerOf(app, 'ollama')).id, model: 'llama' }
    const files = [
      foreign('Big O.json', 0.5),
      foreign('Big O.settings', 1.5),
      foreign('Universal.json', 1),
      ours('Noir', 'Rain.'),
    ]
    expect(await app.refusal('files.import', { files })).toMatchObject({ details: { path: 'choices.model' } })
    const report = await app.ask('files.import', { files, choices: { model } })
    expect(report.presets.map(({ name }) => name)).toEqual(['Big O', 'Big O (2)', 'Universal', 'Noir'])
    const second = await app.ask('presets.get', { id: report.presets[1]?.id ?? '' })
    expect(roleEntries(second.roles).find(({ role }) => role === 'main')?.value.settings).toMatchObject({
      model: 'llama',
      samplers: { temperature: 1.5 },
    })
    expect(await app.ask('files.lastImport', {})).toMatchObject({ fileName: 'Big O.json', files: 4 })
    await app.ask('files.undo', { undoId: report.undoId })
    expect(await stateOf(app)).toEqual(before)
  })

  it('may replace the same thing one after another, and undo finds what was there first', async () => {
    await app.ask('presets.create', { name: 'Noir', description: 'First.' })
    const before = await stateOf(app)
    const files = [ours('Noir', 'Second.'), ours('Noir', 'Third.')]
    const report = await app.ask('files.import', { files, choices: { conflicts: { 'preset:Noir': 'replace' } } })
    expect(report).toMatchObject({ replaced: 1, presets: [{ name: 'Noir' }] })
    expect(await app.ask('presets.list', {})).toMatchObject([{ name: 'Noir', description: 'Third.' }])
    await app.ask('files.undo', { undoId: report.undoId })
    expect(await stateOf(app)).toEqual(before)
  })

  it('come in all or not at all', async () => {
    await fill(app)
    const before = await names()
    const bad = { fileName: 'bad.json', text: (await exportAll(app)).text.replace('"enabled": true', '"enabled": 1') }
    expect(await app.refusal('files.import', { files: [ours('Noir', ''), bad] })).toMatchObject({
      code: 'file_invalid',
    })
    expect(await names()).toEqual(before)
  })

  it('may have no more bytes together than one alone', async () => {
    const half = { fileName: 'half.json', text: ' '.repeat(LARGEST_FILE / 2 + 1) }
    expect(await app.refusal('files.import', { files: [half, half] })).toMatchObject({ code: 'file_too_large' })
  })
})

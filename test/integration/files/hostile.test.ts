import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LARGEST_FILE } from '@contract/routes/files'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { edited, exportAll, fill, first, stateOf, type Content } from '@test/integration/files/configuration'

let app: TestCore
let good: string
let before: unknown
beforeAll(async () => {
  app = await startTestCore()
  await fill(app)
  good = (await exportAll(app)).text
  before = await stateOf(app)
})
afterAll(() => app.close())

/** Refused by the preview and by the import alike, with nothing changed. */
async function refusal(text: string) {
  const fileName = 'x.fabula.json'
  const choices = { conflicts: Object.fromEntries(everyKey.map((key) => [key, 'replace'])) }
  const preview = await app.refusal('files.preview', { text, fileName })
  const refused = await app.refusal('files.import', { files: [{ text, fileName }], choices })
  expect(refused).toEqual(preview)
  expect(await stateOf(app)).toEqual(before)
  return refused
}
const everyKey = [
  'preset:Готика: ночь',
  'preset:Plain',
  'modelConfig:Fast',
  'modelConfig:Vectors',
  'provider:LM Studio',
]

const changed = (change: (content: Content) => void) => edited({ text: good, fileName: '' }, change).text
const deep = (levels: number, inside = '1') => `${'{"a":'.repeat(levels)}${inside}${'}'.repeat(levels)}`
/** With something in the place of the samplers of the first model config. */
const withSamplers = (json: string) =>
  changed((content) => (first(content.modelConfigs).settings.samplers = { here: 1 })).replace('{"here":1}', json)

describe('a file that is not one', () => {
  it.each([
    ['nothing', '', 'file_not_json'],
    ['text', 'Dear diary', 'file_not_json'],
    ['half a file', '{"fabula":"configuration","version":1,', 'file_not_json'],
    ['a list', '[]', 'file_not_fabula'],
    ['null', 'null', 'file_not_fabula'],
    ['a number', '1e999', 'file_not_fabula'],
    ['other JSON', '{"name":"package","version":"1.0.0"}', 'file_not_fabula'],
    ['a kind that there is not', '{"fabula":"picture","version":1}', 'file_not_fabula'],
    ['a file of a later version', '{"fabula":"configuration","version":2,"wonders":[]}', 'file_newer'],
  ])('is refused for what it is: %s', async (_, text, code) => {
    expect(await refusal(text)).toMatchObject({ code })
  })

  it('is refused by its size before it is read', async () => {
    const refused = await refusal(`{"fabula":"configuration","version":1,"x":"${'a'.repeat(100_000_000)}"}`)
    expect(refused).toMatchObject({ code: 'file_too_large', details: { limit: LARGEST_FILE } })
  })

  it('is measured in bytes, as files are', async () => {
    expect(await refusal(`"${'ё'.repeat(LARGEST_FILE / 2)}"`)).toMatchObject({ code: 'file_too_large' })
    expect(await refusal(`"${'ё'.repeat(LARGEST_FILE / 2 - 1)}"`)).toMatchObject({ code: 'file_not_fabula' })
  })
})

describe('a file made to do harm', () => {
  it.each([
    ['objects', deep(1_000_000)],
    ['lists', `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`],
    ['lists that are never closed', '['.repeat(4_000_000)],
    ['settings', ''],
  ])('is refused for its depth: %s', async (_, text) => {
    const { code } = await refusal(text === '' ? withSamplers(deep(100)) : text)
    expect(['file_invalid', 'file_not_json']).toContain(code)
  })

  it('names the way down, but not all of it', async () => {
    const { details } = await refusal(withSamplers(deep(5000)))
    expect(details['path']).toMatch(/^modelConfigs\[0\]\.settings\.samplers(\.a){1,50}$/)
  })

  it('is refused for the key that would change what an object is', async () => {
    expect(await refusal(withSamplers('{"__proto__":{"polluted":true}}'))).toMatchObject({
      code: 'file_invalid',
      details: { path: 'modelConfigs[0].settings.samplers.__proto__' },
    })
    expect(await refusal('{"__proto__":{"fabula":"configuration"},"temp":1,"top_k":1}')).toMatchObject({
      code: 'file_invalid',
      details: { path: '__proto__' },
    })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('reaches into no prototype by other names, which are fields like all others', async () => {
    const other = await startTestCore()
    const text = withSamplers('{"constructor":{"prototype":{"polluted":true}},"prototype":{"polluted":true}}')
    await other.ask('files.import', { files: [{ text, fileName: 'x' }] })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect((await exportAll(other)).text).toContain('polluted')
    await other.close()
  })
})

describe('a file that is no JSON', () => {
  it('is refused with the line and the column of the fault', async () => {
    const text = good.replace('"version": 1,', '"version": 1')
    expect(await refusal(text)).toMatchObject({
      code: 'file_not_json',
      details: { line: 4, column: 3, near: '"providers": [' },
    })
  })
})

describe('a file with a fault', () => {
  it.each<[string, string, (content: Content) => void]>([
    ['presets[0].name', 'a wrong type', (content) => Object.assign(first(content.presets), { name: 7 })],
    ['presets[0].name', 'an empty name', (content) => (first(content.presets).name = '  ')],
    ['presets[1].name', 'a name twice', (content) => (content.presets[1] = { ...first(content.presets) })],
    [
      'presets[2].name',
      'a name twice, in capitals',
      (content) => content.presets.push({ ...first(content.presets), name: 'PLAIN' }),
    ],
    [
      'modelConfigs[2].name',
      'a model config twice',
      (c) => c.modelConfigs.push({ ...first(c.modelConfigs), name: 'FAST' }),
    ],
    ['providers[1].slug', 'a provider twice', (content) => content.providers.push(first(content.providers))],
    ['version', 'no version', (content) => Object.assign(content, { version: '1' })],
    ['secrets', 'a field that is not ours', (content) => Object.assign(content, { secrets: [] })],
    [
      'providers[0].headers.Authorization',
      'a header that carries a key',
      (content) => Object.assign(first(content.providers), { headers: { Authorization: 'x' } }),
    ],
    ['providers[0].baseUrl', 'no web address', (content) => (first(content.providers).baseUrl = 'file:///etc/passwd')],
    ['providers[0].baseUrl', 'a key in an address', (c) => (first(c.providers).baseUrl = 'http://me:key@127.0.0.1')],
    ['providers[0].slug', 'a short name that is a path', (content) => (first(content.providers).slug = '../x')],
    ['presets[0].roles.main', 'a role that is a list', (c) => Object.assign(first(c.presets).roles, { main: [] })],
    [
      'presets[0].roles.Main Role',
      'a role with no id',
      (c) => Object.assign(first(c.presets).roles, { 'Main Role': {} }),
    ],
    [
      'presets[0].roles.main.settings.providerId',
      'an id instead of a name',
      (content) =>
        Object.assign(first(content.presets).roles['main'] ?? {}, { settings: { providerId: 'x', provider: 'demo' } }),
    ],
    [
      'presets[0].roles.storyteller.settings.samplers.temperature',
      'a value out of its range',
      (content) =>
        Object.assign(first(content.presets).roles['storyteller']?.settings.samplers ?? {}, { temperature: 5 }),
    ],
    [
      'modelConfigs[0].settings.samplers.temperature',
      'text for a number',
      (content) => (first(content.modelConfigs).settings.samplers = { temperature: 'hot' }),
    ],
    [
      'presets[0].roles.main.modelConfig',
      'a model config that is not in the file',
      (content) => Object.assign(first(content.presets).roles['main'] ?? {}, { modelConfig: 'Nobody' }),
    ],
    [
      'presets[0].roles.main.modelConfig',
      'a model config of another kind',
      (content) => Object.assign(first(content.presets).roles['main'] ?? {}, { modelConfig: 'Vectors' }),
    ],
    [
      'presets[0].fallback.chains.errors[1]',
      'a chain with a name that is not in the file',
      (content) => (first(content.presets).fallback.chains.errors = ['Fast', 'Nobody']),
    ],
    [
      'presets[0].fallback.chains.errors[0]',
      'a chain with a model that does not write',
      (content) => (first(content.presets).fallback.chains.errors = ['Vectors']),
    ],
    [
      'presets',
      'more presets than a file may have',
      (content) => (content.presets = Array.from({ length: 10_001 }, (_, n) => ({ ...bare, name: `${n}` }))),
    ],
  ])('is refused with the path %s: %s', async (path, _, change) => {
    expect(await refusal(changed(change))).toMatchObject({ code: 'file_invalid', details: { path } })
  })

  it('leaves nothing behind when the fault comes last', async () => {
    const text = changed((content) => {
      content.presets = Array.from({ length: 500 }, (_, n) => ({ ...bare, name: `New ${n}` }))
      content.presets.push({
        ...bare,
        name: 'Last',
        roles: { main: { enabled: true, modelConfig: 'No', settings: {} } },
      })
    })
    expect(await refusal(text)).toMatchObject({ details: { path: 'presets[500].roles.main.modelConfig' } })
  })
})

const bare = {
  description: '',
  fallback: {
    useMainForUnset: true,
    allowPaid: false,
    chains: { errors: [], contextOverflow: [], refusals: [] },
  },
  roles: {},
}

describe('a large file', () => {
  it('with 10,000 presets comes in whole, and goes away whole', async () => {
    const other = await startTestCore()
    const text = JSON.stringify({
      fabula: 'configuration',
      version: 1,
      presets: Array.from({ length: 10_000 }, (_, n) => ({
        name: `Preset ${n}`,
        roles: { main: { enabled: true, settings: { provider: 'demo', model: 'demo-novelist' } } },
      })),
    })
    const report = await other.ask('files.import', { files: [{ text, fileName: 'x' }] })
    expect(report.presets).toHaveLength(10_000)
    const plan = await other.ask('files.preview', { text, fileName: 'x' })
    expect(plan.items.every(({ conflict }) => conflict === 'same')).toBe(true)
    await other.ask('files.undo', { undoId: report.undoId })
    expect(await other.ask('presets.list', {})).toEqual([])
    await other.close()
  })

  it('is not written when it could not be read again', async () => {
    const other = await startTestCore()
    const description = 'ё'.repeat(2000)
    const presets = Array.from({ length: 1000 }, (_, n) => ({ name: `${n}`, description, roles: {} }))
    for (const batch of [0, 1, 2]) {
      const text = JSON.stringify({
        fabula: 'configuration',
        version: 1,
        presets: presets.map((preset) => ({ ...preset, name: `${batch}/${preset.name}` })),
      })
      await other.ask('files.import', { files: [{ text, fileName: 'x' }] })
    }
    expect(await other.refusal('files.export', { what: 'configuration' })).toMatchObject({ code: 'file_too_large' })
    await other.close()
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { placed, providerOf } from '@test/helpers/test-story'
import { exportAll, expectToFitSchema, fill, importFile, stateOf } from '@test/integration/files/configuration'

let here: TestCore
let there: TestCore
beforeEach(async () => {
  here = await startTestCore()
  there = await startTestCore()
})
afterEach(async () => {
  await here.close()
  await there.close()
})

describe('a configuration that goes to another computer', () => {
  it('comes out of it again as the same text, but for the keys that are not there', async () => {
    const { own } = await fill(here)
    const file = await exportAll(here)
    expectToFitSchema(file)
    const report = await importFile(there, file)
    expect(report.presets.map(({ name }) => name)).toEqual(['Готика: ночь', 'Plain'])
    expect(report.dropped.map(({ item, kind, name }) => `${item} ${kind} ${name}`)).toEqual([
      'Fast token Work',
      'Готика: ночь token Work',
    ])
    const added = await providerOf(there, own.slug)
    expect(added).toMatchObject({
      name: 'LM Studio',
      keyRequired: true,
      headers: own.headers,
      extraBody: own.extraBody,
    })

    const again = await exportAll(there)
    expectToFitSchema(again)
    const withoutKeys = (text: string) => text.replaceAll(/,?\s*"tokens": \[[^\]]*\]/g, '')
    expect(withoutKeys(again.text)).toBe(withoutKeys(file.text))
    expect(again.text).not.toContain('"Work"')
  })

  it('is the same when it comes back, and writes nothing', async () => {
    await fill(here)
    const file = await exportAll(here)
    const before = await stateOf(here)
    const plan = await here.ask('files.preview', file)
    expect(new Set(plan.items.map(({ conflict }) => conflict))).toEqual(new Set(['same']))
    expect(plan.missing).toEqual([])
    const report = await importFile(here, file)
    expect(report).toMatchObject({ presets: [], modelConfigs: [], providers: [], replaced: 0, skipped: 0 })
    expect(await stateOf(here)).toEqual(before)
  })

  it('uses the key of the same name where there is one', async () => {
    const { own } = await fill(here)
    const other = await there.ask('providers.create', {
      name: 'LM Studio',
      baseUrl: 'http://127.0.0.1:9/v1/',
      keyRequired: true,
      headers: own.headers,
      extraBody: own.extraBody,
      flavour: 'lm-studio',
      auth: { type: 'header', header: 'X-API-Key' },
      kinds: ['chat'],
    })
    const key = await there.ask('tokens.add', { providerId: other.id, name: 'WORK', secret: 'sk-another-00000001' })
    const report = await importFile(there, await exportAll(here))
    expect(report).toMatchObject({ providers: [], dropped: [] })
    const [config] = await there.ask('modelConfigs.list', {})
    expect(config?.settings).toMatchObject({ providerId: other.id, tokenIds: [key.id] })
  })

  it('takes along only what the chosen presets stand on, and of a provider no more than its address', async () => {
    const { plain, gothic, fast } = await fill(here)
    const one = await here.ask('files.export', { what: 'presets', ids: [plain.id, plain.id] })
    expectToFitSchema(one)
    expect(one.fileName).toBe('Plain.fabula.json')
    expect(JSON.parse(one.text)).toMatchObject({ providers: [], modelConfigs: [], presets: [{ name: 'Plain' }] })
    const other = await here.ask('files.export', { what: 'presets', ids: [gothic.id] })
    expectToFitSchema(other)
    expect(other.fileName).toBe('Готика ночь.fabula.json')
    const config = await here.ask('files.export', { what: 'modelConfigs', ids: [fast.id] })
    expectToFitSchema(config)
    expect(JSON.parse(config.text)).toMatchObject({
      providers: [{ slug: 'lm-studio', name: 'LM Studio', baseUrl: 'http://127.0.0.1:9/v1', keyRequired: true }],
      presets: [],
    })
    for (const { text } of [other, config]) expect(text).not.toMatch(/of the team|X-Team/)
    // What is not in the file is no difference: the provider is the same on the way back.
    const plan = await here.ask('files.preview', other)
    expect(plan.items[0]).toMatchObject({ kind: 'provider', conflict: 'same' })
    expect(await here.refusal('files.export', { what: 'presets', ids: [fast.id] })).toMatchObject({ code: 'not_found' })
  })

  it('reads a file that someone wrote by hand in as few words as it allows', async () => {
    const text =
      '\ufeff{"fabula":"configuration","version":1,"presets":[{"name":"Short","roles":{"main":{"enabled":false}}}]}'
    const { presets } = await there.ask('files.import', { files: [{ text, fileName: 'x.json' }] })
    const preset = await there.ask('presets.get', { id: presets[0]?.id ?? (await fill(there)).plain.id })
    expect(preset).toMatchObject({ name: 'Short', isDefault: true, description: '' })
    // Main has no switch.
    expect(Object.entries(preset.roles).filter(([, { enabled }]) => enabled)).toEqual([['main', placed({})]])
  })
})

describe('keys', () => {
  it('are in no file, wherever their owner put them', async () => {
    const { own, gothic, fast } = await fill(here)
    const secrets = Array.from({ length: 20 }, (_, index) => `planted_${index}_${'x7Kq'.repeat(6)}${index}`)
    for (const [index, secret] of secrets.entries())
      await here.ask('tokens.add', { providerId: own.id, name: `Key ${index}`, secret })
    await here.ask('presets.update', { id: gothic.id, patch: { description: `my key is ${secrets[3]}` } })
    await here.ask('modelConfigs.update', {
      id: fast.id,
      patch: {
        settings: {
          providerId: own.id,
          model: 'tiny',
          custom: { [`x${secrets[4]}`]: [secrets[5] ?? ''] },
        },
      },
    })
    await here.ask('providers.update', {
      id: own.id,
      patch: { headers: { 'X-Team': 'ours', 'X-Sneaky': secrets[6] ?? '', 'X-Auth-Token': 'not-even-known-here' } },
    })
    const file = await exportAll(here)
    expectToFitSchema(file)
    for (const secret of [...secrets, 'sk-planted', 'not-even-known-here', 'X-Sneaky'])
      expect(file.text).not.toContain(secret)
    expect(await there.ask('files.import', { files: [file] })).toMatchObject({ replaced: 0 })
  })
})

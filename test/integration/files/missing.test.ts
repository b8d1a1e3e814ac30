import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RoleId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'
import { exportAll, fill, first, importFile } from '@test/integration/files/configuration'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const write = (parts: object): RouteOutput<'files.export'> => ({
  fileName: 'x.fabula.json',
  text: JSON.stringify({ fabula: 'configuration', version: 1, ...parts }),
})

const foreign = write({
  modelConfigs: [
    {
      name: 'Far',
      kind: 'chat',
      settings: {
        provider: 'faraway',
        model: 'far-1',
        tokens: ['Their key'],
        samplers: { temperature: 1.9, top_p: 0.5 },
      },
    },
  ],
  presets: [
    {
      name: 'Guest',
      fallback: {
        useMainForUnset: true,
        allowPaid: false,
        chains: { errors: ['Far'], contextOverflow: [], refusals: [] },
      },
      roles: {
        main: {
          enabled: true,
          settings: { provider: 'ollama', model: 'llama', server: 'Attic', samplers: { temperature: 1 } },
        },
        storyteller: { enabled: true, modelConfig: 'Far', settings: {} },
        poet: { enabled: true, settings: {} },
      },
    },
  ],
})

describe('what a file refers to and this computer does not have', () => {
  it('is named with who needs it', async () => {
    const { missing } = await app.ask('files.preview', foreign)
    expect(missing.map(({ kind, name, usedBy, modelKind }) => [kind, name, usedBy, modelKind])).toEqual([
      ['provider', 'faraway', ['Far'], null],
      ['model', 'far-1', ['Far'], 'chat'],
      ['token', 'Their key', ['Far'], null],
      ['server', 'Attic', ['Guest'], null],
      ['role', 'poet', ['Guest'], null],
    ])
  })

  it('is left out and reported, and the rest comes in', async () => {
    const report = await importFile(app, foreign)
    expect(report.modelConfigs).toEqual([])
    expect(report.dropped.map(({ item, kind, name }) => `${item}: ${kind} ${name}`)).toEqual([
      'Far: provider faraway',
      'Far: model far-1',
      'Far: token Their key',
      'Guest: modelConfig Far',
      'Guest: server Attic',
      'Guest: role poet',
    ])
    const preset = await app.ask('presets.get', { id: first(report.presets).id })
    expect(preset.fallback.chains.errors).toEqual([])
    const ollama = await providerOf(app, 'ollama')
    expect(Object.values(preset.roles).map(({ settings }) => settings)).toContainEqual({
      providerId: ollama.id,
      model: 'llama',
      samplers: { temperature: 1 },
    })
  })

  it('and is a key, is not stood in for by another key of the provider: the user chooses first', async () => {
    const { own } = await fill(app)
    const file = write({
      presets: [
        {
          name: 'Guest',
          roles: { main: { enabled: true, settings: { provider: own.slug, model: 'tiny', tokens: ['Their key'] } } },
        },
      ],
    })
    const report = await importFile(app, file)
    expect(report.dropped).toMatchObject([{ kind: 'token', name: 'Their key' }])
    const { id: presetId, roles } = await app.ask('presets.get', { id: first(report.presets).id })
    expect(roles[RoleId.parse('main')]?.settings.tokenIds).toEqual([])
    const { id } = await app.ask('stories.create', { language: 'en', presetId })
    const [writer] = await app.ask('stories.cast', { id })
    expect(writer?.problem).toMatchObject({ code: 'token_choose_key', details: { role: 'main' } })
  })

  it('is stood in for by what the user chooses', async () => {
    const { own, token } = await fill(app)
    const attic = await app.ask('servers.add', { name: 'Garage', url: 'http://127.0.0.1:9' })
    const report = await importFile(app, foreign, {
      models: { 'model:faraway/far-1': { providerId: own.id, model: 'tiny' } },
      tokens: { 'token:faraway/Their key': token.id },
      servers: { 'server:Attic': attic.id },
    })
    expect(report.dropped.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['role poet'])
    const config = (await app.ask('modelConfigs.list', {})).find(({ name }) => name === 'Far')
    expect(config?.settings).toEqual({
      providerId: own.id,
      model: 'tiny',
      tokenIds: [token.id],
      samplers: { temperature: 1.9, top_p: 0.5 },
    })
    const preset = await app.ask('presets.get', { id: first(report.presets).id })
    expect(Object.values(preset.roles).map(({ settings }) => settings.serverId)).toContain(attic.id)
    expect(preset.fallback.chains.errors).toEqual([config?.id])
  })

  it('says which settings another provider does not take', async () => {
    const demo = await providerOf(app, 'demo')
    const file = write({
      modelConfigs: [
        {
          name: 'Far',
          kind: 'chat',
          settings: {
            provider: 'faraway',
            model: 'far-1',
            samplers: { temperature: 99, top_p: 0.5 },
            settings: { region: 'x' },
            custom: { odd: 1 },
          },
        },
      ],
    })
    const report = await importFile(app, file, {
      models: { 'model:faraway/far-1': { providerId: demo.id, model: 'demo-novelist' } },
    })
    expect(report.dropped.filter(({ kind }) => kind === 'setting').map(({ name }) => name)).toEqual([
      'settings.region',
      'custom.odd',
      'samplers.temperature',
    ])
    expect(first(await app.ask('modelConfigs.list', {})).settings.samplers).toEqual({ top_p: 0.5 })
  })

  it('is a model only where the provider has said which it has', async () => {
    const settings = (provider: string) => ({ provider, model: 'no-such-model' })
    const file = write({
      modelConfigs: [
        { name: 'A', kind: 'chat', settings: settings('demo') },
        // Nobody has asked OpenRouter yet.
        { name: 'B', kind: 'chat', settings: settings('openrouter') },
      ],
    })
    const { missing } = await app.ask('files.preview', file)
    expect(missing.map(({ key, usedBy }) => [key, usedBy])).toEqual([['model:demo/no-such-model', ['A']]])
    const report = await importFile(app, file)
    expect(report.dropped).toEqual([])
    expect(first(await app.ask('modelConfigs.list', {})).settings.model).toBe('no-such-model')
  })

  it('is not asked for by what is here already', async () => {
    const there = await startTestCore()
    try {
      await fill(there)
      const file = await exportAll(there)
      await importFile(app, file)
      expect(await app.ask('files.preview', file)).toMatchObject({ missing: [] })
    } finally {
      await there.close()
    }
  })

  it('is not stood in for by a key of another provider', async () => {
    const { token, demo } = await fill(app)
    const report = await importFile(app, foreign, {
      models: { 'model:faraway/far-1': { providerId: demo.id, model: 'demo-novelist' } },
      tokens: { 'token:faraway/Their key': token.id },
    })
    expect(report.dropped.map(({ kind }) => kind)).toContain('token')
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { placed, providerOf } from '@test/helpers/test-story'
import {
  exportAll,
  expectToFitSchema,
  first,
  importFile,
  stateOf,
  type Content,
} from '@test/integration/files/configuration'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const contentOf = ({ text }: { text: string }) => JSON.parse(text) as Content

/** An own provider with one key, and a model config that works with both. */
async function withKey(secret: string, provider = 'LM Studio', model = 'tiny') {
  const own = await app.ask('providers.create', { name: provider, baseUrl: 'http://127.0.0.1:9/v1', keyRequired: true })
  const token = await app.ask('tokens.add', { providerId: own.id, name: 'Work', secret })
  const config = await app.ask('modelConfigs.create', {
    name: 'Fast',
    kind: 'chat',
    settings: { providerId: own.id, model, tokenIds: [token.id] },
  })
  return { own, token, config }
}

describe('what only looks like a key', () => {
  it('is exported as it is in a name, a short name and a model, and comes in again as the same', async () => {
    const hf = await app.ask('providers.create', {
      name: 'HF Inference',
      baseUrl: 'http://127.0.0.1:9/sk-local-endpoint/v1',
      keyRequired: true,
    })
    expect(hf.slug).toBe('hf-inference')
    const token = await app.ask('tokens.add', {
      providerId: hf.id,
      name: 'sk-backup-for-work',
      secret: 'not-a-pattern-1',
    })
    const config = await app.ask('modelConfigs.create', {
      name: 'gsk-model-of-models',
      kind: 'chat',
      settings: {
        providerId: hf.id,
        model: 'pk-models/hf_llama-3.3-70b',
        tokenIds: [token.id],
        samplers: { stop: ['sk-and-so-it-ends'] },
      },
    })
    await app.ask('presets.create', {
      name: 'sk-fantasy-epic',
      roles: { main: { enabled: true, modelConfigId: config.id, settings: {} } },
    })
    const before = await stateOf(app)
    const file = await exportAll(app)
    expectToFitSchema(file)
    expect(file.text).not.toContain('redacted')
    const plan = await app.ask('files.preview', file)
    expect(plan.items.map(({ name, conflict }) => [name, conflict])).toEqual([
      ['HF Inference', 'same'],
      ['gsk-model-of-models', 'same'],
      ['sk-fantasy-epic', 'same'],
    ])
    await importFile(app, file)
    expect(await stateOf(app)).toEqual(before)
  })

  it('is taken out of what may hold anything: descriptions and custom parameters', async () => {
    const { config, own } = await withKey('planted-0123456789')
    await app.ask('modelConfigs.update', {
      id: config.id,
      patch: {
        settings: {
          providerId: own.id,
          model: 'tiny',
          custom: { note: 'send Bearer abcdefghijklmnop', list: ['sk-abcdefghijklmnop'] },
        },
      },
    })
    await app.ask('presets.create', { name: 'Noir', description: 'Works with sk-abcdefghijklmnop only.' })
    const { modelConfigs, presets } = contentOf(await exportAll(app))
    expect(first(modelConfigs).settings['custom']).toEqual({
      note: 'send Bearer [redacted]',
      list: ['[redacted]'],
    })
    expect(first(presets).description).toBe('Works with [redacted] only.')
  })
})

describe('a key that is known', () => {
  it('is nowhere in the file, and what named it keeps a name of its own that the file can be read with', async () => {
    const { own, token, config } = await withKey('planted-0123456789', 'planted-0123456789', 'my/planted-0123456789')
    const other = 'another-0123456789'
    await app.ask('tokens.add', { providerId: own.id, name: `a ${other}`, secret: other })
    await app.ask('tokens.rename', { id: token.id, name: 'a planted-0123456789' })
    await app.ask('providers.update', { id: own.id, patch: { baseUrl: `http://planted-0123456789:9/${other}` } })
    for (const name of [other, 'planted-0123456789', `${'x'.repeat(110)}${other.slice(0, 10)}`])
      await app.ask('modelConfigs.create', {
        name,
        kind: 'chat',
        settings: { providerId: own.id, model: 'm'.repeat(282) + other, tokenIds: [token.id] },
      })
    await app.ask('presets.create', {
      name: `${'п'.repeat(102)}${other}`,
      description: `${'п'.repeat(1982)}${other}`,
      roles: {
        main: {
          enabled: true,
          modelConfigId: config.id,
          settings: { samplers: { stop: [other], temperature: 1 }, settings: { order: `x${other}` } },
        },
      },
    })
    const file = await exportAll(app)
    expectToFitSchema(file)
    expect(file.text).not.toContain('planted-0123456789')
    expect(file.text).not.toContain(other)
    const { presets, modelConfigs } = contentOf(file)
    expect(new Set(modelConfigs.map(({ name }) => name)).size).toBe(4)
    expect(first(presets).roles['main']?.settings).toEqual({ samplers: { temperature: 1 }, settings: {} })

    const [preset] = await app.ask('presets.list', {})
    const one = await app.ask('files.export', { what: 'presets', ids: preset ? [preset.id] : [] })
    expect(one.fileName).not.toContain(other)

    const there = await startTestCore()
    const report = await importFile(there, file)
    expect(report).toMatchObject({ replaced: 0, skipped: 0 })
    expect(report.modelConfigs).toHaveLength(4)
    await there.close()
  })

  it('is one even in a session that never used it', async () => {
    const { dataDir, vaultKey } = app
    await withKey('planted-0123456789')
    await app.ask('servers.add', {
      name: 'Cellar',
      url: 'http://127.0.0.1:9',
      auth: { type: 'bearer', secret: 'of-the-cellar-0123' },
    })
    await app.ask('presets.create', { name: 'of-the-cellar-0123', description: 'planted-0123456789' })
    await app.core.close()
    // Work in the background would use the keys, and so make them known.
    app = await startTestCore({ dataDir, vaultKey, backgroundWork: false })
    await app.ask('vault.unlock', {})
    const { text } = await exportAll(app)
    expect(text).not.toContain('planted-0123456789')
    expect(text).not.toContain('of-the-cellar-0123')
  })

  it.each(['ollama', 'openrouter', 'lm-studio', 'main', 'configuration', 'chat', 'failover', 'samplers', '127.0.0.1'])(
    'may be a word that stands in every file: %s',
    async (secret) => {
      const { token, own } = await withKey(secret)
      const demo = await providerOf(app, 'demo')
      const ollama = await providerOf(app, 'ollama')
      await app.ask('presets.create', {
        name: 'Plain',
        roles: {
          main: placed({ providerId: own.id, model: 'tiny', tokenIds: [token.id], tokenStrategy: 'failover' }),
          storyteller: placed({ providerId: demo.id, model: 'demo-novelist', samplers: { temperature: 0.3 } }),
          guard: placed({ providerId: ollama.id, model: 'llama' }),
        },
      })
      const file = await exportAll(app)
      expectToFitSchema(file)
      const there = await startTestCore()
      await importFile(there, file)
      const [plain] = await there.ask('presets.list', {})
      expect(plain).toMatchObject({ name: 'Plain', rolesOn: 3 })
      await there.close()
    }
  )
})

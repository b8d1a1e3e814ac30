import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { defaultFallback, type Preset } from '@contract/entities/preset'
import { ModelConfigId, PresetId, ProviderId, RoleId, TokenId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'
const LATER = '2026-01-02T03:04:06.000Z'
const MAIN = RoleId.parse('main')

let db: Db
let stores: Stores
beforeEach(() => {
  ;({ db, stores } = testStores())
  onTestFinished(() => void db.close())
})

const addProvider = () => {
  const row = {
    id: newId(ProviderId),
    slug: 'mine',
    builtIn: false,
    name: 'Мой «сервер»',
    baseUrl: 'http://127.0.0.1:1/v1',
    keyRequired: true,
    headers: { 'x-team': 'a' },
    extraBody: { nested: { list: [1, null, 'ё'] } },
    limits: { total: 2, perToken: null },
    flavour: 'llama-cpp',
    auth: { type: 'header' as const, header: 'api-key', prefix: 'Key ' },
    kinds: ['chat' as const],
    saidLocal: false,
    secrets: { '["headers","X-Key"]': { cover: '••••', vaultId: 'v', sealed: 'AA==', baseUrl: '' } },
  }
  stores.providers.insert(row, NOW)
  return row
}

it('give a provider back as it was put in, and as it was changed', () => {
  const row = addProvider()
  expect(stores.providers.get(row.id)).toEqual(row)
  const changed = {
    ...row,
    name: null,
    baseUrl: null,
    keyRequired: null,
    headers: {},
    extraBody: {},
    flavour: null,
    auth: null,
    kinds: null,
    saidLocal: null,
  }
  stores.providers.update(changed, LATER)
  expect(stores.providers.list()).toEqual([changed])
  stores.providers.remove(row.id)
  expect(stores.providers.get(row.id)).toBeNull()
})

it('give a token back byte for byte, and let it go with its provider', () => {
  const provider = addProvider()
  const row = {
    id: newId(TokenId),
    provider_id: provider.id,
    name: 'Work',
    last4: 'c0a7',
    vault_id: 'v',
    sealed: Buffer.from([0, 255, 1, 254]),
    fingerprint: 'f',
    base_url: 'http://127.0.0.1:1/v1',
    state: 'unknown' as const,
    cooling_until: null,
    created_at: NOW,
    last_used_at: null,
  }
  stores.tokens.insert(row)
  expect(stores.tokens.get(row.id)).toEqual(row)
  stores.tokens.update({ ...row, name: 'Home', state: 'cooling', cooling_until: LATER })
  expect(stores.tokens.ofProvider(provider.id)).toEqual([
    { ...row, name: 'Home', state: 'cooling', cooling_until: LATER },
  ])
  stores.providers.remove(provider.id)
  expect(stores.tokens.list()).toEqual([])
})

it('give a preset back with its roles, and keep a model config that one of them uses', () => {
  const provider = addProvider()
  const config = {
    id: newId(ModelConfigId),
    name: 'Calm',
    kind: 'chat' as const,
    settings: { providerId: provider.id, model: 'm', samplers: { temperature: 0 }, timeouts: { totalMs: 5000 } },
    createdAt: NOW,
    updatedAt: NOW,
  }
  stores.modelConfigs.insert(config)
  expect(stores.modelConfigs.get(config.id)).toEqual(config)
  const preset: Preset = {
    id: newId(PresetId),
    name: 'Готика',
    description: 'a\nb',
    isDefault: true,
    roles: { [MAIN]: { enabled: true, modelConfigId: config.id, settings: { samplers: { stop: ['\n', '"'] } } } },
    fallback: defaultFallback,
    createdAt: NOW,
    updatedAt: NOW,
  }
  stores.presets.insert(preset)
  expect(stores.presets.get(preset.id)).toEqual(preset)
  expect(() => stores.modelConfigs.remove(config.id)).toThrow(/FOREIGN KEY/)
  stores.presets.setRole(preset.id, MAIN, { enabled: true, modelConfigId: null, settings: {} })
  stores.modelConfigs.remove(config.id)
  expect(stores.modelConfigs.list()).toEqual([])
})

it('keep all of a transaction or nothing, also one inside another', () => {
  const work = () =>
    stores.transaction(() => {
      stores.facts.set('outer', '1')
      stores.transaction(() => stores.facts.set('inner', '1'))
      throw new Error('stop')
    })
  expect(work).toThrow('stop')
  expect(stores.facts.get('outer')).toBeNull()
  expect(stores.facts.get('inner')).toBeNull()
})

it('keep one vault record, and facts by their names', () => {
  expect(stores.vault.read()).toBeNull()
  stores.vault.write('one')
  stores.vault.write('two')
  expect(stores.vault.read()).toBe('two')
  stores.vault.clear()
  expect(stores.vault.read()).toBeNull()
  stores.facts.set('a', '1')
  stores.facts.set('a', '2')
  expect(stores.facts.get('a')).toBe('2')
})

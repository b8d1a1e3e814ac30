import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { defaultFallback } from '@contract/entities/preset'
import { ModelConfigId, PresetId, ProviderId, RoleId } from '@contract/ids'
import { knownRows } from '@main/data/known-rows'
import type { ProviderRow } from '@main/data/provider-store'
import { newId } from '@main/platform/ids'
import { asTheTemplate, unlimited } from '@main/settings/provider-directory'
import { usersOfModelConfigs } from '@main/settings/users-of'
import { testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

function openStores() {
  const { db, stores } = testStores()
  onTestFinished(() => void db.close())
  return { db, stores }
}

/** Asked once a second. */
const OTHERS_WROTE = 'PRAGMA data_version'

/** How many JSON columns `work` decodes, and how many statements it runs. */
function costOf(db: ReturnType<typeof testStores>['db'], work: () => unknown) {
  const parse = vi.spyOn(JSON, 'parse')
  const statements = Object.getPrototypeOf(db.prepare('SELECT 1'))
  const reads = [vi.spyOn(statements, 'all'), vi.spyOn(statements, 'get')]
  try {
    work()
    const asked = reads.flatMap(({ mock }) => mock.contexts.map((statement) => String(Object(statement).source)))
    return { decoded: parse.mock.calls.length, queries: asked.filter((source) => source !== OTHERS_WROTE).length }
  } finally {
    for (const spy of [parse, ...reads]) spy.mockRestore()
  }
}

const provider = (index: number): ProviderRow => ({
  id: newId(ProviderId),
  slug: `own-${index}`,
  builtIn: false,
  name: `Own ${index}`,
  baseUrl: 'http://127.0.0.1:1/v1',
  keyRequired: false,
  headers: { 'X-Index': String(index) },
  extraBody: {},
  limits: unlimited,
  ...asTheTemplate,
})

describe('rows that were decoded', () => {
  it('are decoded again when a column is otherwise, and not before', () => {
    const decode = vi.fn<(row: { id: string; text: string }) => { length: number }>(({ text }) => ({
      length: text.length,
    }))
    const read = knownRows(decode, 2)
    const first = read({ id: 'a', text: 'one' })
    expect(read({ id: 'a', text: 'one' })).toBe(first)
    expect(read({ id: 'a', text: 'three' })).toEqual({ length: 5 })
    expect(decode).toHaveBeenCalledTimes(2)
    // No more are remembered than was said.
    read({ id: 'b', text: 'b' })
    read({ id: 'c', text: 'c' })
    read({ id: 'a', text: 'three' })
    expect(decode).toHaveBeenCalledTimes(5)
  })

  it('cost nothing to ask for again: 200 providers are decoded once, and one that changed alone', () => {
    const { db, stores } = openStores()
    const rows = Array.from({ length: 200 }, (_, index) => provider(index))
    for (const row of rows) stores.providers.insert(row, NOW)
    const listed = () => stores.providers.list()
    expect(costOf(db, listed).decoded).toBeGreaterThan(200)
    expect(costOf(db, listed)).toEqual({ decoded: 0, queries: 1 })
    const [first] = rows
    if (!first) throw new Error('There is no provider')
    const one = () => stores.providers.get(first.id)
    expect(costOf(db, one)).toEqual({ decoded: 0, queries: 1 })
    expect(costOf(db, one)).toEqual({ decoded: 0, queries: 0 })
    expect(costOf(db, () => stores.providers.hasSlug('own-7'))).toEqual({ decoded: 0, queries: 1 })
    stores.providers.update({ ...first, headers: { 'X-Index': 'other' } }, NOW)
    const { decoded } = costOf(db, listed)
    expect(decoded).toBeGreaterThan(0)
    expect(decoded).toBeLessThan(10)
    expect(stores.providers.get(first.id)?.headers).toEqual({ 'X-Index': 'other' })
  })
})

describe('who uses a model config', () => {
  it('is read in four queries, however many presets there are', () => {
    const { db, stores } = openStores()
    const config = newId(ModelConfigId)
    stores.modelConfigs.insert({ id: config, name: 'C', kind: 'chat', settings: {}, createdAt: NOW, updatedAt: NOW })
    const addPresets = (from: number, to: number) => {
      for (let index = from; index < to; index += 1) {
        const role = { enabled: true, modelConfigId: index % 2 === 0 ? config : null, settings: {} }
        const chains = { ...defaultFallback.chains, errors: index % 3 === 0 ? [config] : [] }
        stores.presets.insert({
          id: newId(PresetId),
          name: `Preset ${String(index).padStart(2, '0')}`,
          description: '',
          isDefault: false,
          roles: { [RoleId.parse('main')]: role },
          fallback: { ...defaultFallback, chains },
          createdAt: NOW,
          updatedAt: NOW,
        })
      }
    }
    addPresets(0, 4)
    const users = () => usersOfModelConfigs(stores)
    expect(
      users()
        .get(config)
        ?.map(({ name }) => name)
    ).toEqual(['Preset 00', 'Preset 02', 'Preset 03'])
    expect(costOf(db, users)).toEqual({ decoded: 0, queries: 4 })
    addPresets(4, 24)
    users()
    expect(costOf(db, users)).toEqual({ decoded: 0, queries: 4 })
  })
})

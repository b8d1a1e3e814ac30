import { onTestFinished } from 'vitest'
import type { ModelListState } from '@contract/entities/model'
import { TokenId, type ProviderId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { Stores } from '@main/data/stores'
import { createListSchedule, type ListSchedule } from '@main/features/catalogue/list-schedule'
import { createModelList, type ModelList } from '@main/features/catalogue/model-list'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { createRedactor } from '@main/platform/redact'
import { createFetchWithin } from '@main/platform/http-fetch'
import { createProxyFor } from '@main/platform/proxies'
import { providerDefinitions } from '@main/providers/definitions'
import type { Shared } from '@main/core/shared'
import { createConnections, type Connections } from '@main/routing/connections'
import { createProviderDirectory, seedProviders, type KnownProvider } from '@main/settings/provider-directory'
import { createRoleRegistry } from '@main/settings/role-registry'
import { sealContext } from '@main/settings/token-rows'
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '@test/helpers/fake-openai'
import { jsonReply } from '@test/helpers/fake-server'
import { testStores } from '@test/helpers/test-stores'
import { createMachine } from '@test/unit/secrets/vault-ports'

export interface CatalogueStage {
  db: Db
  stores: Stores
  models: ModelList
  schedule: ListSchedule
  /** What else of Fabula works with the same rows. */
  shared: Shared
  connections: Connections
  fake: FakeOpenAi
  provider: KnownProvider
  /** How fresh the provider's list is. */
  state(): ModelListState
  /** The time of the core, which tests set. */
  clock: { time: number }
  now: () => string
  /** What the provider lists from now on. */
  lists(rows: readonly unknown[]): void
  refresh(): ReturnType<ModelList['refresh']>
  addKey(providerId?: ProviderId): void
  /** Rows that were written, changed or deleted so far. */
  writes(): number
}

export const START = Date.UTC(2026, 5, 1, 12)

/** The catalogue on a real database, with OpenRouter played by a server on this computer. */
export async function openCatalogue(
  options: { models?: FakeOpenAiOptions['models']; vaultIsLocked?: boolean } = {}
): Promise<CatalogueStage> {
  const { models: listed, vaultIsLocked = false } = options
  const fake = await startFakeOpenAi({ embeddingModels: [], ...(listed ? { models: listed } : {}) })
  onTestFinished(() => fake.stop())
  const { db, stores } = testStores()
  onTestFinished(() => void db.close())
  const clock = { time: START }
  const now = () => new Date(clock.time).toISOString()
  seedProviders(stores.providers, providerDefinitions, now())
  const directory = createProviderDirectory(stores.providers, providerDefinitions)
  const slug = 'openrouter'
  const row = directory.list().find(({ row }) => row.slug === slug)?.row
  if (!row) throw new Error('OpenRouter is missing')
  stores.providers.update({ ...row, baseUrl: fake.url }, now())
  const provider = directory.get(row.id)
  // Keys are sealed in one session of the app, and used in the next one.
  const machine = createMachine()
  const before = machine.start()
  await before.open()
  await before.create({ kind: 'keychain' })
  if (vaultIsLocked) machine.keychain.mode = 'locked'
  const vault = machine.start()
  await vault.open()
  const shared: Shared = {
    stores,
    roles: createRoleRegistry(),
    directory,
    vault,
    events: createEventHub(),
    clock: { now: () => clock.time },
    logger: silentLogger,
    redactor: createRedactor(),
  }
  const connections = createConnections({ ...shared, fetchWithin: createFetchWithin(createProxyFor(null)) })
  const models = createModelList({ ...shared, connections })
  const total = db.prepare<[], { n: number }>('SELECT total_changes() AS n')
  return {
    db,
    stores,
    models,
    shared,
    connections,
    schedule: createListSchedule({ ...shared, models }),
    fake,
    provider,
    state: () => stores.modelLists.get(provider.id),
    clock,
    now,
    lists: (rows) => fake.answerAt('/v1/models', jsonReply({ data: rows })),
    refresh: () => models.refresh(provider.id),
    addKey: (providerId = provider.id) => {
      const place = { id: newId(TokenId), provider_id: providerId, base_url: directory.get(providerId).baseUrl ?? '' }
      const box = before.seal('sk-list-0123456789', sealContext(place))
      stores.tokens.insert({
        ...place,
        name: 'Key',
        last4: '6789',
        vault_id: box.vaultId,
        sealed: box.sealed,
        fingerprint: place.id,
        state: 'unknown',
        cooling_until: null,
        created_at: now(),
        last_used_at: null,
      })
    },
    writes: () => total.get()?.n ?? 0,
  }
}

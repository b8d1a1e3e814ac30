import { join } from 'node:path'
import type { AnyEvent } from '@contract/events'
import type { AppStatus } from '@contract/routes/app'
import type { Language } from '@contract/values'
import { openStorage } from '@main/data/storage'
import { createModelList } from '@main/features/catalogue/model-list'
import { createServers } from '@main/features/catalogue/servers'
import { createModelConfigList } from '@main/features/presets/model-config-list'
import { exportPresets } from '@main/features/presets/preset-export'
import { importPresets } from '@main/features/presets/preset-import'
import { testEmbedding } from '@main/features/presets/embedding-test'
import { createPresetList } from '@main/features/presets/preset-list'
import { createPresetViews } from '@main/features/presets/preset-views'
import { createKeyChecks } from '@main/features/providers/key-checks'
import { createProviderList } from '@main/features/providers/provider-list'
import { createTokenList } from '@main/features/providers/token-list'
import { castOf } from '@main/features/stories/cast'
import { createPassages } from '@main/features/stories/passages'
import { createStorySettings } from '@main/features/stories/story-settings'
import { createStoryList } from '@main/features/stories/story-list'
import { createTurns } from '@main/features/turns/turns'
import { appHandlers } from '@main/ipc/app-handlers'
import { createExplain } from '@main/ipc/explain'
import { presetHandlers } from '@main/ipc/preset-handlers'
import { providerHandlers } from '@main/ipc/provider-handlers'
import { createRouter, type Router } from '@main/ipc/router'
import { storyHandlers } from '@main/ipc/story-handlers'
import { vaultHandlers } from '@main/ipc/vault-handlers'
import { systemClock, timestamp } from '@main/platform/clock'
import { createEventHub } from '@main/platform/event-hub'
import { createFileLogger } from '@main/platform/file-logger'
import { httpFetch } from '@main/platform/http-fetch'
import type { PreferenceStore } from '@main/platform/preferences'
import { createRedactor } from '@main/platform/redact'
import { providerDefinitions } from '@main/providers/definitions'
import { createCallPlanner } from '@main/routing/call-plan'
import { createChatCaller } from '@main/routing/chat-call'
import { createConnections } from '@main/routing/connections'
import { createEmbedCaller } from '@main/routing/embed-call'
import { createFailover } from '@main/routing/failover'
import { createTokenRecords } from '@main/routing/token-records'
import { createOsKeychain } from '@main/secrets/os-keychain'
import { createVault } from '@main/secrets/vault'
import { createVaultRecordStore } from '@main/secrets/vault-record'
import { createProviderDirectory, seedProviders } from '@main/settings/provider-directory'
import { createRoleRegistry } from '@main/settings/role-registry'

/** What a shell brings. */
export interface CorePorts {
  dataDir: string
  shell: AppStatus['shell']
  version: string
  systemLanguage: Language
  preferences: PreferenceStore
  environment: NodeJS.ProcessEnv
}

/** The whole of Fabula but the window. */
export interface Core {
  request: Router
  subscribe(listener: (event: AnyEvent) => void): () => void
  /** What can wait until the window is there: opens the vault, looks for Ollama, tidies up. Never throws. */
  startBackgroundWork(): Promise<void>
  /** Saves what is being written and lets go of the data folder. */
  close(): Promise<void>
  /** The keychain has not answered a question yet. A process that exits then must kill itself: exiting would wait. */
  isKeychainWaiting(): boolean
}

export function createCore(ports: CorePorts): Core {
  const { dataDir, environment } = ports
  const clock = systemClock
  const redactor = createRedactor()
  const logger = createFileLogger({ folder: join(dataDir, 'logs'), redactor, clock })
  const events = createEventHub()
  const storage = openStorage(dataDir, logger, ({ providers: rows, messages }) => {
    seedProviders(rows, providerDefinitions, timestamp(clock))
    messages.settleInterrupted()
  })
  const { stores } = storage
  const explain = createExplain({ logger, redactor, dataDir, storageProblem: storage.problem })

  const keychain = createOsKeychain({ logger, ...serviceOf(environment) })
  const vault = createVault({
    records: createVaultRecordStore(stores.vault),
    keychain,
    environmentKey: environment['FABULA_VAULT_KEY'],
    logger,
    redactor,
  })
  vault.onChange(() => events.changed('vault', 'tokens'))

  const directory = createProviderDirectory(stores.providers, providerDefinitions)
  const roles = createRoleRegistry()
  const shared = { stores, directory, roles, vault, redactor, events, clock, logger }
  const connections = createConnections({ vault, redactor, fetch: httpFetch })
  const plan = createCallPlanner(shared)
  const tokenRecords = createTokenRecords(shared)
  const chat = createChatCaller({ connections, tokens: tokenRecords, logger, random: Math.random })
  const failover = createFailover({ stores, planner: plan, chat })
  const embed = createEmbedCaller({ connections, tokens: tokenRecords })

  const providers = createProviderList(shared)
  const tokens = createTokenList(shared)
  const checks = createKeyChecks({ ...shared, tokens, connections })
  const models = createModelList({ ...shared, connections })
  const servers = createServers({
    ...shared,
    connections,
    models,
    environmentHost: environment['OLLAMA_HOST'],
    ...(environment['FABULA_LOCAL_OLLAMA'] ? { localAddress: environment['FABULA_LOCAL_OLLAMA'] } : {}),
  })
  const presets = createPresetList(shared)
  const modelConfigs = createModelConfigList(shared)
  const presetViews = createPresetViews({ stores, roles, presets })
  const turns = createTurns({ ...shared, failover, explain })
  const stories = createStoryList({ ...shared, isWriting: turns.isWriting })
  const storySettings = createStorySettings({ ...shared, createPreset: presets.insert })
  const passages = createPassages({ ...shared, unsaved: turns.unsaved.get })

  const status = (): AppStatus => ({
    version: ports.version,
    shell: ports.shell,
    dataDir,
    systemLanguage: ports.systemLanguage,
    storageProblem: storage.problem?.toShape() ?? null,
  })

  return {
    request: createRouter(
      {
        ...appHandlers({ status, preferences: ports.preferences, events }),
        ...vaultHandlers(vault),
        ...providerHandlers({ providers, tokens, checks, models, servers }),
        ...presetHandlers({
          roles,
          presets,
          modelConfigs,
          views: presetViews,
          testEmbedding: (settings, texts) => testEmbedding({ directory, plan, embed, clock }, settings, texts),
          exportPresets: (ids) => exportPresets(shared, ids),
          importPresets: (text) => importPresets({ ...shared, presets, modelConfigs }, text),
        }),
        ...storyHandlers({
          stories,
          settings: storySettings,
          passages,
          turns,
          cast: (id) => castOf({ stores, roles, failover }, id),
        }),
      },
      explain
    ),
    subscribe: events.subscribe,
    startBackgroundWork: async () => {
      const work = [
        vault.open(),
        ...(storage.problem ? [] : [servers.discover(), listDemoModels(), Promise.resolve().then(stories.purge)]),
      ]
      for (const outcome of await Promise.allSettled(work))
        if (outcome.status === 'rejected') logger.warn('Background work failed', { cause: String(outcome.reason) })
    },
    close: async () => {
      await turns.close()
      storage.close()
      logger.close()
    },
    isKeychainWaiting: keychain.isWaiting,
  }

  /** Providers without an address list their models from themselves, so they are in the catalogue from the start. */
  async function listDemoModels(): Promise<void> {
    for (const provider of directory.list())
      if (!provider.definition.servers && provider.definition.baseUrl === null && provider.row.builtIn)
        await models.refresh(provider.id)
  }
}

/** Tests keep their keys under a service name of their own. */
const serviceOf = (environment: NodeJS.ProcessEnv) =>
  environment['FABULA_KEYCHAIN_SERVICE'] ? { service: environment['FABULA_KEYCHAIN_SERVICE'] } : {}

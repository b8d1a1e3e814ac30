import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AnyEvent } from '@contract/events'
import type { Gateway as GatewayView } from '@contract/entities/gateway'
import type { AppStatus } from '@contract/routes/app'
import type { Language } from '@contract/values'
import { createPictureFolder } from '@main/data/picture-folder'
import { createUploadFolder } from '@main/data/upload-folder'
import { removeLeftCopies } from '@main/data/read-copy'
import { openStorage } from '@main/data/storage'
import { createBin } from '@main/features/bin/bin'
import { createFiles } from '@main/features/files/files'
import { createOpenedFiles } from '@main/features/files/opened-files'
import { sealOpenCredentials } from '@main/features/providers/open-credentials'
import { endInterruptedTurns } from '@main/features/turns/interrupted-turns'
import { noUpdater } from '@main/features/updates/no-updater'
import { createUpdates, type Updater } from '@main/features/updates/updates'
import { createUsage } from '@main/features/usage/usage'
import { createPictures } from '@main/features/worlds/pictures'
import { sceneNow, testWorld } from '@main/features/worlds/scene-view'
import { createStoryChoices } from '@main/features/worlds/story-choices'
import { starters } from '@main/features/templates/starters'
import { seedStarters } from '@main/features/templates/template-list'
import { takenNames } from '@main/features/templates/template-prompts'
import { createWorldList } from '@main/features/worlds/world-list'
import type { GatewayApp } from '@main/gateway/create-gateway-app'
import { appHandlers, type Reopen } from '@main/ipc/app-handlers'
import { binHandlers } from '@main/ipc/bin-handlers'
import { createToUserError } from '@main/ipc/to-user-error'
import { fileHandlers } from '@main/ipc/file-handlers'
import { gatewayHandlers } from '@main/ipc/gateway-handlers'
import { promptHandlers } from '@main/ipc/prompt-handlers'
import { jobHandlers } from '@main/ipc/job-handlers'
import { memoryHandlers } from '@main/ipc/memory-handlers'
import { createRouteCaller, createRouter, type Router } from '@main/ipc/router'
import { updateHandlers } from '@main/ipc/update-handlers'
import { usageHandlers } from '@main/ipc/usage-handlers'
import { vaultHandlers } from '@main/ipc/vault-handlers'
import { worldHandlers } from '@main/ipc/world-handlers'
import { createRemembering } from '@main/memory/remembering'
import { createJobs } from '@main/jobs/job-runner'
import { systemClock, timestamp } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { createFileLogger } from '@main/platform/file-logger'
import type { PreferenceStore } from '@main/platform/preferences'
import type { ProxyFor } from '@main/platform/proxies'
import { createRedactor } from '@main/platform/redact'
import { shippedLicences } from '@main/platform/shipped-licences'
import { createPromptWriter } from '@main/prompts/prompt-template'
import { sections } from '@main/prompts/section-registry'
import { providerDefinitions } from '@main/providers/definitions'
import { createOsKeychain } from '@main/secrets/os-keychain'
import { createVault } from '@main/secrets/vault'
import { createVaultRecordStore } from '@main/secrets/vault-record'
import { createProviderDirectory, seedProviders } from '@main/settings/provider-directory'
import { createRoleRegistry } from '@main/settings/role-registry'
import { createReads } from '@main/workers/reads'
import { createCalls } from './calls'
import { createConfiguration } from './configuration'
import { createDatabaseDamage } from './database-damage'
import { createJobKinds } from './job-kinds'
import { createMediaPart, type MediaFiles } from './media'
import { createPrograms } from './programs'
import type { Shared } from './shared'
import { runStartUp } from './start-up'
import { createStorytelling } from './storytelling'
import { createTemplating } from './templating'

/** What a shell brings. */
export interface CorePorts {
  dataDir: string
  shell: AppStatus['shell']
  version: string
  systemLanguage: Language
  preferences: PreferenceStore
  environment: NodeJS.ProcessEnv
  /** Asks the system for a proxy, where the shell can. */
  systemProxy?: ProxyFor
  /** What can be done about newer versions, where the shell can. */
  updater?: Updater
  /** How long programs that are being answered are waited for at the end, in milliseconds; two seconds unless said. */
  lastAnswersMs?: number
}

/** The whole of Fabula but the window. */
export interface Core {
  status(): AppStatus
  request: Router
  /** Answers a program that asks through the gateway. */
  answerProgram: GatewayApp
  /** Files of sound and film, for the players. */
  media: MediaFiles
  subscribe(listener: (event: AnyEvent) => void): () => void
  /** Gives the window files of the computer to take in; absolute paths. */
  openFiles(paths: readonly string[]): void
  /** Opens the vault and lets programs in for as long as the app runs, at the port that is given or the usual one. */
  runGateway(port: number | null): Promise<GatewayView>
  /** What can wait until the window is there (start-up.ts). Never throws. */
  startBackgroundWork(): Promise<void>
  /** Saves what is being written and lets go of the data folder. */
  close(): Promise<void>
  /** Logs an error that nothing else has caught (shells/uncaught-errors.ts). */
  reportUncaught(error: unknown): void
  /** The keychain has not answered a question yet. A process that exits then must kill itself: exiting would wait. */
  isKeychainWaiting(): boolean
}

/** Puts Fabula together on its data folder. `events` may outlive it; `reopen` puts another core in its place. */
export function createCore(ports: CorePorts, frame: { events: EventHub; reopen: Reopen }): Core {
  const { dataDir, environment } = ports
  const { events, reopen } = frame
  const clock = systemClock
  const redactor = createRedactor()
  const logger = createFileLogger({ folder: join(dataDir, 'logs'), redactor, clock })
  const logFault = (message: string) => (error: unknown) =>
    logger.error(message, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  events.reportFailures(logFault('A listener to events failed'))
  const storage = openStorage(dataDir, logger, (opened) => {
    seedProviders(opened.providers, providerDefinitions, timestamp(clock))
    seedStarters(opened, starters, timestamp(clock))
    endInterruptedTurns(opened, timestamp(clock))
    opened.generations.endInterrupted()
    opened.stories.forgetUnfinished()
  })
  const { stores } = storage
  const toUserError = createToUserError({ logger, redactor, dataDir, storageProblem: storage.problem })

  const keychain = createOsKeychain({ logger, ...serviceOf(environment) })
  const vault = createVault({
    records: createVaultRecordStore(stores.vault),
    keychain,
    environmentKey: environment['FABULA_VAULT_KEY'],
    logger,
    redactor,
  })
  vault.onChange(() => {
    events.changed('vault')
    if (!storage.problem) sealCredentials()
  })

  const directory = createProviderDirectory(stores.providers, providerDefinitions)
  const roles = createRoleRegistry()
  const shared: Shared = { stores, directory, roles, vault, redactor, events, clock, logger }
  const sealCredentials = () => sealOpenCredentials(shared)
  const programs = createPrograms(shared, () => ({
    ...shared,
    version: ports.version,
    call,
    failover,
    planner,
    embed,
    media: calls.media,
    getStageConfig: configuration.getStageConfig,
    toUserError,
  }))
  const calls = createCalls(shared, {
    systemProxy: ports.systemProxy ?? null,
    onServerLost: (server, failure) => servers.lost(server, failure),
    onCall: programs.noteCall,
  })
  const { connections, planner, failover, embed } = calls

  const configuration = createConfiguration(shared, calls, {
    toUserError,
    environment,
    templateName: (id) => templating.list.get(id).name,
  })
  const { models, schedules, servers, presets } = configuration
  const searchIndex = join(dirname(storage.file ?? dataDir), 'search.sqlite')
  const reads = createReads({ database: storage.file ?? '', searchIndex })
  const usage = createUsage({ stores, reads, enterCalls: calls.enterCalls })
  const asked = { ...shared, connections, toUserError, refreshModels: models.refreshServer }
  const remembering = createRemembering({ ...asked, planner, embed, dataDir, isOff: storage.problem !== null })
  const language = (): Language => {
    const chosen = ports.preferences.get().language
    return chosen === 'system' ? ports.systemLanguage : chosen
  }
  const templating = createTemplating(shared, { failover, toUserError, language, guard: programs.guard })
  const media = createMediaPart(shared, { ...calls, ...configuration, ...templating, dataDir, toUserError })
  const rolePrompts = createPromptWriter({ sections, templates: templating.engine })
  const kindPorts = { ...remembering.kindPorts, ...templating.kindPorts, ...media.kindPorts }
  const jobs = createJobs({
    ...asked,
    kinds: createJobKinds({ ...asked, ...servers, ...kindPorts, failover, rolePrompts }),
  })
  const library = media.begin(jobs)
  const memory = remembering.begin(jobs)
  const storytelling = createStorytelling(shared, {
    failover,
    rolePrompts,
    memory,
    jobs,
    reads,
    toUserError,
    createPreset: presets.insert,
    isSearchMade: () => existsSync(searchIndex),
    canSave: storage.problem === null,
    limits: ports.preferences.get,
  })
  const worlds = createWorldList(shared)
  const choices = createStoryChoices(shared)
  const generating = templating.begin({
    jobs,
    reads,
    worlds,
    takeWorld: (id, worldId) => choices.setWorlds(id, [...stores.storyWorlds.worlds(id), worldId]),
    isWriting: storytelling.isWriting,
  })
  const pictureFolder = createPictureFolder(join(dataDir, 'pictures'))
  const uploads = createUploadFolder(join(dataDir, 'uploads'))
  const files = createFiles({
    ...shared,
    uploads,
    pictures: pictureFolder,
    shelf: templating.list,
    takenNames,
  })
  const opened = createOpenedFiles({ uploads, events, toUserError })
  const bin = createBin({
    ...shared,
    restoreStory: storytelling.stories.restore,
    restorePassage: storytelling.edits.restore,
    restoreMedia: library.list.restore,
  })

  const updates = createUpdates({
    ...shared,
    updater: ports.updater ?? noUpdater('shell'),
    preferences: ports.preferences,
    toUserError,
    isWriting: () => storytelling.isAnyWriting() || stores.generations.isAnyRunning(),
  })

  const damage = createDatabaseDamage({ dataDir, events, logger })
  const status = (): AppStatus => ({
    version: ports.version,
    shell: ports.shell,
    dataDir,
    systemLanguage: ports.systemLanguage,
    storageProblem: storage.problem?.toShape() ?? null,
    storageDamage: damage.found()?.toShape() ?? null,
  })

  const call = createRouteCaller({
    ...appHandlers({ status, licences: shippedLicences, preferences: ports.preferences, events, reopen }),
    ...vaultHandlers(vault),
    ...configuration.handlers,
    ...jobHandlers(jobs),
    ...library.handlers,
    ...memoryHandlers(memory),
    ...usageHandlers({ usage, simulations: calls.simulations, events }),
    ...promptHandlers({ roles, templates: templating.engine }),
    ...generating.handlers,
    ...gatewayHandlers(programs),
    ...worldHandlers({
      worlds,
      pictures: createPictures(pictureFolder),
      choices,
      scene: (id, line) => sceneNow(stores, id, line),
      test: (id, text) => testWorld(stores, id, text),
    }),
    ...updateHandlers(updates),
    ...binHandlers(bin),
    ...fileHandlers(files, opened),
    ...storytelling.handlers,
  })

  return {
    status,
    request: createRouter(call, toUserError),
    answerProgram: programs.answer,
    media: { find: library.list.file, read: media.folder.read },
    subscribe: events.subscribe,
    openFiles: opened.open,
    runGateway: async (port) => {
      await vault.open()
      return programs.gateway.run(port)
    },
    startBackgroundWork: async () => {
      await runStartUp({
        ...shared,
        models,
        servers,
        jobs,
        schedules,
        bin,
        tidyMemory: memory.tidy,
        search: storytelling.search,
        tidyFiles: () => Promise.all([pictureFolder.tidy(stores.worlds.hasPicture), media.tidy()]),
        removeLeftCopies,
        checkDatabase: damage.look,
        gateway: programs.gateway,
        canSave: storage.problem === null,
      })
      templating.warm()
      updates.start()
      if (storage.problem === null) storytelling.followKeeping()
    },
    close: async () => {
      damage.close()
      updates.stop()
      await programs.close(ports.lastAnswersMs ?? LAST_ANSWERS_MS)
      calls.close()
      configuration.close()
      await Promise.all([storytelling.close(), generating.close(), jobs.close(), bin.close(), files.close()])
      await Promise.all([memory.close(), templating.close()])
      await reads.close()
      storage.close()
      logger.close()
    },
    reportUncaught: logFault('An error that nothing caught'),
    isKeychainWaiting: keychain.isWaiting,
  }
}

/** A window that was closed must not keep the next start waiting for long. */
const LAST_ANSWERS_MS = 2000

/** Tests keep their keys under a service name of their own. */
const serviceOf = (environment: NodeJS.ProcessEnv) =>
  environment['FABULA_KEYCHAIN_SERVICE'] ? { service: environment['FABULA_KEYCHAIN_SERVICE'] } : {}

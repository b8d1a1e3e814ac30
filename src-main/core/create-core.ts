import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AppStatus } from '@contract/routes/app'
import type { Language } from '@contract/values'
import { searchIndexIn } from '@main/data/data-folder'
import { createUploadFolder } from '@main/data/upload-folder'
import { removeLeftCopies } from '@main/data/read-copy'
import { openStorage } from '@main/data/storage'
import { createBin } from '@main/features/bin/bin'
import { createFiles } from '@main/features/files/files'
import { createOpenedFiles } from '@main/features/files/opened-files'
import { sealOpenCredentials } from '@main/features/providers/open-credentials'
import { endInterruptedTurns } from '@main/features/turns/interrupted-turns'
import { noUpdater } from '@main/features/updates/no-updater'
import { createUpdates } from '@main/features/updates/updates'
import { createUsage } from '@main/features/usage/usage'
import { starters } from '@main/features/templates/starters'
import { seedStarters } from '@main/features/templates/template-list'
import { takenNames } from '@main/features/templates/template-prompts'
import { appHandlers, type Reopen } from '@main/ipc/app-handlers'
import { binHandlers } from '@main/ipc/bin-handlers'
import { createToUserError } from '@main/ipc/to-user-error'
import { fileHandlers } from '@main/ipc/file-handlers'
import { gatewayHandlers } from '@main/ipc/gateway-handlers'
import { promptHandlers } from '@main/ipc/prompt-handlers'
import { jobHandlers } from '@main/ipc/job-handlers'
import { memoryHandlers } from '@main/ipc/memory-handlers'
import { createRouteCaller, createRouter } from '@main/ipc/router'
import { updateHandlers } from '@main/ipc/update-handlers'
import { usageHandlers } from '@main/ipc/usage-handlers'
import { vaultHandlers } from '@main/ipc/vault-handlers'
import { createRemembering } from '@main/memory/remembering'
import { createJobs } from '@main/jobs/job-runner'
import { systemClock, timestamp } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { createFileLogger } from '@main/platform/file-logger'
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
import type { Core, CorePorts, SwapIn } from './core'
import { createConfiguration } from './configuration'
import { createJobKinds } from './job-kinds'
import { createMediaPart } from './media'
import { createPrograms } from './programs'
import { createSafekeeping } from './safekeeping'
import type { Shared } from './shared'
import { runStartUp } from './start-up'
import { createStorytelling } from './storytelling'
import { createTemplating } from './templating'
import { createWorldbuilding } from './worldbuilding'

/** Puts Fabula together on its data folder. `events` may outlive it; `reopen` and `swap` put another core in its place. */
export function createCore(ports: CorePorts, frame: { events: EventHub; reopen: Reopen; swap: SwapIn }): Core {
  const { dataDir, environment } = ports
  const { events, reopen, swap } = frame
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
  const searchIndex = searchIndexIn(dirname(storage.file ?? dataDir))
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
  const worldbuilding = createWorldbuilding(shared, { pictureFolder: join(dataDir, 'pictures') })
  const { worlds, pictures, takeWorld } = worldbuilding
  const generating = templating.begin({ jobs, reads, worlds, takeWorld, isWriting: storytelling.isWriting })
  const uploads = createUploadFolder(join(dataDir, 'uploads'))
  const files = createFiles({ ...shared, uploads, pictures, shelf: templating.list, takenNames })
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

  const safekeeping = createSafekeeping(shared, { dataDir, storageProblem: storage.problem, swap, toUserError })
  const status = (): AppStatus => ({
    version: ports.version,
    shell: ports.shell,
    dataDir,
    systemLanguage: ports.systemLanguage,
    storageProblem: storage.problem?.toShape() ?? null,
    ...safekeeping.status(),
  })

  const call = createRouteCaller({
    ...appHandlers({ status, licences: shippedLicences, preferences: ports.preferences, events, reopen }),
    ...safekeeping.handlers,
    ...vaultHandlers(vault),
    ...configuration.handlers,
    ...jobHandlers(jobs),
    ...library.handlers,
    ...memoryHandlers(memory),
    ...usageHandlers({ usage, simulations: calls.simulations, events }),
    ...promptHandlers({ roles, templates: templating.engine }),
    ...generating.handlers,
    ...gatewayHandlers(programs),
    ...worldbuilding.handlers,
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
        tidyFiles: () =>
          safekeeping.withNames(({ hasMedia, hasPicture }) =>
            Promise.all([
              pictures.tidy((hash) => stores.worlds.hasPicture(hash) || hasPicture(hash)),
              media.tidy(hasMedia),
            ])
          ),
        removeLeftCopies,
        ...safekeeping,
        gateway: programs.gateway,
        canSave: storage.problem === null,
      })
      templating.warm()
      updates.start()
      if (storage.problem === null) storytelling.followKeeping()
    },
    close: async () => {
      updates.stop()
      await safekeeping.close()
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

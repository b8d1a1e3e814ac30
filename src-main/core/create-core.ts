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
import { createListSchedule } from '@main/features/catalogue/list-schedule'
import { createBin } from '@main/features/bin/bin'
import { createModelList } from '@main/features/catalogue/model-list'
import { createFiles } from '@main/features/files/files'
import { createModelConfigList } from '@main/features/presets/model-config-list'
import { testEmbedding } from '@main/features/presets/embedding-test'
import { createPresetList } from '@main/features/presets/preset-list'
import { createPresetViews } from '@main/features/presets/preset-views'
import { createKeyChecks } from '@main/features/providers/key-checks'
import { sealOpenCredentials } from '@main/features/providers/open-credentials'
import { createProviderList } from '@main/features/providers/provider-list'
import { createSignIns } from '@main/features/providers/sign-in'
import { createTokenList } from '@main/features/providers/token-list'
import { createHostModels } from '@main/features/servers/host-models'
import { createServers } from '@main/features/servers/servers'
import { castOf } from '@main/features/stories/cast'
import { createChapters } from '@main/features/stories/chapters'
import { createPassages } from '@main/features/stories/passages'
import { createStoryEdits } from '@main/features/stories/story-edits'
import { createStorySearches } from '@main/features/stories/story-searches'
import { createStorySettings } from '@main/features/stories/story-settings'
import { createStoryList } from '@main/features/stories/story-list'
import { createSummaries } from '@main/features/summaries/summaries'
import { contextUse } from '@main/features/turns/context-use'
import { createSparedDrafts } from '@main/features/turns/draft-passage'
import { endInterruptedTurns } from '@main/features/turns/interrupted-turns'
import { createPassageNotes } from '@main/features/turns/passage-notes'
import { dryRun } from '@main/features/turns/planned-steps'
import { exportTurn } from '@main/features/turns/turn-export'
import { createTurnSteps } from '@main/features/turns/steps/step-registry'
import { createTurnKeeping } from '@main/features/turns/turn-keeping'
import { createTurns } from '@main/features/turns/turns'
import { createUsage } from '@main/features/usage/usage'
import { createPictures } from '@main/features/worlds/pictures'
import { sceneNow, testWorld } from '@main/features/worlds/scene-view'
import { createStoryChoices } from '@main/features/worlds/story-choices'
import { createKnownCounts } from '@main/features/templates/batch-counts'
import { createBatches } from '@main/features/templates/batches'
import { createGenerationRuns } from '@main/features/templates/generation-run'
import { createGenerationUses } from '@main/features/templates/generation-uses'
import { createGenerations } from '@main/features/templates/generations'
import { previewTemplate } from '@main/features/templates/preview'
import { starters } from '@main/features/templates/starters'
import { createTemplateList, seedStarters } from '@main/features/templates/template-list'
import { modelOfTemplate } from '@main/features/templates/template-call'
import { createTemplatePrompts, takenNames } from '@main/features/templates/template-prompts'
import { createWorldList } from '@main/features/worlds/world-list'
import type { GatewayApp } from '@main/gateway/create-gateway-app'
import { appHandlers, type Reopen } from '@main/ipc/app-handlers'
import { batchHandlers } from '@main/ipc/batch-handlers'
import { binHandlers } from '@main/ipc/bin-handlers'
import { templateHandlers } from '@main/ipc/template-handlers'
import { createToUserError } from '@main/ipc/to-user-error'
import { fileHandlers } from '@main/ipc/file-handlers'
import { gatewayHandlers } from '@main/ipc/gateway-handlers'
import { generationHandlers } from '@main/ipc/generation-handlers'
import { presetHandlers } from '@main/ipc/preset-handlers'
import { promptHandlers } from '@main/ipc/prompt-handlers'
import { providerHandlers } from '@main/ipc/provider-handlers'
import { jobHandlers } from '@main/ipc/job-handlers'
import { memoryHandlers } from '@main/ipc/memory-handlers'
import { summaryHandlers } from '@main/ipc/summary-handlers'
import { createRouteCaller, createRouter, type Router } from '@main/ipc/router'
import { serverHandlers } from '@main/ipc/server-handlers'
import { storyHandlers } from '@main/ipc/story-handlers'
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
import { createPromptWriter } from '@main/prompts/prompt-template'
import { sections } from '@main/prompts/section-registry'
import { createTemplateEngine } from '@main/prompts/templates/template-engine'
import { providerDefinitions } from '@main/providers/definitions'
import { serverKey } from '@main/routing/server-choice'
import { createOsKeychain } from '@main/secrets/os-keychain'
import { createVault } from '@main/secrets/vault'
import { createVaultRecordStore } from '@main/secrets/vault-record'
import { createProviderDirectory, seedProviders } from '@main/settings/provider-directory'
import { createRoleRegistry } from '@main/settings/role-registry'
import { createAnswerReader } from '@main/workers/answer-reader'
import { createLists } from '@main/workers/lists'
import { createReads } from '@main/workers/reads'
import { createTemplateWorker } from '@main/workers/template-worker'
import { createCalls } from './calls'
import { createDatabaseDamage } from './database-damage'
import { createJobKinds } from './job-kinds'
import { createPrograms } from './programs'
import { runStartUp } from './start-up'

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
  /** How long programs that are being answered are waited for at the end, in milliseconds; two seconds unless said. */
  lastAnswersMs?: number
}

/** The whole of Fabula but the window. */
export interface Core {
  status(): AppStatus
  request: Router
  /** Answers a program that asks through the gateway. */
  answerProgram: GatewayApp
  subscribe(listener: (event: AnyEvent) => void): () => void
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
  const shared = { stores, directory, roles, vault, redactor, events, clock, logger }
  const sealCredentials = () => sealOpenCredentials(shared)
  const programs = createPrograms(shared, () => ({
    ...shared,
    version: ports.version,
    call,
    failover,
    planner,
    embed,
    toUserError,
  }))
  const calls = createCalls(shared, {
    systemProxy: ports.systemProxy ?? null,
    onServerLost: (server, failure) => servers.lost(server, failure),
    onCall: programs.noteCall,
  })
  const { connections, slots, planner, failover, embed } = calls

  const providers = createProviderList(shared)
  const tokens = createTokenList(shared)
  const checks = createKeyChecks({ ...shared, tokens, connections })
  const signIns = createSignIns({ ...shared, connections, tokens, onKey: (id) => schedule.soon(id) })
  const models = createModelList({ ...shared, connections })
  const schedule = createListSchedule({ ...shared, models })
  const searchIndex = join(dirname(storage.file ?? dataDir), 'search.sqlite')
  const reads = createReads({ database: storage.file ?? '', searchIndex })
  const usage = createUsage({ stores, reads })
  const asked = { ...shared, connections, toUserError, refreshModels: models.refreshServer }
  const servers = createServers({
    ...asked,
    environmentHost: environment['OLLAMA_HOST'],
    ...(environment['FABULA_LOCAL_OLLAMA'] ? { localAddress: environment['FABULA_LOCAL_OLLAMA'] } : {}),
  })
  const hostModels = createHostModels({
    ...asked,
    ...servers,
    callsAt: (id) => ({ running: slots.running(serverKey(id)), waiting: slots.waiting(serverKey(id)) }),
  })
  const remembering = createRemembering({ ...asked, planner, embed, dataDir, isOff: storage.problem !== null })
  const templateWorker = createTemplateWorker()
  const templates = createTemplateEngine(templateWorker)
  const language = (): Language => {
    const chosen = ports.preferences.get().language
    return chosen === 'system' ? ports.systemLanguage : chosen
  }
  const templateList = createTemplateList({ ...shared, starters, language })
  const templatePrompts = createTemplatePrompts({ stores, templates })
  const answers = createAnswerReader()
  const startRun = createGenerationRuns({ failover, prompts: templatePrompts, answers, clock, toUserError })
  const generating = {
    ...shared,
    templates: templateList,
    prompts: templatePrompts,
    failover,
    startRun,
    answers,
    counts: createKnownCounts(stores),
    language,
  }
  const lists = createLists()
  const jobs = createJobs({
    ...asked,
    kinds: createJobKinds({ ...asked, ...servers, ...remembering.kindPorts, ...generating }),
  })
  const memory = remembering.begin(jobs)
  const presets = createPresetList(shared)
  const modelConfigs = createModelConfigList(shared)
  const presetViews = createPresetViews({ stores, roles, presets })
  const prompts = createPromptWriter({ sections, templates })
  const writing = { ...shared, failover, prompts, steps: createTurnSteps({ memory }), toUserError }
  const turns = createTurns(writing)
  const keeping = createTurnKeeping({ ...shared, limits: ports.preferences.get })
  const generations = createGenerations(generating)
  const batches = createBatches({ ...generating, jobs, lists, reads })
  const summaries = createSummaries({ ...shared, jobs, isWriting: turns.isWriting })
  const stories = createStoryList({ ...shared, isWriting: turns.isWriting })
  const search = createStorySearches({
    ...shared,
    reads,
    isMade: () => existsSync(searchIndex),
    canSave: storage.problem === null,
  })
  const storySettings = createStorySettings({ ...shared, createPreset: presets.insert })
  const passages = createPassages({ stores, unsaved: turns.unsaved })
  const edits = createStoryEdits({ ...shared, passages })
  const worlds = createWorldList(shared)
  const choices = createStoryChoices(shared)
  const generationUses = createGenerationUses({
    ...shared,
    generations,
    templates: templateList,
    worlds,
    takeWorld: (id, worldId) => choices.setWorlds(id, [...stores.storyWorlds.worlds(id), worldId]),
    isWriting: turns.isWriting,
  })
  const pictureFolder = createPictureFolder(join(dataDir, 'pictures'))
  const uploads = createUploadFolder(join(dataDir, 'uploads'))
  const files = createFiles({
    ...shared,
    uploads,
    pictures: pictureFolder,
    shelf: templateList,
    takenNames,
  })
  const bin = createBin({ ...shared, restoreStory: stories.restore, restorePassage: edits.restore })

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
    ...appHandlers({ status, preferences: ports.preferences, events, reopen }),
    ...vaultHandlers(vault),
    ...providerHandlers({ providers, tokens, signIns, checks, models, schedule }),
    ...serverHandlers({ servers, models: hostModels }),
    ...jobHandlers(jobs),
    ...memoryHandlers(memory),
    ...summaryHandlers(summaries),
    ...usageHandlers({ usage, simulations: calls.simulations, events }),
    ...presetHandlers({
      roles,
      presets,
      modelConfigs,
      views: presetViews,
      testEmbedding: (settings, texts) => testEmbedding({ directory, plan: planner, embed, clock }, settings, texts),
    }),
    ...promptHandlers({ roles, templates }),
    ...templateHandlers({
      list: templateList,
      prompts: templatePrompts,
      engine: templates,
      model: (model) => modelOfTemplate({ stores, failover }, model),
      preview: (asked) => previewTemplate({ stores, failover, prompts: templatePrompts, language }, asked),
    }),
    ...gatewayHandlers(programs),
    ...generationHandlers({ generations, uses: generationUses }),
    ...batchHandlers(batches),
    ...worldHandlers({
      worlds,
      pictures: createPictures(pictureFolder),
      choices,
      scene: (id, line) => sceneNow(stores, id, line),
      test: (id, text) => testWorld(stores, id, text),
    }),
    ...binHandlers(bin),
    ...fileHandlers(files),
    ...storyHandlers({
      stories,
      search,
      settings: storySettings,
      passages,
      edits,
      chapters: createChapters({ stores, events, passages }),
      turns,
      onOpened: memory.opened,
      notes: createPassageNotes({ stores, events }),
      drafts: createSparedDrafts(shared),
      cast: (id) => castOf({ stores, roles, failover }, id),
      context: (asked) => contextUse(writing, asked),
      keeping,
      exportTurn: (id) => exportTurn(shared, id),
      planTurn: (input) => dryRun(writing, input),
    }),
  })

  return {
    status,
    request: createRouter(call, toUserError),
    answerProgram: programs.answer,
    subscribe: events.subscribe,
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
        schedule,
        bin,
        tidyMemory: memory.tidy,
        search,
        tidyPictures: () => pictureFolder.tidy(stores.worlds.hasPicture),
        removeLeftCopies,
        checkDatabase: damage.look,
        gateway: programs.gateway,
        canSave: storage.problem === null,
      })
      // The first turn need not wait for it.
      templateWorker.warm()
      if (storage.problem === null) keeping.follow()
    },
    close: async () => {
      damage.close()
      await programs.close(ports.lastAnswersMs ?? LAST_ANSWERS_MS)
      calls.close()
      schedule.stop()
      signIns.close()
      servers.close()
      summaries.close()
      await Promise.all([
        turns.close(),
        generations.close(),
        jobs.close(),
        bin.close(),
        stories.close(),
        search.close(),
        files.close(),
      ])
      await keeping.close()
      await Promise.all([memory.close(), templateWorker.close(), answers.close(), lists.close()])
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

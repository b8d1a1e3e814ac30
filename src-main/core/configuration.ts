import type { FabulaError } from '@contract/errors'
import type { TemplateId } from '@contract/ids'
import { createListSchedule } from '@main/features/catalogue/list-schedule'
import { createModelList, type ModelList } from '@main/features/catalogue/model-list'
import { testEmbedding } from '@main/features/presets/embedding-test'
import { createModelConfigList } from '@main/features/presets/model-config-list'
import { createPresetList, type PresetList } from '@main/features/presets/preset-list'
import { createPresetViews } from '@main/features/presets/preset-views'
import { createKeyChecks } from '@main/features/providers/key-checks'
import { createProviderList } from '@main/features/providers/provider-list'
import { createSignIns } from '@main/features/providers/sign-in'
import { createTokenList } from '@main/features/providers/token-list'
import { createStageLists } from '@main/features/media/stage-lists'
import { createStageSchedule } from '@main/features/media/stage-schedule'
import { createStages } from '@main/features/media/stages'
import { createHostModels } from '@main/features/servers/host-models'
import { createServers, type Servers } from '@main/features/servers/servers'
import { presetHandlers } from '@main/ipc/preset-handlers'
import { providerHandlers } from '@main/ipc/provider-handlers'
import { serverHandlers } from '@main/ipc/server-handlers'
import { stageHandlers } from '@main/ipc/stage-handlers'
import type { Daily } from '@main/platform/daily'
import { serverKey } from '@main/routing/server-choice'
import { createStageConfig, type GetStageConfig } from '@main/settings/stage-config'
import { createStageRegistry, type StageRegistry } from '@main/settings/stage-registry'
import type { Calls } from './calls'
import type { Shared } from './shared'

/** Who can be asked, and with what settings: providers with their keys, models, Ollama servers, presets, media stages. */
export interface Configuration {
  models: ModelList
  /** What is asked for again every day. */
  schedules: readonly Pick<Daily<never>, 'look' | 'start'>[]
  servers: Servers
  presets: PresetList
  stages: StageRegistry
  /** The only way to the provider, the key and the model of a stage. */
  getStageConfig: GetStageConfig
  handlers: ReturnType<typeof providerHandlers> &
    ReturnType<typeof serverHandlers> &
    ReturnType<typeof presetHandlers> &
    ReturnType<typeof stageHandlers>
  close(): void
}

export function createConfiguration(
  shared: Shared,
  { connections, slots, planner, embed }: Pick<Calls, 'connections' | 'slots' | 'planner' | 'embed'>,
  {
    toUserError,
    environment,
    templateName,
  }: {
    toUserError: (error: unknown) => FabulaError
    environment: NodeJS.ProcessEnv
    templateName: (id: TemplateId) => string
  }
): Configuration {
  const { stores, roles, directory, clock } = shared
  const providers = createProviderList(shared)
  const staged = { ...shared, stages: createStageRegistry() }
  const tokens = createTokenList(staged)
  const checks = createKeyChecks({ ...shared, tokens, connections })
  const signIns = createSignIns({ ...shared, connections, tokens, onKey: (id) => schedule.soon(id) })
  const models = createModelList({ ...shared, connections })
  const schedule = createListSchedule({ ...shared, models })
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
  const presets = createPresetList(shared)
  const stages = createStages({ ...staged, tokens, connections, lists: createStageLists({ stores, connections }) })
  const stageSchedule = createStageSchedule({ ...shared, stages })
  return {
    models,
    schedules: [schedule, stageSchedule],
    servers,
    presets,
    stages: staged.stages,
    getStageConfig: createStageConfig(staged),
    handlers: {
      ...stageHandlers(stages),
      ...providerHandlers({ providers, tokens, signIns, checks, models, schedule }),
      ...serverHandlers({ servers, models: hostModels }),
      ...presetHandlers({
        roles,
        presets,
        modelConfigs: createModelConfigList({ ...shared, templateName }),
        views: createPresetViews({ stores, roles, presets }),
        testEmbedding: (settings, texts) => testEmbedding({ directory, plan: planner, embed, clock }, settings, texts),
      }),
    },
    close: () => {
      schedule.stop()
      stageSchedule.stop()
      signIns.close()
      stages.close()
      servers.close()
    },
  }
}

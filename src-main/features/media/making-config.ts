import type { MediaModel, StageChoice } from '@contract/entities/stage'
import { FabulaError } from '@contract/errors'
import type { ProviderId, StageId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import { resolveChoice, type GetStageConfig, type StageConfig } from '@main/settings/stage-config'
import type { StageRegistry } from '@main/settings/stage-registry'
import { checkStageSettings, splitStageSettings } from '@main/settings/stage-settings'
import type { VaultIdentity } from '@main/settings/token-rows'

/** What something is made with. */
export interface MakingConfigs {
  /** As the stage is set now, with the settings of a request over its own. Throws what stands in the way. */
  now(id: StageId, settings: JsonObject): { config: StageConfig; choice: StageChoice }
  /** As it was when it was asked for: half of something must not be made by somebody else. Throws where that is gone. */
  asAsked(id: StageId, choice: StageChoice): StageConfig
}

export function createMakingConfigs(ports: {
  stores: Pick<Stores, 'tokens' | 'bin'>
  stages: StageRegistry
  directory: ProviderDirectory
  vault: VaultIdentity
  getStageConfig: GetStageConfig
}): MakingConfigs {
  const { stages, getStageConfig } = ports
  const withSettings = (config: Omit<StageConfig, 'settings'>, settings: JsonObject): StageConfig => {
    const { stage, provider } = config
    checkStageSettings(stage, provider, settings)
    return { ...config, settings: splitStageSettings(stage, provider, settings) }
  }
  /** What the list of the stage says of a model now, where it is still of the same provider. */
  const listedNow = (id: StageId, providerId: ProviderId, model: string): MediaModel | null => {
    try {
      const { provider, model: chosen, listed } = getStageConfig(id)
      return provider.id === providerId && chosen === model ? listed : null
    } catch (error) {
      if (error instanceof FabulaError) return null
      throw error
    }
  }
  return {
    now: (id, given) => {
      const config = getStageConfig(id)
      const { own, samplers, provider } = config.settings
      const settings = { ...own, ...samplers, ...provider, ...given }
      return {
        config: withSettings(config, settings),
        choice: {
          providerId: config.provider.id,
          tokenId: config.token?.id ?? null,
          model: config.model,
          settings,
        },
      }
    },
    asAsked: (id, { model, settings, ...choice }) => {
      if (model === null) return getStageConfig(id)
      const stage = stages.get(id)
      const { provider, token } = resolveChoice(ports, stage, choice)
      const media = stage.kind === 'chat' ? null : (provider.definition.media[stage.kind] ?? null)
      return withSettings(
        { stage, provider, token, model, listed: listedNow(id, choice.providerId, model), media },
        settings
      )
    },
  }
}

import { useQueryClient } from '@tanstack/react-query'
import type { ModelConfig, ModelConfigPatch, NewModelConfig } from '@contract/entities/model-config'
import type { ModelConfigId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { SaveQueue } from '@renderer/components/save-queue'
import { keptSaves, useDraft, type Saving } from '@renderer/components/use-saves'

type Configs = RouteOutput<'modelConfigs.list'>

/** The saves of one model config: its name and its settings, each for itself. */
export const configSaves = keptSaves((client, id: ModelConfigId) => {
  const put = (config: ModelConfig) => (before: Configs | undefined) =>
    before?.map((each) => (each.id === id ? { ...each, ...config } : each))
  return new SaveQueue<ModelConfigPatch>({
    save: async (patch) => {
      const config = await request('modelConfigs.update', { id, patch })
      client.setQueryData<Configs>(['modelConfigs.list', {}], put(config))
    },
    partOf: (patch) => Object.keys(patch).join(),
    // A name that is taken stays in its field, beside the words that say so.
    keepsRefused: (patch) => patch.name !== undefined,
  })
})

export interface ConfigDraft extends Saving {
  value: NewModelConfig
  rename: (name: string) => void
  changeSettings: (change: (before: NewModelConfig['settings']) => NewModelConfig['settings']) => void
}

/** What a stored config says, in the form in which it is saved. Every stored one has a provider and a model. */
function written({ name, kind, settings }: ModelConfig): NewModelConfig {
  const { providerId, model } = settings
  if (providerId === undefined || model === undefined) throw new Error(`The model config ${name} has no model`)
  return { name, kind, settings: { ...settings, providerId, model } }
}

const withChange = (value: NewModelConfig, patch: ModelConfigPatch): NewModelConfig => ({ ...value, ...patch })

/** A model config that saves itself as it is edited. */
export function useConfigDraft(config: ModelConfig): ConfigDraft {
  const saves = configSaves(useQueryClient(), config.id)
  const { now, ...draft } = useDraft(saves, written(config), withChange)
  return {
    ...draft,
    rename: (name) => saves.add({ name }),
    changeSettings: (change) => saves.add({ settings: change(now().settings) }),
  }
}

import { useQueryClient } from '@tanstack/react-query'
import type { ModelConfig, ModelConfigPatch, ModelSettings } from '@contract/entities/model-config'
import type { ModelConfigId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { SaveQueue } from '@renderer/components/save-queue'
import { keptSaves, useDraft, type Saving } from '@renderer/components/use-saves'

type Configs = RouteOutput<'modelConfigs.list'>

/** The saves of one model config: its name and its settings, each for itself. */
export const configSaves = keptSaves((client, id: ModelConfigId) => {
  const put = (config: ModelConfig) => (before: Configs | undefined) =>
    before?.map((each) => (each.id === id ? { ...each, unreadable: undefined, ...config } : each))
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
  value: Pick<ModelConfig, 'name' | 'kind' | 'settings'>
  rename: (name: string) => void
  /** Settings whose own could not be read have no model: nothing is saved of them before one is chosen. */
  changeSettings: (change: (before: ModelSettings) => ModelSettings) => void
}

type Value = ConfigDraft['value']

const written = ({ name, kind, settings }: ModelConfig): Value => ({ name, kind, settings })

const withChange = (value: Value, patch: ModelConfigPatch): Value => ({
  name: patch.name ?? value.name,
  kind: value.kind,
  settings: patch.settings ?? value.settings,
})

/** A model config that saves itself as it is edited. */
export function useConfigDraft(config: ModelConfig): ConfigDraft {
  const saves = configSaves(useQueryClient(), config.id)
  const { now, ...draft } = useDraft(saves, written(config), withChange)
  return {
    ...draft,
    rename: (name) => saves.add({ name }),
    changeSettings: (change) => {
      const before = now().settings
      const next = change(before)
      const providerId = next.providerId ?? before.providerId
      const model = next.model ?? before.model
      if (providerId && model) saves.add({ settings: { ...next, providerId, model } })
    },
  }
}

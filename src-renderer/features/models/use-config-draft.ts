import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { ModelConfig, NewModelConfig } from '@contract/entities/model-config'
import type { ModelConfigId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { SaveQueue } from '@renderer/components/save-queue'

type Configs = RouteOutput<'modelConfigs.list'>
type ConfigSaves = SaveQueue<NewModelConfig, ModelConfig, { value: NewModelConfig | null }>

// They outlive the screen: what could not be saved is still there when the writer comes back.
const queues = new WeakMap<QueryClient, Map<ModelConfigId, ConfigSaves>>()

/** The saves of one model config, the same ones wherever they are asked for. */
export function savesOf(client: QueryClient, id: ModelConfigId): ConfigSaves {
  const ofClient = queues.get(client) ?? new Map<ModelConfigId, ConfigSaves>()
  queues.set(client, ofClient)
  const known = ofClient.get(id)
  if (known) return known
  const put = (config: ModelConfig) => (before: Configs | undefined) =>
    before?.map((each) => (each.id === id ? { ...each, ...config } : each))
  const saves: ConfigSaves = new SaveQueue(
    {
      send: (value) => request('modelConfigs.update', { id, value }),
      onSaved: (config) => client.setQueryData<Configs>(['modelConfigs.list', {}], put(config)),
    },
    () => 'config',
    (changes) => ({ value: changes.at(-1) ?? null })
  )
  ofClient.set(id, saves)
  return saves
}

export interface ConfigDraft {
  /** As it stands on the screen: what main has, or what is not saved yet. */
  value: NewModelConfig
  state: 'saved' | 'saving' | 'failed'
  saveError: unknown
  retry: () => void
  change: (change: (before: NewModelConfig) => NewModelConfig) => void
}

/** What a stored config says, in the form in which it is saved. Every stored one has a provider and a model. */
function written({ name, kind, settings }: ModelConfig): NewModelConfig {
  const { providerId, model } = settings
  if (providerId === undefined || model === undefined) throw new Error(`The model config ${name} has no model`)
  return { name, kind, settings: { ...settings, providerId, model } }
}

/** A model config that saves itself as it is edited. */
export function useConfigDraft(config: ModelConfig): ConfigDraft {
  const saves = savesOf(useQueryClient(), config.id)
  const { state, value, error } = useSyncExternalStore(saves.subscribe, saves.snapshot)

  useEffect(() => {
    const flush = () => saves.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      saves.flush()
    }
  }, [saves])

  return {
    value: value ?? written(config),
    state,
    saveError: error,
    retry: () => saves.retry(),
    // Asked for anew: two edits may come before the screen is drawn again.
    change: (change) => saves.add(change(saves.snapshot().value ?? written(config))),
  }
}

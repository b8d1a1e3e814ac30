import type { ModelSettings } from '@contract/entities/model-config'
import type { RouteOutput } from '@contract/routes'
import type { ModelConfigList } from '@main/features/presets/model-config-list'
import type { PresetList } from '@main/features/presets/preset-list'
import type { PresetViews } from '@main/features/presets/preset-views'
import type { RoleRegistry } from '@main/settings/role-registry'
import type { HandlersOf } from './router'

export const presetHandlers = (ports: {
  roles: RoleRegistry
  presets: PresetList
  modelConfigs: ModelConfigList
  views: PresetViews
  testEmbedding: (settings: ModelSettings, texts: readonly [string, string]) => Promise<RouteOutput<'embeddings.test'>>
}): HandlersOf<'roles' | 'presets' | 'modelConfigs' | 'embeddings'> => {
  const { roles, presets, modelConfigs, views, testEmbedding } = ports
  return {
    'roles.list': () => [...roles.list()],

    'presets.list': ({ ids }) => presets.summaries(ids),
    'presets.get': ({ id }) => presets.get(id),
    'presets.create': (input) => presets.create(input),
    'presets.update': ({ id, patch }) => presets.update(id, patch),
    'presets.setRole': ({ id, role, value }) => presets.setRole(id, role, value),
    'presets.setDefault': ({ id }) => {
      presets.setDefault(id)
      return {}
    },
    'presets.duplicate': ({ id }) => presets.duplicate(id),
    'presets.delete': ({ id }) => {
      presets.remove(id)
      return {}
    },

    'presets.effective': ({ id }) => views.effective(id),
    'presets.effects': ({ id, role, value }) => views.effects(id, role, value),
    'presets.compare': ({ a, b }) => views.compare(a, b),

    'embeddings.test': ({ settings, texts }) => testEmbedding(settings, texts),

    'modelConfigs.list': ({ ids }) => modelConfigs.list(ids),
    'modelConfigs.create': (input) => modelConfigs.create(input),
    'modelConfigs.update': ({ id, patch }) => modelConfigs.update(id, patch),
    'modelConfigs.duplicate': ({ id }) => modelConfigs.duplicate(id),
    'modelConfigs.delete': ({ id }) => {
      modelConfigs.remove(id)
      return {}
    },
  }
}

import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { ModelConfigList } from '@main/features/presets/model-config-list'
import type { PresetList } from '@main/features/presets/preset-list'
import type { RoleRegistry } from '@main/settings/role-registry'
import type { HandlersOf } from './router'

export const presetHandlers = (ports: {
  roles: RoleRegistry
  presets: PresetList
  modelConfigs: ModelConfigList
  exportPresets: (ids: ParsedInput<'presetFiles.export'>['ids']) => RouteOutput<'presetFiles.export'>
  importPresets: (text: string) => RouteOutput<'presetFiles.import'>
}): HandlersOf<'roles' | 'presets' | 'presetFiles' | 'modelConfigs'> => {
  const { roles, presets, modelConfigs, exportPresets, importPresets } = ports
  return {
    'roles.list': () => [...roles.list()],

    'presets.list': () => presets.summaries(),
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

    'presetFiles.export': ({ ids }) => exportPresets(ids),
    'presetFiles.import': ({ text }) => importPresets(text),

    'modelConfigs.list': () => modelConfigs.list(),
    'modelConfigs.create': (input) => modelConfigs.create(input),
    'modelConfigs.update': ({ id, value }) => modelConfigs.update(id, value),
    'modelConfigs.delete': ({ id }) => {
      modelConfigs.remove(id)
      return {}
    },
  }
}

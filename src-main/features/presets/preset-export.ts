import { placedRoles, type Preset } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import { CommonError, FabulaError } from '@contract/errors'
import type { ModelConfigId, PresetId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import { PRESET_FILE_VERSION, PresetFile, type FileSettings } from './preset-file'

/**
 * Writes presets, the model configs they stand on and the providers the user added for them as one file. It is built
 * field by field from what may travel, so nothing else can be in it; the schema it is read with checks it on the way out.
 */
export function exportPresets(
  ports: { stores: Stores; directory: ProviderDirectory },
  ids: readonly PresetId[]
): { fileName: string; text: string } {
  const { stores, directory } = ports
  const providers = new Map<string, PresetFile['providers'][number]>()
  const configs = new Map<ModelConfigId, PresetFile['modelConfigs'][number]>()

  const travelling = (settings: ModelSettings): FileSettings => {
    const { providerId, serverId, tokenIds, ...rest } = settings
    const provider = providerId && directory.find(providerId)
    const server = serverId && stores.servers.get(serverId)
    const tokens = tokenIds?.flatMap((id) => stores.tokens.get(id)?.name ?? [])
    if (provider && !provider.row.builtIn)
      providers.set(provider.row.slug, {
        slug: provider.row.slug,
        name: provider.name,
        baseUrl: provider.baseUrl ?? '',
        keyRequired: provider.keyRequired,
      })
    return {
      ...rest,
      ...(provider ? { provider: provider.row.slug } : {}),
      ...(server ? { server: server.name } : {}),
      ...(tokens ? { tokens } : {}),
    }
  }

  const configName = (id: ModelConfigId): string | undefined => {
    const config = stores.modelConfigs.get(id)
    if (!config) return undefined
    const { provider = '', model = '', ...settings } = travelling(config.settings)
    configs.set(id, { name: config.name, kind: config.kind, settings: { provider, model, ...settings } })
    return config.name
  }

  const presets = ids.map((id) => {
    const preset = stores.presets.get(id)
    if (!preset) throw new FabulaError(CommonError.NotFound, `There is no preset ${id}`, { details: { path: 'ids' } })
    const roles: PresetFile['presets'][number]['roles'] = {}
    for (const { role, value } of placedRoles(preset.roles)) {
      const modelConfig = value.modelConfigId ? configName(value.modelConfigId) : undefined
      roles[role] = {
        enabled: value.enabled,
        ...(modelConfig ? { modelConfig } : {}),
        settings: travelling(value.settings),
      }
    }
    return { preset, written: { name: preset.name, description: preset.description, fallback: preset.fallback, roles } }
  })

  const file = PresetFile.parse({
    fabula: 'presets',
    version: PRESET_FILE_VERSION,
    providers: [...providers.values()],
    modelConfigs: [...configs.values()],
    presets: presets.map(({ written }) => written),
  })
  return { fileName: fileNameFor(presets.map(({ preset }) => preset)), text: `${JSON.stringify(file, null, 2)}\n` }
}

/** A name that every file system takes. */
function fileNameFor([first, ...rest]: Preset[]): string {
  const name = first && rest.length === 0 ? first.name : 'presets'
  const plain = name
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '')
    .slice(0, 80)
  return `${plain === '' ? 'preset' : plain}.fabula.json`
}

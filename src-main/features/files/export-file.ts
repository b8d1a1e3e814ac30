import { placedRoles, type Preset } from '@contract/entities/preset'
import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import { CommonError, FabulaError, FileError } from '@contract/errors'
import type { ModelConfigId, ProviderId } from '@contract/ids'
import { LARGEST_FILE } from '@contract/routes/files'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import type { Redactor } from '@main/platform/redact'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import {
  CONFIGURATION_VERSION,
  ConfigurationFile,
  type FileModelConfig,
  type FilePreset,
  type FileProvider,
  type FileSettings,
} from './configuration-file'
import { fileNameFor } from './names'
import { withoutSecrets } from './without-secrets'

export interface ExportPorts {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  redactor: Redactor
}

/**
 * Writes what was asked for, and all that it stands on, as one file: presets with their model configs, those with the
 * providers that the user added. It is built field by field from what may travel, so nothing else can be in it; the schema
 * it is read with checks it on the way out. Throws `not_found`, and `file_too_large` for what could not be read again.
 */
export function exportFile(ports: ExportPorts, asked: ParsedInput<'files.export'>): RouteOutput<'files.export'> {
  const { stores, redactor } = ports
  const writer = createWriter(ports)
  const named = (names: string[], several: string) => (names.length === 1 ? (names[0] ?? several) : several)
  const fileName = (() => {
    switch (asked.what) {
      case 'presets': {
        const presets = [...new Set(asked.ids)].map((id) => stores.presets.get(id) ?? missing('preset', id))
        presets.forEach(writer.preset)
        return fileNameFor(
          named(
            presets.map(({ name }) => name),
            'presets'
          ),
          'preset'
        )
      }
      case 'modelConfigs': {
        const configs = [...new Set(asked.ids)].map((id) => stores.modelConfigs.get(id) ?? missing('model config', id))
        configs.forEach(writer.modelConfig)
        return fileNameFor(
          named(
            configs.map(({ name }) => name),
            'models'
          ),
          'model'
        )
      }
      case 'configuration':
        writer.everything()
        return fileNameFor('configuration', 'configuration')
    }
  })()
  const file = ConfigurationFile.parse(withoutSecrets(redactor, JsonObject.parse(writer.file())))
  const text = `${JSON.stringify(file, null, 2)}\n`
  if (Buffer.byteLength(text) > LARGEST_FILE)
    throw new FabulaError(FileError.TooLarge, `The file would have more than ${LARGEST_FILE} bytes`, {
      details: { limit: LARGEST_FILE },
    })
  return { fileName, text }
}

const missing = (what: string, id: string): never => {
  throw new FabulaError(CommonError.NotFound, `There is no ${what} ${id}`, { details: { path: 'ids' } })
}

function createWriter({ stores, directory, roles }: ExportPorts) {
  const providers = new Map<ProviderId, FileProvider>()
  const configs = new Map<ModelConfigId, FileModelConfig>()
  const presets: FilePreset[] = []

  const known = new Map<ProviderId, KnownProvider>(directory.list().map((provider) => [provider.id, provider]))
  const serverNames = new Map(stores.servers.list().map(({ id, name }) => [id, name]))
  const tokenNames = new Map(stores.tokens.list().map(({ id, name }) => [id, name]))
  const switchables = new Map<string, boolean>(roles.list().map(({ id, switchable }) => [id, switchable]))

  const addProvider = ({ id, row, name, baseUrl, keyRequired }: KnownProvider) => {
    if (!row.builtIn) providers.set(id, { slug: row.slug, name, baseUrl: baseUrl ?? '', keyRequired })
  }

  const travelling = ({ providerId, serverId, tokenIds, ...rest }: ModelSettings): FileSettings => {
    const provider = providerId && known.get(providerId)
    const server = serverId && serverNames.get(serverId)
    if (provider) addProvider(provider)
    return {
      ...(provider ? { provider: provider.row.slug } : {}),
      ...(server ? { server } : {}),
      ...(tokenIds ? { tokens: tokenIds.flatMap((id) => tokenNames.get(id) ?? []) } : {}),
      ...rest,
    }
  }

  const addConfig = ({ id, name, kind, settings }: ModelConfig) => {
    if (configs.has(id)) return
    const { provider = '', model = '', ...more } = travelling(settings)
    configs.set(id, { name, kind, settings: { provider, model, ...more } })
  }
  const configNamed = (id: ModelConfigId): string[] => {
    const config = stores.modelConfigs.get(id)
    if (config) addConfig(config)
    return config ? [config.name] : []
  }

  /** As the editor shows them, main first. */
  const inOrder = (placed: Preset['roles']) => {
    const order = [...switchables.keys()]
    const place = (role: string) => (switchables.has(role) ? order.indexOf(role) : order.length)
    return placedRoles(placed).toSorted((a, b) => place(a.role) - place(b.role))
  }
  const addPreset = ({ name, description, fallback, roles: placed }: Preset) => {
    const written: FilePreset['roles'] = {}
    for (const { role, value } of inOrder(placed)) {
      const [modelConfig] = value.modelConfigId ? configNamed(value.modelConfigId) : []
      const empty = modelConfig === undefined && Object.keys(value.settings).length === 0
      if (empty && value.enabled === (switchables.get(role) === false)) continue
      written[role] = {
        enabled: value.enabled,
        ...(modelConfig === undefined ? {} : { modelConfig }),
        settings: travelling(value.settings),
      }
    }
    const { errors, contextOverflow, refusals } = fallback.chains
    presets.push({
      name,
      description,
      fallback: {
        ...fallback,
        chains: {
          errors: errors.flatMap(configNamed),
          contextOverflow: contextOverflow.flatMap(configNamed),
          refusals: refusals.flatMap(configNamed),
        },
      },
      roles: written,
    })
  }

  return {
    preset: addPreset,
    modelConfig: addConfig,
    everything: () => {
      for (const provider of known.values()) addProvider(provider)
      stores.modelConfigs.list().forEach(addConfig)
      for (const { id } of stores.presets.summaries()) {
        const preset = stores.presets.get(id)
        if (preset) addPreset(preset)
      }
    },
    file: () => ({
      fabula: 'configuration',
      version: CONFIGURATION_VERSION,
      providers: [...providers.values()],
      modelConfigs: [...configs.values()],
      presets,
    }),
  }
}

import { withoutCredentials } from '@contract/credentials'
import { ExtraHeaders, OwnKinds } from '@contract/entities/provider'
import { roleEntries, type Preset } from '@contract/entities/preset'
import { LONGEST_TEMPLATE } from '@contract/entities/template-text'
import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import type { ModelConfigId, PresetId, ProviderId, TemplateId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import type { Redactor } from '@main/platform/redact'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import {
  CONFIGURATION_VERSION,
  LONGEST_DESCRIPTION,
  LONGEST_MODEL,
  type FileModelConfig,
  type FilePreset,
  type FileProvider,
  type FileSettings,
} from './configuration-file'
import { createMask } from './mask'
import { namesInFile } from './names-in-file'
import type { FileTemplate } from './template-file'
import type { TemplateShelf } from './template-shelf'
import { writtenTemplate, type VersionsAsked } from './template-writer'

export interface FileWriterPorts {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  redactor: Redactor
  shelf: TemplateShelf
}

/** Gathers what goes into one file, each thing with all that it stands on, and without secrets. */
export interface FileWriter {
  /** Its name in the file. */
  preset(preset: Preset): string
  /** Its name in the file. */
  modelConfig(config: ModelConfig): string
  /** Its name in the file. */
  template(id: TemplateId, versions: VersionsAsked): string
  everything(): void
  file(): JsonObject
}

export function createFileWriter({ stores, directory, roles, redactor, shelf }: FileWriterPorts): FileWriter {
  const providers = new Map<ProviderId, FileProvider>()
  const configs = new Map<ModelConfigId, FileModelConfig>()
  const presets = new Map<PresetId, FilePreset>()
  const templates = new Map<TemplateId, FileTemplate>()

  const mask = createMask(redactor)
  const known = new Map<ProviderId, KnownProvider>(directory.list().map((provider) => [provider.id, provider]))
  const names = namesInFile(stores, [...known.values()], shelf, mask)
  const switchables = new Map<string, boolean>(roles.list().map(({ id, switchable }) => [id, switchable]))

  const addProvider = ({ id, row, baseUrl, keyRequired }: KnownProvider, more: Partial<FileProvider> = {}) => {
    const slug = names.slugs.get(id)
    const name = names.providers.get(id)
    if (row.builtIn || slug === undefined || name === undefined || providers.has(id)) return
    providers.set(id, {
      slug,
      name,
      baseUrl: mask.address(baseUrl ?? ''),
      keyRequired,
      ...(row.flavour === null ? {} : { flavour: row.flavour }),
      ...(row.auth === null ? {} : { auth: row.auth }),
      ...(row.kinds === null ? {} : { kinds: OwnKinds.parse(row.kinds) }),
      ...more,
    })
  }
  /** With what it adds to requests, and how many it takes at once. */
  const addWholeProvider = (provider: KnownProvider) => {
    const { limits } = provider.row
    const headers = withoutCredentials(provider.row.headers)
    const extraBody = withoutCredentials(provider.row.extraBody)
    addProvider(provider, {
      headers: ExtraHeaders.parse(mask.spotless(headers)),
      extraBody: mask.spotless(extraBody),
      limits,
    })
  }

  const travelling = ({
    providerId,
    model,
    serverId,
    tokenIds,
    samplers,
    custom,
    settings,
    ...rest
  }: ModelSettings): FileSettings => {
    const provider = providerId && known.get(providerId)
    const slug = provider && names.slugs.get(provider.id)
    const server = serverId && names.servers.get(serverId)
    if (provider) addProvider(provider)
    return {
      ...(slug === undefined ? {} : { provider: slug }),
      ...(model === undefined ? {} : { model: mask.named(model, LONGEST_MODEL) }),
      ...(server === undefined ? {} : { server }),
      ...(tokenIds ? { tokens: tokenIds.flatMap((id) => names.tokens.get(id) ?? []) } : {}),
      ...(samplers ? { samplers: mask.declared(samplers) } : {}),
      ...(custom ? { custom: mask.freeFields(custom) } : {}),
      ...(settings ? { settings: mask.declared(settings) } : {}),
      ...rest,
    }
  }

  /** Null for one whose provider this version does not know: nothing could be done with it. */
  const addConfig = ({ id, kind, settings }: ModelConfig): FileModelConfig | null => {
    const written = configs.get(id)
    if (written) return written
    const { provider, model, ...more } = travelling(settings)
    if (provider === undefined || model === undefined) return null
    const added = { name: names.modelConfigs.get(id) ?? '', kind, settings: { provider, model, ...more } }
    configs.set(id, added)
    return added
  }
  const configNamed = (id: ModelConfigId): string[] => {
    const config = stores.modelConfigs.get(id)
    const added = config && addConfig(config)
    return added ? [added.name] : []
  }

  /** As the editor shows them, main first. */
  const inOrder = (placed: Preset['roles']) => {
    const order = [...switchables.keys()]
    const place = (role: string) => (switchables.has(role) ? order.indexOf(role) : order.length)
    return roleEntries(placed).toSorted((a, b) => place(a.role) - place(b.role))
  }
  const addPreset = ({ id, description, fallback, roles: placed }: Preset): string => {
    const added = presets.get(id)
    if (added) return added.name
    const name = names.presets.get(id) ?? ''
    const written: FilePreset['roles'] = {}
    for (const { role, value } of inOrder(placed)) {
      const [modelConfig] = value.modelConfigId ? configNamed(value.modelConfigId) : []
      const { prompt } = value
      const empty = modelConfig === undefined && !prompt && Object.keys(value.settings).length === 0
      if (empty && value.enabled === (switchables.get(role) === false)) continue
      written[role] = {
        enabled: value.enabled,
        ...(modelConfig === undefined ? {} : { modelConfig }),
        settings: travelling(value.settings),
        ...(prompt ? { prompt: { ...prompt, text: mask.free(prompt.text, LONGEST_TEMPLATE) } } : {}),
      }
    }
    const { allowPaid: _consent, ...policy } = fallback
    const { errors, contextOverflow, refusals } = fallback.chains
    presets.set(id, {
      name,
      description: mask.free(description, LONGEST_DESCRIPTION),
      fallback: {
        ...policy,
        chains: {
          errors: errors.flatMap(configNamed),
          contextOverflow: contextOverflow.flatMap(configNamed),
          refusals: refusals.flatMap(configNamed),
        },
      },
      roles: written,
    })
    return name
  }

  const addTemplate = (id: TemplateId, versions: VersionsAsked): string => {
    const name = names.templates.get(id) ?? shelf.get(id).name
    const configName = (config: ModelConfigId) => configNamed(config)[0] ?? null
    if (!templates.has(id)) templates.set(id, writtenTemplate({ mask, shelf, configName }, id, name, versions))
    return name
  }

  return {
    preset: addPreset,
    modelConfig: (config) => addConfig(config)?.name ?? '',
    template: addTemplate,
    everything: () => {
      for (const provider of known.values()) addWholeProvider(provider)
      stores.modelConfigs.list().forEach(addConfig)
      for (const { id } of stores.presets.summaries()) {
        const preset = stores.presets.get(id)
        if (preset) addPreset(preset)
      }
      // What the starter set brings is everywhere, as long as nobody changed it.
      for (const { id, starter, version } of shelf.list()) if (starter === null || version > 0) addTemplate(id, 'all')
    },
    file: () => ({
      fabula: 'configuration',
      version: CONFIGURATION_VERSION,
      providers: [...providers.values()],
      modelConfigs: [...configs.values()],
      presets: [...presets.values()],
      // Older versions of Fabula know no templates, and can read a file without any.
      ...(templates.size > 0 ? { templates: [...templates.values()] } : {}),
    }),
  }
}

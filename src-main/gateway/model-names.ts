import { STAGE_VOICE } from '@contract/entities/gateway'
import { defaultFallback, roleEntries, type FallbackPolicy, type Preset } from '@contract/entities/preset'
import type { Model, ModelKind } from '@contract/entities/model'
import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import { FabulaError, ModelError } from '@contract/errors'
import { RoleId, StageId, type ServerId } from '@contract/ids'
import { nameKey } from '@contract/names'
import { hasCatalogue } from '@contract/provider-kinds'
import type { Stores } from '@main/data/stores'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { MAIN, type RoleRegistry } from '@main/settings/role-registry'
import { roleSettings } from '@main/settings/role-settings'
import type { GetStageConfig } from '@main/settings/stage-config'
import { ambiguousModel, badField, unknownModel } from './api-error'
import { CONFIG, configName, modelName, PRESET, presetRoleName } from './canonical-name'
import { nearNames } from './near-names'
import { readServerModel } from './server-model-name'

/** A model that a program can ask, with what its name stands for. */
export interface NamedModel {
  /** Its canonical name, by which keys are allowed to use it. */
  id: string
  /** Null: nobody knows, and it is tried. */
  kind: ModelKind | null
  /** False: it is asked for in the hope that it is there. */
  known: boolean
  /** False: the writer switched it off in the list of its provider's models. */
  enabled: boolean
  /** Unix seconds. */
  created: number
  ownedBy: string
  /** Who is asked, and who steps in. */
  role: RoleId | null
  settings: ModelSettings
  fallback: FallbackPolicy
  /** The server that the name has by its address. */
  at?: { url: string }
}

const VOICE = StageId.parse('voice')

export type ListedModel = Pick<NamedModel, 'id' | 'created' | 'ownedBy'>

export interface ModelNames {
  /**
   * Presets, each with its Writer first, reusable settings, then every model that could be asked now, those that write
   * first, and the voice of the stage where it is set up.
   */
  list(): ListedModel[]
  /** The voice of the stage, by its name; null for any other name, and while it cannot be asked. */
  voice(name: string): ListedModel | null
  /**
   * Throws `model_not_found`, `model_disabled` for a role that is off, and `invalid_value` for what only speaks.
   *
   * @param mayUse which canonical names whoever asks may hear of
   */
  find(name: string, mayUse?: (id: string) => boolean): NamedModel
}

/**
 * The names of models, as programs write them:
 * - `<provider>/<model>` by the provider's short name: `openrouter/anthropic/claude-sonnet-4.5`;
 * - `ollama/<server>/<model>` by the server's name or address, and `ollama/<model>` on the best server that has it;
 * - `preset/<name>/<role>`, which also brings the preset's backup models, and `config/<name>` for reusable settings;
 * - the name of a model or of reusable settings alone, where there is only one of that name.
 */
export function createModelNames(ports: {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  getStageConfig: GetStageConfig
}): ModelNames {
  const { stores, directory, roles, getStageConfig } = ports

  const stageVoice = (): ListedModel[] => {
    try {
      return getStageConfig(VOICE).media ? [{ id: STAGE_VOICE, created: 0, ownedBy: 'fabula' }] : []
    } catch (error) {
      // Nothing is chosen, or what was chosen is gone: whoever asks for it is told so.
      if (error instanceof FabulaError) return []
      throw error
    }
  }

  const ofRole = (preset: Preset, role: RoleId): NamedModel => {
    const { kind } = roles.get(role)
    const own = roleSettings(stores, preset, role)
    // Whose work the Writer does is asked of the Writer.
    const asked = own.enabled
      ? own
      : preset.fallback.useMainForUnset && kind === 'chat'
        ? roleSettings(stores, preset, MAIN)
        : null
    if (!asked)
      throw new FabulaError(ModelError.Disabled, `The role ${role} of the preset is off`, {
        details: { model: presetRoleName(preset, role), provider: preset.name, role },
      })
    return {
      id: presetRoleName(preset, role),
      kind,
      known: true,
      enabled: true,
      created: seconds(preset.createdAt),
      ownedBy: 'fabula',
      role: own.enabled ? role : MAIN,
      settings: asked.settings,
      fallback: preset.fallback,
    }
  }

  const ofConfig = (config: ModelConfig): NamedModel => ({
    id: configName(config),
    kind: config.kind,
    known: true,
    enabled: true,
    created: seconds(config.createdAt),
    ownedBy: 'fabula',
    role: null,
    settings: config.settings,
    fallback: defaultFallback,
  })

  const ofModel = (provider: KnownProvider, model: string, known: Model | null, serverId?: ServerId): NamedModel => {
    const server = serverId === undefined ? null : stores.servers.get(serverId)
    return {
      id: modelName(provider.row.slug, model, server),
      kind: known?.kind ?? null,
      known: known !== null,
      enabled: known?.enabled ?? true,
      created: known ? seconds(known.firstSeen) : 0,
      ownedBy: provider.row.slug,
      role: null,
      settings: { providerId: provider.id, model, ...(serverId === undefined ? {} : { serverId }) },
      fallback: defaultFallback,
    }
  }

  const byPreset = (name: string): NamedModel | null => {
    const slash = name.lastIndexOf('/')
    if (!name.startsWith(PRESET) || slash < PRESET.length) return null
    const role = name.slice(slash + 1)
    const wanted = nameKey(name.slice(PRESET.length, slash))
    const id = roles.has(role) ? stores.presets.summaries().find((one) => nameKey(one.name) === wanted)?.id : undefined
    const preset = id === undefined ? null : stores.presets.get(id)
    return preset && ofRole(preset, RoleId.parse(role))
  }

  const configNamed = (name: string): ModelConfig | null => {
    const found = stores.modelConfigs.names().find((one) => nameKey(one.name) === nameKey(name))
    return found ? stores.modelConfigs.get(found.id) : null
  }

  const byConfig = (name: string): NamedModel | null => {
    const config = name.startsWith(CONFIG) ? configNamed(name.slice(CONFIG.length)) : null
    return config && ofConfig(config)
  }

  const byProvider = (name: string): NamedModel | null => {
    const slash = name.indexOf('/')
    const provider = slash > 0 ? directory.called(name.slice(0, slash)) : null
    const model = name.slice(slash + 1)
    if (!provider || model === '' || !hasCatalogue(provider.definition)) return null
    if (!provider.definition.servers) {
      const known = stores.models.find(provider.id, null, model)
      // What a provider lists is all there is; one whose list was never read may have it.
      return known || stores.modelLists.get(provider.id).lastSync === null ? ofModel(provider, model, known) : null
    }
    const place = readServerModel(stores, provider, model)
    if ('url' in place) return { ...ofModel(provider, place.model, null), id: name, at: { url: place.url } }
    return ofModel(provider, place.model, place.known, place.serverId)
  }

  /** Everything that is called so, wherever it is. */
  const byNameAlone = (name: string): NamedModel[] => {
    const config = configNamed(name)
    const owners = new Map(stores.models.called(name).map((known) => [known.providerId, known]))
    return [
      ...(config ? [ofConfig(config)] : []),
      ...[...owners.values()].flatMap((known) => {
        const provider = directory.find(known.providerId)
        return provider ? [ofModel(provider, known.model, known)] : []
      }),
    ]
  }

  const whatInstead = (name: string, mayUse: (id: string) => boolean): string => {
    const usable = names.list().flatMap(({ id }) => (mayUse(id) ? [id] : []))
    const near = nearNames(name, usable).map((id) => `\`${id}\``)
    const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''
    return `${meant}GET /v1/models lists those that there are.`
  }

  const names: ModelNames = {
    list: () => {
      const presets = stores.presets.ids().flatMap((id) => stores.presets.get(id) ?? [])
      const named = presets.flatMap((preset) =>
        roleEntries(preset.roles)
          .filter(({ role, value }) => (value.enabled || role === MAIN) && roles.has(role))
          .toSorted((a, b) => Number(b.role === MAIN) - Number(a.role === MAIN))
          .map(({ role }) => ofRole(preset, role))
          .filter(({ settings }) => settings.model !== undefined)
      )
      const configs = stores.modelConfigs.list().map(ofConfig)
      const providers = new Map(directory.list().map((one) => [one.id, one]))
      const usable = new Set(
        [...providers.values()]
          .filter(({ id, keyRequired }) => !keyRequired || stores.tokens.ofProvider(id).length > 0)
          .map(({ id }) => id)
      )
      const models = stores.models
        .list()
        .filter(({ available, enabled, providerId }) => available && enabled && usable.has(providerId))
        .flatMap((model) => {
          const provider = providers.get(model.providerId)
          return provider ? [ofModel(provider, model.model, model, model.serverId ?? undefined)] : []
        })
        .toSorted((a, b) => Number(b.kind === 'chat') - Number(a.kind === 'chat'))
      return [...named, ...configs, ...models, ...stageVoice()].map(({ id, created, ownedBy }) => ({
        id,
        created,
        ownedBy,
      }))
    },
    voice: (name) => (nameKey(name) === STAGE_VOICE ? (stageVoice()[0] ?? null) : null),
    find: (name, mayUse = () => true) => {
      if (names.voice(name)) throw badField('model', `\`${STAGE_VOICE}\` only speaks. Ask it at \`/v1/audio/speech\`.`)
      const exact = byPreset(name) ?? byConfig(name) ?? byProvider(name)
      if (exact) return exact
      const all = byNameAlone(name)
      const own = all.filter(({ id }) => mayUse(id))
      const [only, ...others] = own.length > 0 ? own : all.slice(0, 1)
      if (!only) throw unknownModel(name, whatInstead(name, mayUse))
      if (others.length > 0)
        throw ambiguousModel(
          name,
          own.map(({ id }) => id)
        )
      return only
    },
  }
  return names
}

const seconds = (timestamp: string) => Math.floor(Date.parse(timestamp) / 1000)

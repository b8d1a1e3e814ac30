import type { PresetRole } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import { FabulaError, PresetError } from '@contract/errors'
import { PresetId, ProviderId, type RoleId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { checkSettings } from '@main/settings/check-settings'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { freeName } from './free-name'
import type { ModelConfigList } from './model-config-list'
import { invalid, parsePresetFile, type FileSettings, type PresetFile } from './preset-file'
import type { PresetList } from './preset-list'

type Report = RouteOutput<'presetFiles.import'>
type Note = Report['notes'][number]

/** Reads a preset file into the database: all of it, or, when anything in it is wrong, nothing. */
export function importPresets(
  ports: {
    stores: Stores
    directory: ProviderDirectory
    roles: RoleRegistry
    presets: PresetList
    modelConfigs: ModelConfigList
    events: EventHub
    clock: Clock
  },
  text: string
): Report {
  const file = parsePresetFile(text)
  return ports.stores.transaction(() => readFile(ports, file))
}

function readFile(ports: Parameters<typeof importPresets>[0], file: PresetFile): Report {
  const { stores, directory, roles, presets, modelConfigs } = ports
  const notes: Note[] = []
  const configIds = new Map<string, NonNullable<PresetRole['modelConfigId']>>()

  /** Settings with the ids of this computer in the place of names. What is not here is noted and left out. */
  const settle = (given: FileSettings, owner: string): ModelSettings => {
    const { provider: slug, server: serverName, tokens: tokenNames, ...rest } = given
    const note = (kind: Note['kind'], name: string) => notes.push({ kind, preset: owner, name })
    const settled: ModelSettings = { ...rest }
    if (slug === undefined) return settled
    const provider = directory.bySlug(slug) ?? addProvider(ports, file, slug, note)
    if (!provider) {
      note('provider_missing', slug)
      delete settled.model
      return settled
    }
    settled.providerId = provider.id
    const server = serverName === undefined ? undefined : stores.servers.list().find(({ name }) => name === serverName)
    if (server) settled.serverId = server.id
    else if (serverName !== undefined) note('server_missing', serverName)
    const known = stores.tokens.ofProvider(provider.id)
    const tokenIds = tokenNames?.flatMap((name) => {
      const token = known.find((one) => one.name.toLowerCase() === name.toLowerCase())
      if (!token) note('token_missing', `${provider.name} · ${name}`)
      return token ? [token.id] : []
    })
    if (tokenIds && tokenIds.length > 0) settled.tokenIds = tokenIds
    return settled
  }

  file.modelConfigs.forEach((given, index) => {
    const { providerId, model, ...rest } = settle(given.settings, given.name)
    if (!providerId || !model) return
    const names = new Set(modelConfigs.list().map(({ name }) => name.toLowerCase()))
    const name = freeName(given.name, (taken) => names.has(taken.toLowerCase()))
    if (name !== given.name) notes.push({ kind: 'renamed', preset: given.name, name })
    const added = inFile(['modelConfigs', index], () =>
      modelConfigs.create({ name, kind: given.kind, settings: { providerId, model, ...rest } })
    )
    configIds.set(given.name, added.id)
  })

  const imported = file.presets.map((given, index) => {
    const placed: Record<RoleId, PresetRole> = {}
    for (const [id, role] of Object.entries(given.roles)) {
      const at = ['presets', index, 'roles', id]
      if (!roles.has(id)) {
        notes.push({ kind: 'role_unknown', preset: given.name, name: id })
        continue
      }
      const known = roles.list().find((one) => one.id === id)
      if (!known) continue
      const settings = settle(role.settings, given.name)
      inFile([...at, 'settings'], () => checkSettings(directory, known.kind, settings, ''))
      const named = file.modelConfigs.find(({ name }) => name === role.modelConfig)
      if (role.modelConfig !== undefined && !named)
        throw invalid([...at, 'modelConfig'], `the file has no model config called ${role.modelConfig}`)
      if (named && named.kind !== known.kind)
        throw invalid([...at, 'modelConfig'], `${named.name} is of kind ${named.kind}, the role needs ${known.kind}`)
      placed[known.id] = {
        enabled: role.enabled,
        modelConfigId: (role.modelConfig !== undefined && configIds.get(role.modelConfig)) || null,
        settings,
      }
    }
    const name = freeName(given.name, (taken) => stores.presets.hasName(taken))
    if (name !== given.name) notes.push({ kind: 'renamed', preset: given.name, name })
    const created = presets.create({ name, description: given.description, roles: placed })
    presets.update(created.id, { fallback: given.fallback })
    return { id: PresetId.parse(created.id), name }
  })
  return { presets: imported, notes }
}

/** Adds a provider that the file brings with it, without a key and without anything but its address. */
function addProvider(
  { stores, directory, events, clock }: Parameters<typeof importPresets>[0],
  file: PresetFile,
  slug: string,
  note: (kind: Note['kind'], name: string) => void
): KnownProvider | null {
  const given = file.providers.find((one) => one.slug === slug)
  if (!given) return null
  const names = new Set(directory.list().map(({ name }) => name.toLowerCase()))
  const id = newId(ProviderId)
  stores.providers.insert(
    {
      id,
      slug,
      builtIn: false,
      name: freeName(given.name, (taken) => names.has(taken.toLowerCase())),
      baseUrl: given.baseUrl.replace(/\/+$/, ''),
      keyRequired: given.keyRequired,
      headers: {},
      extraBody: {},
    },
    timestamp(clock)
  )
  events.changed('providers')
  note('provider_added', given.name)
  return directory.get(id)
}

/** Runs a check, and names the place in the file when it refuses a setting. */
function inFile<Result>(at: readonly PropertyKey[], check: () => Result): Result {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof FabulaError) || error.code !== PresetError.InvalidSetting) throw error
    const inner = String(error.details['path'] ?? '')
      .split('.')
      .filter((step) => step !== '')
    throw invalid([...at, ...inner], String(error.details['reason'] ?? error.message))
  }
}

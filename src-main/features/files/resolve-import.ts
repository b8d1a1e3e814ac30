import { isDeepStrictEqual } from 'node:util'
import type { Preset, PresetRole } from '@contract/entities/preset'
import type { ModelConfig } from '@contract/entities/model-config'
import { FabulaError, PresetError, ProviderError } from '@contract/errors'
import { ModelConfigId, PresetId, ProviderId } from '@contract/ids'
import type { ImportPlan, ImportReport } from '@contract/routes/files'
import type { Stores } from '@main/data/stores'
import type { ProviderRow } from '@main/data/provider-store'
import { newId } from '@main/platform/ids'
import { freeName } from '@main/settings/free-name'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { MAIN, type RoleRegistry } from '@main/settings/role-registry'
import { usersOfModelConfig } from '@main/settings/usage'
import type { ConfigurationFile, FileModelConfig, FilePreset, FileProvider } from './configuration-file'
import { faultAt } from './file-fault'
import { createAllNotes, createItemNotes, type ItemNotes } from './import-notes'
import { missingKey, settle, type ParsedChoices } from './import-settings'
import { nameKey } from './names'
import { lookAt } from './this-computer'

/** One row to write; `before` is the row that it replaces. Times are set when it is written. */
export interface Write<Row> {
  row: Row
  before: Row | null
}

export interface Resolution {
  items: ImportPlan['items']
  missing: ImportPlan['missing']
  notCarried: ImportReport['notCarried']
  skipped: number
  providers: Write<ProviderRow>[]
  modelConfigs: Write<ModelConfig>[]
  presets: Write<Preset>[]
}

type Conflict = ImportPlan['items'][number]['conflict']
type Choice = ParsedChoices['conflicts'][string]

/**
 * Finds out what a file comes to on this computer, and writes nothing. Throws `file_invalid` with the place of what does
 * not fit or refers to nothing in the file.
 */
export function resolveImport(
  { stores, directory, roles }: { stores: Stores; directory: ProviderDirectory; roles: RoleRegistry },
  file: ConfigurationFile,
  choices: ParsedChoices
): Resolution {
  const computer = lookAt({ stores, directory })
  const notes = createAllNotes()
  const result: Resolution = {
    items: [],
    missing: [],
    notCarried: [],
    skipped: 0,
    providers: [],
    modelConfigs: [],
    presets: [],
  }

  /** Records an item, and says what to do with it: nothing when it is here already or not wanted. */
  const decide = (kind: ImportPlan['items'][number]['kind'], name: string, conflict: Conflict, own: ItemNotes) => {
    const key = `${kind}:${name}`
    result.items.push({ key, kind, name, conflict })
    if (conflict === 'same') return 'none'
    const choice: Choice = choices.conflicts[key] ?? 'keep_both'
    if (choice === 'skip') result.skipped += 1
    else notes.add(name, own)
    return choice
  }

  const slugs = new Map<string, KnownProvider>()
  const addProvider = (given: FileProvider) => {
    const here = computer.providers.bySlug(given.slug)
    const baseUrl = given.baseUrl.replace(/\/+$/, '')
    const same =
      here &&
      here.baseUrl === baseUrl &&
      (here.row.builtIn || (here.name === given.name && here.keyRequired === given.keyRequired))
    const choice = decide('provider', given.name, here ? (same ? 'same' : 'different') : null, createItemNotes())
    if (choice === 'none' || choice === 'skip') return
    if (here && choice === 'replace') {
      if (here.row.builtIn)
        throw new FabulaError(ProviderError.BuiltIn, `${here.name} is built in and cannot be replaced`, {
          details: { name: here.name },
        })
      const row: ProviderRow = { ...here.row, name: given.name, baseUrl, keyRequired: given.keyRequired }
      result.providers.push({ row, before: here.row })
      return
    }
    const row: ProviderRow = {
      id: newId(ProviderId),
      slug: freeSlug(given.slug, computer.providers.hasSlug),
      builtIn: false,
      name: freeName(given.name, computer.providers.hasName),
      baseUrl,
      keyRequired: given.keyRequired,
      headers: {},
      extraBody: {},
      limits: { total: null, perToken: null },
    }
    computer.providers.add(row)
    const added = computer.directory.find(row.id)
    if (added) slugs.set(given.slug, added)
    result.providers.push({ row, before: null })
  }

  const taken = new Set(stores.modelConfigs.list().map(({ name }) => nameKey(name)))
  /** The model config here for each name in the file; null for one that was left out. */
  const configIds = new Map<string, ModelConfigId | null>()
  const given = new Map(file.modelConfigs.map((config) => [nameKey(config.name), config]))

  const addConfig = (config: FileModelConfig, index: number) => {
    const own = createItemNotes()
    const { providerId, model, ...settings } = settle(
      config.settings,
      { at: ['modelConfigs', index, 'settings'], kind: config.kind, notes: own, inherited: undefined },
      computer,
      choices,
      slugs
    )
    const here = computer.modelConfig(config.name)
    const usable =
      providerId && model
        ? { name: config.name, kind: config.kind, settings: { providerId, model, ...settings } }
        : null
    const same =
      here && usable && isDeepStrictEqual({ name: here.name, kind: here.kind, settings: here.settings }, usable)
    const choice = decide('modelConfig', config.name, here ? (same ? 'same' : 'different') : null, own)
    const left = (choice === 'none' || choice === 'skip') && here?.kind === config.kind ? here.id : null
    configIds.set(nameKey(config.name), left)
    if (choice === 'none' || choice === 'skip' || !usable) return
    if (here && choice === 'replace') {
      configIds.set(nameKey(config.name), here.id)
      const users = here.kind === usable.kind ? [] : usersOfModelConfig(stores, here.id)
      if (users.length > 0)
        throw new FabulaError(PresetError.ModelConfigInUse, `${here.name} is used by ${users.join(', ')}`, {
          details: { name: here.name, users },
        })
      result.modelConfigs.push({ row: { ...here, ...usable }, before: here })
      return
    }
    const name = freeName(config.name, (one) => taken.has(nameKey(one)))
    taken.add(nameKey(name))
    const row: ModelConfig = { id: newId(ModelConfigId), ...usable, name, createdAt: '', updatedAt: '' }
    configIds.set(nameKey(config.name), row.id)
    result.modelConfigs.push({ row, before: null })
  }

  /** The model config that a preset of the file names. */
  const configNamed = (name: string, kind: FileModelConfig['kind'], at: readonly PropertyKey[], own: ItemNotes) => {
    const config = given.get(nameKey(name))
    if (!config) throw faultAt(at, `the file has no model config called “${name}”`)
    if (config.kind !== kind) throw faultAt(at, `“${name}” is of kind ${config.kind}, and ${kind} is needed`)
    const id = configIds.get(nameKey(name)) ?? null
    if (!id) own.notCarried('modelConfig', name)
    return { id, config }
  }

  const presetNames = new Set(stores.presets.summaries().map(({ name }) => nameKey(name)))
  const readRoles = (preset: FilePreset, index: number, own: ItemNotes): Preset['roles'] => {
    const placed: Preset['roles'] = {}
    const main = preset.roles[MAIN]
    const slugOf = (role: typeof main) =>
      role?.settings.provider ?? given.get(nameKey(role?.modelConfig ?? ''))?.settings.provider
    for (const { id, kind, switchable } of roles.list()) {
      const role = preset.roles[id]
      const at = ['presets', index, 'roles', id]
      const named =
        role?.modelConfig === undefined ? null : configNamed(role.modelConfig, kind, [...at, 'modelConfig'], own)
      placed[id] = {
        enabled: !switchable || (role?.enabled ?? false),
        modelConfigId: named?.id ?? null,
        settings: role
          ? settle(
              role.settings,
              { at: [...at, 'settings'], kind, notes: own, inherited: slugOf(role) ?? slugOf(main) },
              computer,
              choices,
              slugs
            )
          : {},
      }
    }
    for (const id of Object.keys(preset.roles))
      if (!roles.has(id)) {
        own.missing({ key: missingKey.role(id), kind: 'role', name: id, providerId: null, modelKind: null })
        own.notCarried('role', id)
      }
    return placed
  }

  const addPreset = (preset: FilePreset, index: number) => {
    const own = createItemNotes()
    const placed = readRoles(preset, index, own)
    const chain = (name: keyof FilePreset['fallback']['chains']) =>
      preset.fallback.chains[name].flatMap(
        (config, step) =>
          configNamed(config, 'chat', ['presets', index, 'fallback', 'chains', name, step], own).id ?? []
      )
    const value = {
      name: preset.name,
      description: preset.description,
      fallback: {
        ...preset.fallback,
        chains: { errors: chain('errors'), contextOverflow: chain('contextOverflow'), refusals: chain('refusals') },
      },
    }
    const hereId = computer.presetId(preset.name)
    const here = hereId && stores.presets.get(hereId)
    const same =
      here &&
      isDeepStrictEqual({ name: here.name, description: here.description, fallback: here.fallback }, value) &&
      roles.list().every(({ id, switchable }) => isDeepStrictEqual(here.roles[id] ?? emptyRole(switchable), placed[id]))
    const choice = decide('preset', preset.name, here ? (same ? 'same' : 'different') : null, own)
    if (choice === 'none' || choice === 'skip') return
    if (here && choice === 'replace') {
      result.presets.push({ row: { ...here, ...value, roles: { ...here.roles, ...placed } }, before: here })
      return
    }
    const name = freeName(preset.name, (one) => presetNames.has(nameKey(one)))
    presetNames.add(nameKey(name))
    const row: Preset = {
      id: newId(PresetId),
      ...value,
      name,
      isDefault: false,
      roles: placed,
      createdAt: '',
      updatedAt: '',
    }
    result.presets.push({ row, before: null })
  }

  file.providers.forEach(addProvider)
  file.modelConfigs.forEach(addConfig)
  file.presets.forEach(addPreset)
  return { ...result, missing: notes.missing(), notCarried: notes.notCarried() }
}

const emptyRole = (switchable: boolean): PresetRole => ({ enabled: !switchable, modelConfigId: null, settings: {} })

function freeSlug(slug: string, taken: (slug: string) => boolean): string {
  if (!taken(slug)) return slug
  for (let count = 2; ; count += 1) {
    const candidate = `${slug.slice(0, 32)}-${count}`
    if (!taken(candidate)) return candidate
  }
}

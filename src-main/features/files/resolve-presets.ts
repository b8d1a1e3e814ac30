import { isDeepStrictEqual } from 'node:util'
import { placedRoles, type Preset, type PresetRole } from '@contract/entities/preset'
import { PresetId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { freeName } from '@main/settings/free-name'
import { MAIN, type RoleRegistry } from '@main/settings/role-registry'
import type { FilePreset, FileRole } from './configuration-file'
import { conflictOf, type ImportContext, type Write } from './import-context'
import { createItemNotes, type ItemNotes } from './import-notes'
import { missingKey, settle } from './import-settings'
import { nameKey } from './names'
import type { ResolvedModelConfigs } from './resolve-model-configs'
import type { ResolvedProviders } from './resolve-providers'

/** Every role as it is where nothing is said of it: off, or on when it has no switch. */
export function emptyRoles(roles: RoleRegistry): Preset['roles'] {
  const empty: Preset['roles'] = {}
  for (const { id, switchable } of roles.list()) empty[id] = { enabled: !switchable, modelConfigId: null, settings: {} }
  return empty
}

/** What the presets of a file come to here. */
export function resolvePresets(
  context: ImportContext,
  presets: readonly FilePreset[],
  providers: ResolvedProviders,
  configs: ResolvedModelConfigs
): Write<Preset>[] {
  const { stores, roles, computer, decide } = context
  const writes: Write<Preset>[] = []
  const empty = emptyRoles(roles)
  const taken = new Set(stores.presets.summaries().map(({ name }) => nameKey(name)))

  for (const [index, given] of presets.entries()) {
    const notes = createItemNotes()
    const { name, description } = given
    const value = {
      name,
      description,
      fallback: fallbackOf(given, ['presets', index, 'fallback', 'chains'], configs, notes),
      roles: { ...empty, ...rolesOf(context, given, ['presets', index, 'roles'], providers, configs, notes) },
    }
    const hereId = computer.presetId(name)
    const here = hereId && stores.presets.get(hereId)
    const decision = decide('preset', name, conflictOf(here, here !== null && isSame(here, value, empty)), notes)
    if (decision === 'none' || decision === 'skip') continue
    if (here && decision === 'replace') {
      writes.push({ row: { ...here, ...value, roles: { ...here.roles, ...value.roles } }, before: here })
      continue
    }
    const free = freeName(name, (one) => taken.has(nameKey(one)))
    taken.add(nameKey(free))
    const row = { id: newId(PresetId), ...value, name: free, isDefault: false, createdAt: '', updatedAt: '' }
    writes.push({ row, before: null })
  }
  return writes
}

type Content = Pick<Preset, 'name' | 'description' | 'fallback' | 'roles'>

/** Roles that this version does not know stay as they are, whatever a file says. */
const isSame = (here: Preset, { roles, ...whole }: Content, empty: Preset['roles']): boolean =>
  isDeepStrictEqual({ name: here.name, description: here.description, fallback: here.fallback }, whole) &&
  placedRoles(roles).every(({ role, value }) => isDeepStrictEqual(here.roles[role] ?? empty[role], value))

function fallbackOf(
  { fallback }: FilePreset,
  at: readonly PropertyKey[],
  configs: ResolvedModelConfigs,
  notes: ItemNotes
): Preset['fallback'] {
  const chain = (name: keyof FilePreset['fallback']['chains']) =>
    fallback.chains[name].flatMap((config, step) => configs.idOf(config, 'chat', [...at, name, step], notes) ?? [])
  return {
    ...fallback,
    chains: { errors: chain('errors'), contextOverflow: chain('contextOverflow'), refusals: chain('refusals') },
  }
}

function rolesOf(
  { roles, computer, choices }: ImportContext,
  given: FilePreset,
  at: readonly PropertyKey[],
  { added }: ResolvedProviders,
  configs: ResolvedModelConfigs,
  notes: ItemNotes
): Preset['roles'] {
  const placed: Preset['roles'] = {}
  const slugOf = (role: FileRole | undefined) =>
    role?.settings.provider ?? (role?.modelConfig ? configs.given(role.modelConfig)?.settings.provider : undefined)
  const main = slugOf(given.roles[MAIN])

  for (const { id, kind, switchable } of roles.list()) {
    const role = given.roles[id]
    if (!role) continue
    const { modelConfig, enabled, settings } = role
    const place = { at: [...at, id, 'settings'], kind, notes, inherited: slugOf(role) ?? main }
    const value: PresetRole = {
      enabled: enabled || !switchable,
      modelConfigId:
        modelConfig === undefined ? null : configs.idOf(modelConfig, kind, [...at, id, 'modelConfig'], notes),
      settings: settle(settings, place, computer, choices, added),
    }
    placed[id] = value
  }
  for (const id of Object.keys(given.roles))
    if (!roles.has(id)) {
      notes.missing({ key: missingKey.role(id), kind: 'role', name: id, providerId: null, modelKind: null })
      notes.notCarried('role', id)
    }
  return placed
}

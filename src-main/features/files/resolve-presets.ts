import { sameJson } from '@contract/json'
import { freeName, nameKey } from '@contract/names'
import { defaultFallback, roleEntries, type ChainName, type Preset, type PresetRole } from '@contract/entities/preset'
import { PresetId } from '@contract/ids'
import type { ImportPlan } from '@contract/routes/files'
import { newId } from '@main/platform/ids'
import { MAIN, type RoleRegistry } from '@main/settings/role-registry'
import type { FilePreset, FileRole } from './configuration-file'
import { conflictOf, type ImportContext, type Write } from './import-context'
import { createItemNotes, type ItemNotes } from './import-notes'
import { missingKey, resolveSettings } from './import-settings'
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
    if (given.fallback.allowPaid || here?.fallback.allowPaid) notes.dropped('consent', '')
    const decision = decide(
      {
        kind: 'preset',
        name,
        conflict: conflictOf(here, here !== null && isSame(here, value, empty)),
        replaceable: here !== null,
        models: modelsOf(context, given, providers, configs),
      },
      notes
    )
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

/** Roles that this version does not know stay as they are, whatever a file says, and consent is no part of a file. */
const isSame = (
  { name, description, fallback, roles: placed }: Preset,
  { roles, ...whole }: Content,
  empty: Preset['roles']
): boolean =>
  sameJson({ name, description, fallback: { ...fallback, allowPaid: false } }, whole) &&
  roleEntries(roles).every(({ role, value }) => sameJson(placed[role] ?? empty[role], value))

function fallbackOf(
  { fallback }: FilePreset,
  at: readonly PropertyKey[],
  configs: ResolvedModelConfigs,
  notes: ItemNotes
): Preset['fallback'] {
  const chain = (name: ChainName) =>
    (fallback.chains?.[name] ?? []).flatMap(
      (config, step) => configs.idOf(config, 'chat', [...at, name, step], notes) ?? []
    )
  return {
    ...defaultFallback,
    ...fallback,
    // That something may cost money is for the user to say, who knows by now which models these are.
    allowPaid: false,
    chains: { errors: chain('errors'), contextOverflow: chain('contextOverflow'), refusals: chain('refusals') },
  }
}

/** The short names of the providers that each role of a preset works with: its own, its model config's, or main's. */
function slugsIn(given: FilePreset, configs: ResolvedModelConfigs): (role: FileRole) => string | undefined {
  const own = (role: FileRole | undefined) =>
    role?.settings.provider ?? (role?.modelConfig ? configs.given(role.modelConfig)?.settings.provider : undefined)
  const main = own(given.roles[MAIN])
  return (role) => own(role) ?? main
}

/** The models that a preset names, role by role, as the user knows them. */
function modelsOf(
  { roles, computer }: ImportContext,
  given: FilePreset,
  { added }: ResolvedProviders,
  configs: ResolvedModelConfigs
): ImportPlan['items'][number]['models'] {
  const slugOf = slugsIn(given, configs)
  return roles.list().flatMap(({ id }) => {
    const role = given.roles[id]
    const model = role?.settings.model ?? (role?.modelConfig && configs.given(role.modelConfig)?.settings.model)
    if (!role || model === undefined) return []
    const slug = slugOf(role)
    const provider = slug === undefined ? null : (added.get(slug) ?? computer.providers.bySlug(slug))
    return [{ role: id, provider: provider?.name ?? slug ?? null, model }]
  })
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
  const slugOf = slugsIn(given, configs)

  for (const { id, kind, switchable } of roles.list()) {
    const role = given.roles[id]
    if (!role) continue
    const { modelConfig, enabled, settings, prompt } = role
    const place = { at: [...at, id, 'settings'], kind, notes, inherited: slugOf(role) }
    const value: PresetRole = {
      enabled: enabled || !switchable,
      modelConfigId:
        modelConfig === undefined ? null : configs.idOf(modelConfig, kind, [...at, id, 'modelConfig'], notes),
      settings: resolveSettings(settings, place, computer, choices, added),
      ...(prompt ? { prompt } : {}),
    }
    placed[id] = value
  }
  for (const id of Object.keys(given.roles))
    if (!roles.has(id)) {
      notes.missing({ key: missingKey.role(id), kind: 'role', name: id, providerId: null, modelKind: null })
      notes.dropped('role', id)
    }
  return placed
}

import type { z } from 'zod'
import {
  defaultFallback,
  roleEntries,
  type NewPreset,
  type Preset,
  type PresetPatch,
  type PresetRole,
  type PresetSummary,
} from '@contract/entities/preset'
import { freeName } from '@contract/names'
import { CommonError, FabulaError, PresetError } from '@contract/errors'
import { PresetId, type RoleId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { checkSettings } from '@main/settings/check-settings'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { configsOfPreset } from '@main/settings/users-of'

export interface PresetList {
  /** With `ids`: those alone. */
  summaries(ids?: readonly PresetId[]): PresetSummary[]
  get(id: PresetId): Preset
  create(input: z.output<typeof NewPreset>): Preset
  /** A preset whose roles and fallback were checked where they come from. Throws `name_taken`. */
  insert(input: Pick<Preset, 'name' | 'description' | 'roles' | 'fallback'>): Preset
  update(id: PresetId, patch: PresetPatch): Preset
  setRole(id: PresetId, role: RoleId, value: PresetRole): Preset
  setDefault(id: PresetId): void
  duplicate(id: PresetId): Preset
  remove(id: PresetId): void
}

export function createPresetList(ports: {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  events: EventHub
  clock: Clock
}): PresetList {
  const { stores, directory, roles, events, clock } = ports

  const get = (id: PresetId): Preset => {
    const preset = stores.presets.get(id)
    if (!preset) throw new FabulaError(CommonError.NotFound, `There is no preset ${id}`, { details: { path: 'id' } })
    return withEveryRole(preset, roles)
  }

  const refuseTakenName = (name: string, except?: PresetId) => {
    if (stores.presets.hasName(name, except))
      throw new FabulaError(CommonError.NameTaken, `A preset is called ${name} already`, {
        details: { name, path: 'name' },
      })
  }

  /** A role as it may be stored: known, with values that fit its provider, and on when it has no switch. */
  const checked = (role: RoleId, value: PresetRole, at: string): PresetRole => {
    const { kind, switchable } = roles.get(role)
    if (value.modelConfigId) {
      const config = stores.modelConfigs.get(value.modelConfigId)
      if (config?.kind !== kind)
        throw new FabulaError(CommonError.NotFound, `${at}: there is no such model config of kind ${kind}`, {
          details: { path: `${at}.modelConfigId` },
        })
    }
    checkSettings(directory, kind, value.settings, `${at}.settings`)
    return { ...value, enabled: value.enabled || !switchable }
  }

  /** Also says so of the model configs, which know who uses them. */
  const changed = (preset: Preset) =>
    events.changed({ topic: 'presets', ids: [preset.id] }, { topic: 'modelConfigs', ids: configsOfPreset(preset) })

  const insert = ({
    name,
    description,
    roles: placed,
    fallback,
  }: Pick<Preset, 'name' | 'description' | 'roles' | 'fallback'>): Preset => {
    refuseTakenName(name)
    const now = timestamp(clock)
    const preset: Preset = {
      id: newId(PresetId),
      name,
      description,
      isDefault: stores.presets.defaultId() === null,
      roles: placed,
      fallback,
      createdAt: now,
      updatedAt: now,
    }
    stores.presets.insert(withEveryRole(preset, roles))
    changed(preset)
    return get(preset.id)
  }

  const checkChains = ({ chains }: Preset['fallback']) => {
    for (const [name, chain] of Object.entries(chains))
      for (const [index, id] of chain.entries())
        if (stores.modelConfigs.get(id)?.kind !== 'chat')
          throw new FabulaError(CommonError.NotFound, `The ${name} chain names a model config that is not there`, {
            details: { path: `patch.fallback.chains.${name}.${index}` },
          })
  }

  const touched = (preset: Preset): Preset => {
    stores.presets.update({ ...preset, updatedAt: timestamp(clock) })
    const now = get(preset.id)
    changed(now)
    return now
  }

  return {
    get,
    insert,
    summaries: (ids) => stores.presets.summaries(ids),

    create: ({ name, description, roles: given }) =>
      stores.transaction(() => {
        const placed: Preset['roles'] = {}
        for (const { role, value } of roleEntries(given)) placed[role] = checked(role, value, `roles.${role}`)
        return insert({ name, description, roles: placed, fallback: defaultFallback })
      }),

    update: (id, patch) =>
      stores.transaction(() => {
        const preset = get(id)
        if (patch.name !== undefined) refuseTakenName(patch.name, id)
        if (patch.fallback) checkChains(patch.fallback)
        changed(preset)
        // The list of stories names their presets.
        if (patch.name !== undefined && patch.name !== preset.name)
          events.changed({ topic: 'stories', ids: stores.presets.storiesOf(id).map((story) => story.id) })
        return touched({ ...preset, ...patch })
      }),

    setRole: (id, role, value) =>
      stores.transaction(() => {
        const preset = get(id)
        changed(preset)
        stores.presets.setRole(id, role, checked(role, value, 'value'))
        return touched(preset)
      }),

    setDefault: (id) =>
      stores.transaction(() => {
        const before = stores.presets.defaultId()
        get(id)
        stores.presets.setDefault(id)
        events.changed({ topic: 'presets', ids: before ? [before, id] : [id] })
      }),

    duplicate: (id) =>
      stores.transaction(() => {
        const preset = get(id)
        const name = freeName(preset.name, (taken) => stores.presets.hasName(taken))
        return insert({ ...preset, name })
      }),

    remove: (id) =>
      stores.transaction(() => {
        const preset = get(id)
        const stories = stores.presets.storiesOf(id)
        const next = stores.presets.ids().find((other) => other !== id)
        // Stories in the bin go over to the next preset, so that they can still come back.
        const inTheWay = next ? stories.filter(({ deleted }) => !deleted) : stories
        if (inTheWay.length > 0)
          throw new FabulaError(PresetError.InUse, `${preset.name} is used by ${inTheWay.length} stories`, {
            details: { name: preset.name, users: inTheWay.map(({ title }) => title) },
          })
        if (next) stores.presets.moveStories(id, next)
        stores.bin.take('preset', preset, timestamp(clock))
        if (preset.isDefault && next) stores.presets.setDefault(next)
        changed(preset)
        if (next) events.changed({ topic: 'presets', ids: [next] })
      }),
  }
}

/** A preset with a place for every role there is: a role that came after the preset was made is off and empty. */
function withEveryRole(preset: Preset, roles: RoleRegistry): Preset {
  const complete: Preset['roles'] = {}
  for (const { id, switchable } of roles.list())
    complete[id] = preset.roles[id] ?? { enabled: !switchable, modelConfigId: null, settings: {} }
  return { ...preset, roles: { ...preset.roles, ...complete } }
}

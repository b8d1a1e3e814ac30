import { freeName, nameKey, takenAmong } from '@contract/names'
import type { ModelKind } from '@contract/entities/model'
import type { ModelConfig, ModelConfigPatch, ModelConfigUser, NewModelConfig } from '@contract/entities/model-config'
import { CommonError, FabulaError, PresetError } from '@contract/errors'
import { ModelConfigId, type TemplateId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { checkSettings } from '@main/settings/check-settings'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import { usersOfModelConfigs } from '@main/settings/users-of'

/** Reusable blocks of model settings; those of kind `embedding` are the embedding configs. */
export interface ModelConfigList {
  /** With `ids`: those alone. */
  list(ids?: readonly ModelConfigId[]): RouteOutput<'modelConfigs.list'>
  create(input: NewModelConfig): ModelConfig
  update(id: ModelConfigId, patch: ModelConfigPatch): ModelConfig
  duplicate(id: ModelConfigId): ModelConfig
  remove(id: ModelConfigId): void
}

export function createModelConfigList(ports: {
  stores: Stores
  directory: ProviderDirectory
  events: EventHub
  clock: Clock
  /** What a template is called in the language of the app. */
  templateName: (id: TemplateId) => string
}): ModelConfigList {
  const { stores, directory, events, clock, templateName } = ports

  const get = (id: ModelConfigId): ModelConfig => {
    const config = stores.modelConfigs.get(id)
    if (!config)
      throw new FabulaError(CommonError.NotFound, `There is no model config ${id}`, { details: { path: 'id' } })
    return config
  }
  const checkName = (name: string, except?: ModelConfigId) => {
    const same = stores.modelConfigs
      .names()
      .find((other) => other.id !== except && nameKey(other.name) === nameKey(name))
    if (same)
      throw new FabulaError(CommonError.NameTaken, `A model config is called ${same.name} already`, {
        details: { name: same.name, path: 'name' },
      })
  }
  const checkContent = (kind: ModelKind, settings: NewModelConfig['settings']) => {
    directory.get(settings.providerId)
    checkSettings(directory, kind, settings, 'settings')
  }

  const users = () => {
    const all = usersOfModelConfigs(stores)
    const named = (user: ModelConfigUser) =>
      user.kind === 'template' ? { ...user, name: templateName(user.id) } : user
    return (id: ModelConfigId) => (all.get(id) ?? []).map(named)
  }

  const changed = (id: ModelConfigId) => events.changed({ topic: 'modelConfigs', ids: [id] })

  return {
    list: (ids) => {
      const of = users()
      return stores.modelConfigs.list(ids).map((config) => ({ ...config, users: of(config.id) }))
    },
    create: (input) =>
      stores.transaction(() => {
        checkContent(input.kind, input.settings)
        checkName(input.name)
        const now = timestamp(clock)
        const config: ModelConfig = { id: newId(ModelConfigId), ...input, createdAt: now, updatedAt: now }
        stores.modelConfigs.insert(config)
        changed(config.id)
        return config
      }),
    update: (id, patch) =>
      stores.transaction(() => {
        const known = get(id)
        if (patch.settings) checkContent(known.kind, patch.settings)
        if (patch.name !== undefined) checkName(patch.name, id)
        const config: ModelConfig = { ...known, ...patch, updatedAt: timestamp(clock) }
        stores.modelConfigs.update(config)
        changed(id)
        return get(id)
      }),
    duplicate: (id) =>
      stores.transaction(() => {
        const known = get(id)
        const now = timestamp(clock)
        const copy: ModelConfig = {
          ...known,
          id: newId(ModelConfigId),
          name: freeName(known.name, takenAmong(stores.modelConfigs.names().map(({ name }) => name))),
          createdAt: now,
          updatedAt: now,
        }
        stores.modelConfigs.insert(copy)
        changed(copy.id)
        return get(copy.id)
      }),
    remove: (id) =>
      stores.transaction(() => {
        const known = get(id)
        const names = users()(id).map(({ name }) => name)
        if (names.length > 0) throw inUse(known, names)
        stores.bin.take('modelConfig', known, timestamp(clock))
        changed(id)
      }),
  }
}

const inUse = ({ name }: ModelConfig, users: string[]) =>
  new FabulaError(PresetError.ModelConfigInUse, `${name} is used by ${users.join(', ')}`, { details: { name, users } })

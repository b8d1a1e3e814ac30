import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import type { ModelKind } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import type { ProviderId } from '@contract/ids'
import { effectiveFields, fieldsBelow, lentByMain, valuesOf } from '@contract/settings/effective-settings'
import { fieldsOfSettings, shownSettings } from '@contract/settings/field-map'
import type { JsonObject } from '@contract/values'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { checkValue } from '@renderer/domain/settings-form/check-value'
import { readFields, type Field } from '@renderer/domain/settings-form/fields'

/** The settings with some fields replaced; a field that is undefined is taken out, and so is an empty object. */
export function withSettings(settings: ModelSettings, part: Partial<ModelSettings>): ModelSettings {
  const entries = Object.entries({ ...settings, ...part }).filter(([, value]) => {
    if (value === undefined) return false
    return typeof value !== 'object' || Array.isArray(value) || Object.keys(value).length > 0
  })
  return Object.fromEntries(entries)
}

/** The model that settings name, or null when they name none. */
export const choiceOf = (settings: ModelSettings | undefined): ModelChoice | null =>
  settings?.providerId && settings.model
    ? {
        providerId: settings.providerId,
        model: settings.model,
        ...(settings.serverId ? { serverId: settings.serverId } : {}),
      }
    : null

/** The schema of a provider's settings for one call of a model of a kind. */
export const samplerSchemaOf = (provider: Provider, kind: ModelKind): JsonObject =>
  (kind === 'embedding' ? provider.embeddingSchema : provider.samplerSchema) ?? { type: 'object', properties: {} }

export interface Chosen {
  settings: ModelSettings
  /** What could not come along to the new provider: settings it does not take, keys and custom parameters. */
  left: { fields: Field[]; keys: number; custom: number }
}

/** Splits values into those a schema takes, or does not know, and the fields whose value it refuses. */
function sift(schema: JsonObject, values: JsonObject): { kept: JsonObject; refused: Field[] } {
  const refused = readFields(schema, values).filter((field) => {
    const value = values[field.name]
    return value !== undefined && checkValue(field, value) !== null
  })
  const names = new Set(refused.map(({ name }) => name))
  return { kept: Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name))), refused }
}

/**
 * The settings with another model, or with none of their own. When the provider changes too, keys and custom parameters belong to the old one and
 * go. Settings stay: what the new provider does not know is not sent, and is back when the old one comes back; only a
 * value that the new one knows and refuses is taken out.
 */
export function chooseModel(
  settings: ModelSettings,
  choice: ModelChoice | null,
  kind: ModelKind,
  from: ProviderId | undefined,
  to: Provider | undefined
): Chosen {
  const model: Partial<ModelSettings> = {
    providerId: choice?.providerId,
    model: choice?.model,
    serverId: choice?.serverId,
  }
  if (to === undefined || from === to.id) {
    return { settings: withSettings(settings, model), left: { fields: [], keys: 0, custom: 0 } }
  }
  const samplers = sift(samplerSchemaOf(to, kind), settings.samplers ?? {})
  const own = sift(to.settingsSchema, settings.settings ?? {})
  return {
    settings: withSettings(settings, {
      ...model,
      samplers: samplers.kept,
      settings: own.kept,
      custom: undefined,
      tokenIds: undefined,
    }),
    left: {
      fields: [...samplers.refused, ...own.refused],
      keys: settings.tokenIds?.length ?? 0,
      custom: Object.keys(settings.custom ?? {}).length,
    },
  }
}

/**
 * What lies below a role's own settings: its model config, without what is bound to a provider or a model that the role
 * exchanges.
 */
export const settingsBelow = (config: Pick<ModelConfig, 'settings'> | undefined, own: ModelSettings): ModelSettings =>
  shownSettings(fieldsBelow(fieldsOfSettings(config?.settings ?? {}), fieldsOfSettings(own)))

/** What the Writer lends to a role that has no model of its own; `main` is what the Writer works with. */
export const lentSettings = (main: ModelSettings): ModelSettings => shownSettings(lentByMain(fieldsOfSettings(main)))

/** One layer over another, field by field. */
export const laidOver = (below: ModelSettings, own: ModelSettings): ModelSettings =>
  shownSettings(
    valuesOf(
      effectiveFields([
        { origin: 'modelConfig', fields: fieldsOfSettings(below) },
        { origin: 'preset', fields: fieldsOfSettings(own) },
      ])
    )
  )

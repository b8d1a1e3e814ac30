import type { ModelKind } from '@contract/entities/model'
import type { JsonObject } from '@contract/values'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import { fieldsOf, type SettingField } from './fields'
import { mergeInto, nest } from './merge-json'
import { switchesThinkingOff, withoutThinkingOff } from './thinking-off'

export interface WireInput {
  definition: ProviderDefinition
  kind: ModelKind
  /** By `samplerSchema`, or by `embeddingSchema` for embeddings; already checked. */
  samplers: JsonObject
  /** By `settingsSchema`; already checked. */
  settings: JsonObject
  /** Placed as they are, over everything else. */
  custom: JsonObject
  /** What the model takes; null when nobody tells: then it is taken to accept everything. */
  supportedParameters: readonly string[] | null
  /** The model always thinks: what would switch that off is dropped, wherever it stands. */
  alwaysThinks?: boolean
}

export interface WireParameters {
  /** Ready to be merged into the request body. */
  parameters: JsonObject
  /** Settings that were set but are not sent, because the model does not take them or has no such setting. */
  dropped: string[]
}

/**
 * Turns what the user set into fields of the request body. What is not set is not sent.
 *
 * A sampler's name among the supported parameters is its `x-parameter`, else its own name. A provider setting is the
 * provider's business, not the model's: it is only held against the list when it names an `x-parameter`.
 */
export function wireParameters(input: WireInput): WireParameters {
  const { definition, kind, alwaysThinks = false } = input
  const parameters: JsonObject = {}
  const dropped: string[] = []
  const supported = input.supportedParameters === null ? null : new Set(input.supportedParameters)

  const place = (
    values: JsonObject,
    fields: readonly SettingField[],
    named: (field: SettingField) => string | null
  ) => {
    const byKey = new Map(fields.map((field) => [field.key, field]))
    for (const [key, value] of Object.entries(values)) {
      const field = byKey.get(key)
      // Fabula uses it itself: no model has to take it.
      if (field?.wire === null) continue
      const parameter = field ? named(field) : null
      const taken = parameter === null || supported === null || supported.has(parameter)
      const refused = alwaysThinks && field !== undefined && switchesThinkingOff(field.wire, value)
      if (field?.kinds.includes(kind) && taken && !refused) mergeInto(parameters, nest(field.wire, value))
      else dropped.push(key)
    }
  }

  const samplerSchema = kind === 'embedding' ? definition.embeddingSchema : definition.samplerSchema
  place(
    input.samplers,
    samplerSchema ? fieldsOf(samplerSchema, input.samplers) : [],
    (field) => field.parameter ?? field.key
  )
  place(input.settings, fieldsOf(definition.settingsSchema, input.settings), (field) => field.parameter)
  const custom = alwaysThinks ? withoutThinkingOff(input.custom) : { body: input.custom, removed: [] }
  mergeInto(parameters, custom.body)
  dropped.push(...custom.removed)
  return { parameters, dropped }
}

/** The names under which a definition's settings stand among supported parameters. */
export function parameterNames(definition: ProviderDefinition, kind: ModelKind): string[] {
  const samplerSchema = kind === 'embedding' ? definition.embeddingSchema : definition.samplerSchema
  const ofKind = (field: SettingField) => field.kinds.includes(kind) && field.wire !== null
  const samplers = samplerSchema ? fieldsOf(samplerSchema).filter(ofKind) : []
  const settings = fieldsOf(definition.settingsSchema).filter(ofKind)
  return [
    ...samplers.map((field) => field.parameter ?? field.key),
    ...settings.flatMap((field) => (field.parameter === null ? [] : [field.parameter])),
  ]
}

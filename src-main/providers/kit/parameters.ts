import type { ModelKind } from '@contract/entities/model'
import type { JsonObject } from '@contract/values'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import { fieldsOf, type SettingField } from '@contract/schema/setting-fields'
import { mergeInto, nest } from './merge-json'
import { switchesThinkingOff, withoutPaths } from './thinking-off'

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
  /** Settings that the provider refused by name for this model, as `dropped` names them: they stay out. */
  refused?: readonly string[]
}

/** A setting that goes out, and where it stands in the request body: `options.top_k`. */
export interface SentSetting {
  /** As `dropped` would name it: a setting's own name, or a custom parameter's path. */
  name: string
  wire: string
  /** The writer relies on it: the request is never made again without it. */
  essential: boolean
}

export interface WireParameters {
  /** Ready to be merged into the request body. */
  parameters: JsonObject
  /** Settings that were set but are not sent, because the model does not take them or has no such setting. */
  dropped: string[]
  sent: SentSetting[]
}

/**
 * Custom parameters that a writer relies on, whatever they are exactly: limits of length and cost, and what the shape of
 * the answer depends on.
 */
const ESSENTIAL_CUSTOM =
  /(^|[._])(max|min|stop|limit|budget|price|cost|tier|schema|format|grammar|json|guided|structured|tools?)(?=[._]|$)/i

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
  const sent: SentSetting[] = []
  const refused = new Set(input.refused)
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
      const endsThinking = alwaysThinks && field !== undefined && switchesThinkingOff(field.wire, value)
      if (field?.kinds.includes(kind) && taken && !endsThinking && !refused.has(key)) {
        mergeInto(parameters, nest(field.wire, value))
        sent.push({ name: key, wire: field.wire.join('.'), essential: field.essential })
      } else dropped.push(key)
    }
  }

  const samplerSchema = kind === 'embedding' ? definition.embeddingSchema : definition.samplerSchema
  place(
    input.samplers,
    samplerSchema ? fieldsOf(samplerSchema, input.samplers) : [],
    (field) => field.parameter ?? field.key
  )
  place(input.settings, fieldsOf(definition.settingsSchema, input.settings), (field) => field.parameter)
  const custom = withoutPaths(
    input.custom,
    (path, value) => refused.has(path.join('.')) || (alwaysThinks && switchesThinkingOff(path, value))
  )
  mergeInto(parameters, custom.body)
  dropped.push(...custom.removed)
  for (const wire of leavesOf(custom.body)) sent.push({ name: wire, wire, essential: ESSENTIAL_CUSTOM.test(wire) })
  return { parameters, dropped, sent }
}

/** The paths of all values in a body: `provider.order`. */
const leavesOf = (body: JsonObject, above = ''): string[] =>
  Object.entries(body).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leavesOf(value, `${above}${key}.`)
      : [above + key]
  )

/**
 * Which of the settings that were sent a provider means by the names in its refusal, as `dropped` names them. It may name
 * a setting by its place in the body, by the end of that, or by what it stands in. Empty when one of them is essential:
 * without it the writer would get something else than what was asked for.
 */
export function settingsNamed(names: readonly string[], sent: readonly SentSetting[]): string[] {
  const meant = sent.filter(({ wire }) => {
    const place = wire.toLowerCase()
    return names.some(
      (name) =>
        place === name || place.startsWith(`${name}.`) || name.startsWith(`${place}.`) || endOf(place) === endOf(name)
    )
  })
  return meant.some(({ essential }) => essential) ? [] : [...new Set(meant.map(({ name }) => name))]
}

const endOf = (path: string) => path.slice(path.lastIndexOf('.') + 1)

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

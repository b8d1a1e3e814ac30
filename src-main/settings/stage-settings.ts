import type { SettingsSchema } from '@contract/entities/provider'
import { FabulaError, PresetError } from '@contract/errors'
import { isObject } from '@contract/json'
import { fieldsOf } from '@contract/schema/setting-fields'
import { validateSettings } from '@contract/schema/validate-settings'
import type { JsonObject } from '@contract/values'
import type { KnownProvider } from './provider-directory'
import type { StageEntry } from './stage-registry'

/** The settings of a stage, by whose they are. */
export interface StageSettings {
  /** The stage's own, as the form of a poem; all there are where not words are made. */
  own: JsonObject
  /** By the `samplerSchema` of a provider of words. */
  samplers: JsonObject
  /** By its `settingsSchema`. */
  provider: JsonObject
}

const closed = (properties: JsonObject): SettingsSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties,
  additionalProperties: false,
})

/** What can be set for a stage with a provider: for words, the stage's own and then all that a chat model takes. */
export function stageSchema(stage: StageEntry, { definition }: KnownProvider): SettingsSchema {
  if (stage.kind !== 'chat') return definition.media[stage.kind]?.settingsSchema ?? closed({})
  return closed({
    ...placed(definition.samplerSchema, { after: 2000, group: 'more' }),
    ...placed(definition.settingsSchema, { after: 1000 }),
    ...propertiesOf(stage.settingsSchema),
  })
}

/**
 * Checks settings by the schema of a stage with a provider, and gives back those that it knows: the others belong to a
 * provider chosen before. Throws `setting_invalid` with the path of the first wrong field.
 */
export function checkStageSettings(stage: StageEntry, provider: KnownProvider, settings: JsonObject): JsonObject {
  const schema = stageSchema(stage, provider)
  const known = only(settings, schema)
  const [first] = validateSettings(schema, known)
  if (!first) return known
  const path = ['settings', ...first.path.split('/').filter(Boolean)].join('.')
  throw new FabulaError(PresetError.InvalidSetting, `${path}: ${first.message}`, {
    details: { path, reason: first.message },
  })
}

/** The settings that the provider knows at the stage, by whose they are. */
export function splitStageSettings(stage: StageEntry, provider: KnownProvider, settings: JsonObject): StageSettings {
  if (stage.kind !== 'chat') return { own: only(settings, stageSchema(stage, provider)), samplers: {}, provider: {} }
  const { samplerSchema, settingsSchema } = provider.definition
  const own = only(settings, closed(propertiesOf(stage.settingsSchema)))
  const others = Object.fromEntries(Object.entries(settings).filter(([key]) => !Object.hasOwn(own, key)))
  return { own, samplers: only(others, samplerSchema), provider: only(others, settingsSchema) }
}

function only(settings: JsonObject, schema: SettingsSchema): JsonObject {
  const known = new Set(fieldsOf(schema, settings).map(({ key }) => key))
  return Object.fromEntries(Object.entries(settings).filter(([key]) => known.has(key)))
}

const propertiesOf = (schema: SettingsSchema | undefined): JsonObject =>
  isObject(schema?.['properties']) ? schema['properties'] : {}

/** The settings of a schema that chat models take, in their order, after so much else. */
function placed(schema: SettingsSchema, { after, group }: { after: number; group?: 'more' }): JsonObject {
  const forChat = new Set(fieldsOf(schema).flatMap(({ key, kinds }) => (kinds.includes('chat') ? [key] : [])))
  return Object.fromEntries(
    Object.entries(propertiesOf(schema)).flatMap(([key, property]) => {
      if (!forChat.has(key) || !isObject(property)) return []
      const order = typeof property['x-order'] === 'number' ? property['x-order'] : 0
      return [[key, { ...property, 'x-order': after + order, ...(group ? { 'x-group': group } : {}) }]]
    })
  )
}

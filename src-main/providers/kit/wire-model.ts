import type { ModelKind } from '@contract/entities/model'
import type { Connection, EmbedRequest } from '@main/providers/spec/protocol'
import { settingMissing } from './failures'

/**
 * A model's name as the provider's API takes it. A short name is put into the definition's template for its kind, with
 * the provider settings that stand there; throws `setting_invalid` when one of them is not set.
 */
export function wireModel(connection: Connection, kind: ModelKind, model: string): string {
  const template = connection.definition.modelTemplates[kind]
  if (template === undefined || model.includes('://')) return model
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'model' ? model : textOf(connection, name)))
}

/** The same for an embedding: what is searched for may have a model of its own. */
export function wireEmbeddingModel(connection: Connection, { model, purpose }: EmbedRequest): string {
  const whole = wireModel(connection, 'embedding', model)
  const twin = connection.definition.queryModels.find(({ document }) => whole.includes(document))
  return twin && purpose === 'query' ? whole.replace(twin.document, twin.query) : whole
}

function textOf(connection: Connection, name: string): string {
  const value = Object.hasOwn(connection.settings, name) ? connection.settings[name] : undefined
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  throw settingMissing(connection, name)
}

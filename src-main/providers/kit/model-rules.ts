import type { ModelKind } from '@contract/entities/model'
import type { ProviderDefinition } from '@main/providers/spec/definition'

/**
 * What ids say of models that write no text, whoever lists them: such servers list everything they have in one list. Those
 * that sort texts (`bge-reranker-v2-m3`) bear the names of those that make vectors.
 */
const byName: readonly { pattern: RegExp; kind: ModelKind | null }[] = [
  { pattern: /rerank/i, kind: null },
  { pattern: /embed|(^|[/_:.-])(bge|e5|gte|nomic|minilm|sentence-transformers)([/_:.\d-]|$)/i, kind: 'embedding' },
]

/**
 * What kind a listed model is; null leaves it out. By the first pattern of the definition that matches its id, else by what
 * its list is of, and, in a list of chats, by names that are known of models that are none.
 *
 * @param told the list says what the model writes: then its name says nothing
 */
export function kindOf(
  definition: ProviderDefinition,
  model: string,
  listKind: ModelKind,
  told = false
): ModelKind | null {
  const rule = definition.modelKinds.find(({ pattern }) => new RegExp(pattern, 'i').test(model))
  if (rule) return rule.kind
  const hint = listKind === 'chat' && !told ? byName.find(({ pattern }) => pattern.test(model)) : undefined
  return hint ? hint.kind : listKind
}

/** What a model takes when its provider does not tell; null when the definition does not tell either. */
export function parametersOf(definition: ProviderDefinition, model: string): string[] | null {
  const rule = definition.modelParameters.find(({ pattern }) => new RegExp(pattern, 'i').test(model))
  return rule ? rule.parameters : null
}

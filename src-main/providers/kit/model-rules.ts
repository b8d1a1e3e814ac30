import type { ModelKind } from '@contract/entities/model'
import type { ProviderDefinition } from '@main/providers/spec/definition'

/** What kind a listed model is: by the first pattern that matches its id, else by its list; null leaves it out. */
export function kindOf(definition: ProviderDefinition, model: string, listKind: ModelKind): ModelKind | null {
  const rule = definition.modelKinds.find(({ pattern }) => new RegExp(pattern, 'i').test(model))
  return rule ? rule.kind : listKind
}

/** What a model takes when its provider does not tell; null when the definition does not tell either. */
export function parametersOf(definition: ProviderDefinition, model: string): string[] | null {
  const rule = definition.modelParameters.find(({ pattern }) => new RegExp(pattern, 'i').test(model))
  return rule ? rule.parameters : null
}

import { z } from 'zod'
import type { ModelFacts, ModelKind } from '@contract/entities/model'
import { kindOf, parametersOf } from '@main/providers/kit/model-rules'
import { parameterNames } from '@main/providers/kit/parameters'
import type { ProviderDefinition } from '@main/providers/spec/definition'

const tokens = z.number().int().positive().nullish().catch(null)
const Support = z.looseObject({ supported: z.boolean() }).nullish().catch(null)

/** What a model can do, as newer answers tell it; what is absent is not known. */
const Capabilities = z.looseObject({
  effort: Support,
  image_input: Support,
  structured_outputs: Support,
  thinking: z
    .looseObject({ supported: z.boolean(), types: z.looseObject({ adaptive: Support, enabled: Support }).nullish() })
    .nullish()
    .catch(null),
})
type Capabilities = z.infer<typeof Capabilities>

const ModelRow = z.looseObject({
  id: z.string().min(1),
  display_name: z.string().min(1).nullish().catch(null),
  max_input_tokens: tokens,
  max_tokens: tokens,
  capabilities: Capabilities.nullish().catch(null),
})

/** Parameters that a capability decides about: what the provider says goes before what the definition guesses. */
const parametersByCapability: Readonly<Record<string, (able: Capabilities) => boolean | undefined>> = {
  effort: (able) => able.effort?.supported,
  thinking: (able) => able.thinking?.supported,
  adaptive_thinking: (able) => able.thinking?.types?.adaptive?.supported,
  thinking_budget: (able) => able.thinking?.types?.enabled?.supported,
}

/** What a row of `GET /models` says; null when it is no model that Fabula can use. */
export function factsOf(definition: ProviderDefinition, listKind: ModelKind, value: unknown): ModelFacts | null {
  const parsed = ModelRow.safeParse(value)
  if (!parsed.success) return null
  const row = parsed.data
  const kind = kindOf(definition, row.id, listKind)
  if (kind === null) return null
  const able = row.capabilities ?? null
  return {
    model: row.id,
    name: row.display_name ?? row.id,
    kind,
    contextLength: row.max_input_tokens ?? null,
    maxOutput: row.max_tokens ?? null,
    supportedParameters: supportedBy(definition, row.id, kind, able),
    capabilities: [
      'text',
      ...(able?.image_input?.supported ? ['image'] : []),
      'tools',
      ...(able?.thinking?.supported ? ['thinking'] : []),
      // By a tool that must be called, where not by a schema for the answer.
      'structured',
    ],
    price: null,
    size: null,
    quantization: null,
    local: definition.local,
    ...(able?.image_input
      ? { modalities: { input: ['text', ...(able.image_input.supported ? ['image'] : [])], output: ['text'] } }
      : {}),
  }
}

function supportedBy(
  definition: ProviderDefinition,
  model: string,
  kind: ModelKind,
  able: Capabilities | null
): string[] | null {
  const guessed = parametersOf(definition, model)
  if (!able) return guessed
  const names = parameterNames(definition, kind)
  return [...new Set(names)].filter((name) => {
    const told = Object.hasOwn(parametersByCapability, name) ? parametersByCapability[name]?.(able) : undefined
    return told ?? (guessed === null || guessed.includes(name))
  })
}

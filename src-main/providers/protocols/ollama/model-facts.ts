import { z } from 'zod'
import type { ModelFacts, ModelFile, ModelKind } from '@contract/entities/model'
import { kindOf } from '@main/providers/kit/model-rules'
import { parameterNames } from '@main/providers/kit/parameters'
import type { ProviderDefinition } from '@main/providers/spec/definition'

const text = z.string().nullish().catch(null)
const names = z.array(z.string()).nullish().catch(null)

/** A row of `GET /api/tags`. Newer servers add `capabilities`, and `remote_host` for models that run elsewhere. */
export const ListedModel = z.looseObject({
  name: z.string().min(1),
  size: z.number().int().nonnegative().nullish().catch(null),
  digest: text,
  details: z.looseObject({ quantization_level: text, family: text, parameter_size: text }).nullish().catch(null),
  capabilities: names,
  remote_host: text,
})
export type ListedModel = z.infer<typeof ListedModel>

/** The answer to `POST /api/show`. Servers before 0.6.4 have no `capabilities`. */
export const ShownModel = z.looseObject({
  capabilities: names,
  model_info: z.record(z.string(), z.unknown()).nullish().catch(null),
  remote_host: text,
})
export type ShownModel = z.infer<typeof ShownModel>

/** Ollama's words for what a model can do, and ours. */
const capabilityNames: Readonly<Record<string, string>> = {
  completion: 'text',
  vision: 'image',
  audio: 'audio',
  tools: 'tools',
  thinking: 'thinking',
}

export function factsOf(definition: ProviderDefinition, listed: ListedModel, shown: ShownModel | null): ModelFacts {
  const known = shown?.capabilities ?? listed.capabilities ?? null
  const kind = known ? kindByCapability(known) : (kindOf(definition, listed.name, 'chat') ?? 'chat')
  return {
    model: listed.name,
    name: listed.name.replace(/:latest$/, ''),
    kind,
    contextLength: lengthOf(shown, 'context_length'),
    maxOutput: null,
    supportedParameters: known && supportedParameters(definition, kind, known),
    capabilities: capabilitiesOf(kind, known ?? ['completion']),
    price: null,
    size: listed.remote_host ? null : (listed.size ?? null),
    quantization: listed.details?.quantization_level || null,
    local: !(listed.remote_host || shown?.remote_host),
    file: fileOf(listed, shown),
    ...(known ? { modalities: modalitiesOf(kind, known) } : {}),
  }
}

/** What goes into a model and comes out of it, by what the server says it can do. */
const modalitiesOf = (kind: ModelKind, known: readonly string[]): ModelFacts['modalities'] => ({
  input: ['text', ...(known.includes('vision') ? ['image'] : []), ...(known.includes('audio') ? ['audio'] : [])],
  output: [kind === 'embedding' ? 'embeddings' : 'text'],
})

const fileOf = (listed: ListedModel, shown: ShownModel | null): ModelFile => ({
  digest: listed.digest || null,
  family: listed.details?.family || null,
  parameters: listed.details?.parameter_size || null,
  embeddingLength: lengthOf(shown, 'embedding_length'),
})

const kindByCapability = (known: readonly string[]): ModelKind =>
  known.includes('embedding') && !known.includes('completion') ? 'embedding' : 'chat'

/** The only setting that a server refuses is thinking, for a model that cannot. */
const supportedParameters = (definition: ProviderDefinition, kind: ModelKind, known: readonly string[]) =>
  parameterNames(definition, kind).filter((name) => name !== 'think' || known.includes('thinking'))

function capabilitiesOf(kind: ModelKind, known: readonly string[]): string[] {
  if (kind === 'embedding') return ['text']
  const named = known.flatMap((word) => (Object.hasOwn(capabilityNames, word) ? [capabilityNames[word] ?? word] : []))
  // The server makes any chat model keep to a schema.
  return [...named, 'structured']
}

/** `<architecture>.<what>`, as the model file says: how far the model can see, not what is loaded. */
function lengthOf(shown: ShownModel | null, what: 'context_length' | 'embedding_length'): number | null {
  const entry = Object.entries(shown?.model_info ?? {}).find(
    ([key]) => /^[^.]+\.\w+$/.test(key) && key.endsWith(`.${what}`)
  )
  const parsed = z.number().int().positive().safeParse(entry?.[1])
  return parsed.success ? parsed.data : null
}

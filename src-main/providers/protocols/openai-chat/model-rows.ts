import { z } from 'zod'
import type { ModelFacts, ModelKind } from '@contract/entities/model'
import { kindOf, parametersOf } from '@main/providers/kit/model-rules'
import type { ProviderDefinition } from '@main/providers/spec/definition'

const tokens = z.number().int().positive().nullable().catch(null)
const names = z.array(z.string()).nullable().catch(null)
const dollars = z.coerce.number().nonnegative().catch(Number.NaN)

/**
 * A model as OpenAI lists it, and what others add: OpenRouter most; `context_window` is Groq's, `max_model_len`
 * vLLM's, `max_context_length` LM Studio's and Mistral's, `display_name` Gemini's. A field of another type counts as absent.
 */
const ModelRow = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1).optional().catch(undefined),
  display_name: z.string().min(1).optional().catch(undefined),
  context_length: tokens.default(null),
  context_window: tokens.default(null),
  max_model_len: tokens.default(null),
  max_context_length: tokens.default(null),
  supported_parameters: names.default(null),
  architecture: z.looseObject({ input_modalities: names.default(null), output_modalities: names.default(null) }).catch({
    input_modalities: null,
    output_modalities: null,
  }),
  pricing: z.looseObject({ prompt: dollars, completion: dollars }).nullable().catch(null),
  top_provider: z.looseObject({ max_completion_tokens: tokens }).nullable().catch(null),
})
type ModelRow = z.infer<typeof ModelRow>

/** One page of `GET /models`. OpenRouter counts (`total_count`) and links (`links.next`) its pages; most have one. */
export const ModelPage = z.looseObject({
  data: z.array(z.unknown()),
  links: z
    .looseObject({ next: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  total_count: z.number().nullish().catch(null),
})
export type ModelPage = z.infer<typeof ModelPage>

/** What a listed row says; null when it is no model that Fabula can use. */
export function factsOf(definition: ProviderDefinition, listKind: ModelKind, value: unknown): ModelFacts | null {
  const parsed = ModelRow.safeParse(value)
  if (!parsed.success) return null
  const row = parsed.data
  const kind = kindOf(definition, row.id, listKind)
  const writes = row.architecture.output_modalities
  if (kind === null || (kind === 'chat' && writes && !writes.includes('text'))) return null
  return {
    model: row.id,
    name: row.name ?? row.display_name ?? row.id,
    kind,
    contextLength: row.context_length ?? row.context_window ?? row.max_model_len ?? row.max_context_length,
    maxOutput: row.top_provider?.max_completion_tokens ?? null,
    supportedParameters: supportedBy(row) ?? parametersOf(definition, row.id),
    capabilities: capabilitiesOf(row),
    price: priceOf(row),
    size: null,
    quantization: null,
    local: definition.local,
  }
}

/** An empty list says nothing: no model takes nothing at all. */
const supportedBy = (row: ModelRow): string[] | null =>
  row.supported_parameters?.length ? row.supported_parameters : null

function capabilitiesOf(row: ModelRow): string[] {
  const reads = row.architecture.input_modalities ?? ['text']
  const takes = row.supported_parameters ?? []
  return [
    ...['text', 'image', 'audio'].filter((modality) => reads.includes(modality)),
    ...(takes.includes('tools') ? ['tools'] : []),
    ...(takes.includes('reasoning') ? ['thinking'] : []),
    ...(takes.includes('structured_outputs') || takes.includes('response_format') ? ['structured'] : []),
  ]
}

/** Listed in dollars a token; a negative price marks one that varies from call to call. */
function priceOf(row: ModelRow): ModelFacts['price'] {
  if (!row.pricing) return null
  const input = perMillion(row.pricing.prompt)
  const output = perMillion(row.pricing.completion)
  return Number.isNaN(input) || Number.isNaN(output) ? null : { input, output }
}

/** Rounded to twelve digits, past which there is only the error of binary fractions. */
const perMillion = (price: number) => Number((price * 1_000_000).toPrecision(12))

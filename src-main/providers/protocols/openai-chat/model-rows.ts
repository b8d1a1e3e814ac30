import { z } from 'zod'
import type { ModelFacts, ModelKind } from '@contract/entities/model'
import { kindOf, parametersOf } from '@main/providers/kit/model-rules'
import type { ProviderDefinition } from '@main/providers/spec/definition'

const tokens = z.number().int().positive().nullable().catch(null)
/** Characters. */
const LONGEST_NAME = 300
const name = z.string().min(1).max(LONGEST_NAME)
const names = z.array(z.string()).nullable().catch(null)
/** Dollars for a token or a request. What asks more means something else. */
const HIGHEST_PRICE = 1000
/** OpenRouter writes prices as texts. Nothing, and an empty text, is no price: above all not a price of zero. */
const dollars = z
  .union([z.number(), z.string().trim().min(1)])
  .transform(Number)
  .pipe(z.number().nonnegative().max(HIGHEST_PRICE))
  .catch(Number.NaN)

/** Prices that hold under conditions: of a long prompt, at a time of day. */
const overrides = z
  .array(z.looseObject({ prompt: dollars, completion: dollars }).catch({ prompt: 1, completion: 1 }))
  .catch([])

/** What OpenRouter tells of thinking. */
const Reasoning = z
  .looseObject({
    mandatory: z.boolean().catch(false),
    supported_efforts: names.default(null),
    default_effort: z.string().nullable().catch(null),
  })
  .nullable()
  .catch(null)

const noMeta = { n_ctx: null, n_ctx_train: null }

/**
 * A model as OpenAI lists it, and what others add: OpenRouter most; `context_window` is Groq's, `max_model_len`
 * vLLM's, `max_context_length` LM Studio's and Mistral's, `meta` llama.cpp's, `display_name` Gemini's. A field of another type counts as absent.
 */
const ModelRow = z.looseObject({
  id: name,
  name: name.optional().catch(undefined),
  display_name: name.optional().catch(undefined),
  context_length: tokens.default(null),
  context_window: tokens.default(null),
  max_model_len: tokens.default(null),
  max_context_length: tokens.default(null),
  owned_by: z.string().nullable().catch(null).default(null),
  meta: z
    .looseObject({ n_ctx: tokens.default(null), n_ctx_train: tokens.default(null) })
    .catch(noMeta)
    .default(noMeta),
  supported_parameters: names.default(null),
  architecture: z.looseObject({ input_modalities: names.default(null), output_modalities: names.default(null) }).catch({
    input_modalities: null,
    output_modalities: null,
  }),
  pricing: z
    .looseObject({ prompt: dollars, completion: dollars, request: dollars, overrides: overrides.default([]) })
    .nullable()
    .catch(null),
  top_provider: z.looseObject({ max_completion_tokens: tokens }).nullable().catch(null),
  reasoning: Reasoning,
})
type ModelRow = z.infer<typeof ModelRow>

/** What a listed row says; null when it is no model that Fabula can use. */
export function factsOf(definition: ProviderDefinition, listKind: ModelKind, value: unknown): ModelFacts | null {
  const parsed = ModelRow.safeParse(value)
  if (!parsed.success) return null
  const row = parsed.data
  const writes = row.architecture.output_modalities
  const kind = kindOf(definition, row.id, listKind, writes !== null)
  if (kind === null || (kind === 'chat' && writes && !writes.includes('text'))) return null
  return {
    model: row.id,
    name: row.name ?? row.display_name ?? row.id,
    kind,
    contextLength: contextOf(row),
    maxOutput: row.top_provider?.max_completion_tokens ?? null,
    supportedParameters: supportedBy(row) ?? parametersOf(definition, row.id),
    capabilities: capabilitiesOf(row),
    price: priceOf(row),
    size: null,
    quantization: null,
    local: definition.local,
    ...modalitiesOf(row),
    ...reasoningOf(row),
  }
}

/** What the model was made for comes last: a server may have given it less room. */
const contextOf = (row: ModelRow): number | null =>
  row.context_length ??
  row.context_window ??
  row.max_model_len ??
  row.max_context_length ??
  row.meta.n_ctx ??
  row.meta.n_ctx_train

/** Who a listed row says that the model is from: `llamacpp`. */
export const ownerOf = (value: unknown): string | null => ModelRow.safeParse(value).data?.owned_by ?? null

function modalitiesOf({ architecture }: ModelRow): Pick<ModelFacts, 'modalities'> {
  const { input_modalities: input, output_modalities: output } = architecture
  return input && output ? { modalities: { input, output } } : {}
}

function reasoningOf({ reasoning }: ModelRow): Pick<ModelFacts, 'reasoning'> {
  if (!reasoning) return {}
  const { mandatory, supported_efforts: efforts, default_effort: defaultEffort } = reasoning
  return { reasoning: { mandatory, efforts, defaultEffort } }
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

/**
 * Listed in dollars a token; a negative price marks one that varies from call to call. What costs nothing by the token
 * but something by the request, or at other times, is no free model: its price is then not known.
 */
function priceOf({ pricing }: ModelRow): ModelFacts['price'] {
  if (!pricing) return null
  const input = perMillion(pricing.prompt)
  const output = perMillion(pricing.completion)
  if (Number.isNaN(input) || Number.isNaN(output)) return null
  const costsOtherwise = pricing.request > 0 || pricing.overrides.some((one) => one.prompt > 0 || one.completion > 0)
  return input === 0 && output === 0 && costsOtherwise ? null : { input, output }
}

/** Rounded to twelve digits, past which there is only the error of binary fractions. */
const perMillion = (price: number) => Number((price * 1_000_000).toPrecision(12))

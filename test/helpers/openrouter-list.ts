/** A row of OpenRouter's `GET /models`, as far as tests change it. */
export interface OpenRouterRow {
  id: string
  name: string
  context_length: number | null
  pricing: Record<string, unknown>
  [field: string]: unknown
}

const makers = ['anthropic', 'deepseek', 'google', 'meta-llama', 'mistralai', 'nousresearch', 'openai', 'qwen', 'x-ai']
const efforts = ['high', 'medium', 'low', 'minimal']

/** The row `n` of a list: the same for the same number. Every shape that the real list has comes again and again. */
export function openRouterRow(n: number): OpenRouterRow {
  const maker = makers[n % makers.length] ?? ''
  const free = n % 11 === 0
  const thinks = n % 3 === 0
  const context = n % 29 === 0 ? null : 4096 * 2 ** (n % 9)
  return {
    id: `${maker}/model-${n}${free ? ':free' : ''}`,
    canonical_slug: `${maker}/model-${n}-2026-01-0${(n % 9) + 1}`,
    hugging_face_id: n % 2 === 0 ? `${maker}/Model-${n}` : '',
    name: `${maker}: Модель ${n}${free ? ' (free)' : ''}`,
    created: 1_760_000_000 + n,
    description: `What the maker says of model ${n}. `.repeat(20),
    context_length: context,
    architecture: {
      modality: 'text->text',
      input_modalities: n % 4 === 0 ? ['text', 'image', 'file'] : ['text'],
      output_modalities: n % 37 === 36 ? ['image'] : ['text'],
      tokenizer: 'Other',
      instruct_type: null,
    },
    pricing: {
      prompt: n % 53 === 52 ? '-1' : free ? '0' : `0.00000${(n % 9) + 1}5`,
      completion: n % 53 === 52 ? '-1' : free ? '0' : `0.0000${(n % 9) + 1}`,
      request: '0',
      image: '0',
      web_search: '0',
      internal_reasoning: '0',
      ...(n % 5 === 0 ? { input_cache_read: '0.0000003', input_cache_write: '0.00000375' } : {}),
      ...(n % 17 === 16
        ? { overrides: [{ min_prompt_tokens: 200_000, prompt: '0.000006', completion: '0.0000225' }] }
        : {}),
    },
    top_provider: {
      context_length: context,
      max_completion_tokens: n % 7 === 0 ? null : 8192,
      is_moderated: n % 2 === 0,
    },
    per_request_limits: null,
    supported_parameters: ['max_tokens', 'temperature', 'top_p', ...(thinks ? ['reasoning', 'include_reasoning'] : [])],
    default_parameters: n % 2 === 0 ? { temperature: 0.7, top_p: null } : null,
    supported_voices: null,
    knowledge_cutoff: null,
    expiration_date: n % 41 === 40 ? '2026-12-31' : null,
    ...(thinks
      ? {
          reasoning: {
            mandatory: n % 6 === 0,
            supported_efforts: n % 12 === 0 ? null : efforts,
            default_effort: n % 12 === 0 ? null : 'medium',
            default_enabled: true,
            supports_max_tokens: n % 2 === 0,
          },
        }
      : {}),
  }
}

/** A list of the real one's length and shape. */
export const openRouterList = (count = 400): OpenRouterRow[] =>
  Array.from({ length: count }, (_, n) => openRouterRow(n))

/** Models of it that write no text, which Fabula leaves out. */
export const writesText = (n: number): boolean => n % 37 !== 36

import type { JsonValue } from '@contract/values'
import type { ForeignPreset } from './recognise-foreign'

type Format = ForeignPreset['format']

/**
 * What each sampler is called here, where SillyTavern calls it otherwise. Every other field is looked for under its own
 * name, so a sampler that a provider's schema gains is taken in with no change here. Names as in SillyTavern's preset
 * files for chat completion and for text completion.
 */
const samplerNames: ReadonlyMap<string, string> = new Map([
  ['openai_max_tokens', 'max_tokens'],
  ['openai_max_context', 'num_ctx'],
  ['temp', 'temperature'],
  ['rep_pen', 'repetition_penalty'],
  ['rep_pen_range', 'repeat_last_n'],
  ['freq_pen', 'frequency_penalty'],
  ['presence_pen', 'presence_penalty'],
  ['typical', 'typical_p'],
  ['mirostat_mode', 'mirostat'],
  ['genamt', 'max_tokens'],
  ['max_length', 'num_ctx'],
])

/** The same in NovelAI's files, where `max_length` is the length of the answer. */
const novelNames: ReadonlyMap<string, string> = new Map([
  ['max_length', 'max_tokens'],
  ['max_context', 'num_ctx'],
  ['repetition_penalty_range', 'repeat_last_n'],
  ['repetition_penalty_frequency', 'frequency_penalty'],
  ['repetition_penalty_presence', 'presence_penalty'],
])

const promptNames = new Set([
  'prompts',
  'prompt_order',
  'send_if_empty',
  'names_behavior',
  'assistant_prefill',
  'assistant_impersonation',
  'continue_prefill',
  'continue_postfix',
  'use_sysprompt',
  'squash_system_messages',
  'wrap_in_quotes',
  'instruct',
  'context',
  'sysprompt',
  'reasoning',
])

/** Whether a field is about the words that are sent, not about how the model writes. */
export const isPrompt = (field: string): boolean => promptNames.has(field) || /_(prompt|format)$/.test(field)

/** A field that says nothing: it was left empty, or asks for what the provider does by itself. */
export const saysNothing = (field: string, value: JsonValue): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0) ||
  (field === 'seed' && value === -1) ||
  (value === 'auto' && (field === 'reasoning_effort' || field === 'verbosity'))

/** A setting as it would stand here. */
export interface Translated {
  sampler: string
  value: JsonValue
}

/** What a field is called here and the value it has then, the likeliest first. */
export function translations(format: Format, field: string, value: JsonValue): Translated[] {
  const named = (format === 'novelai' ? novelNames : samplerNames).get(field)
  const own = { sampler: field, value: plainValue(field, value) }
  if (named === undefined) return [own]
  // There, no window of the penalty stands for the whole context; here, 0 is no token at all.
  return [{ sampler: named, value: named === 'repeat_last_n' && value === 0 ? -1 : plainValue(named, value) }, own]
}

function plainValue(field: string, value: JsonValue): JsonValue {
  if (field === 'reasoning_effort' && value === 'min') return 'minimal'
  // Both switch it off.
  return field === 'top_k' && value === -1 ? 0 : value
}

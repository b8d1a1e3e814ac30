import type { JsonValue } from '@contract/values'

/**
 * What each sampler is called here, where SillyTavern calls it otherwise. Every other field is looked for under its own
 * name, so a sampler that a provider's schema gains is taken in with no change here. Names as in SillyTavern's preset
 * files for chat completion and for text completion.
 */
export const samplerNames: ReadonlyMap<string, string> = new Map([
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

/** A value in the words that are used here. */
export const translated = (field: string, value: JsonValue): JsonValue =>
  field === 'reasoning_effort' && value === 'min' ? 'minimal' : value

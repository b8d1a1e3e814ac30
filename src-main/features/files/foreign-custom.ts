import type { JsonObject, JsonValue } from '@contract/values'
import type { KnownProvider } from '@main/settings/provider-directory'

/**
 * What servers that run models of one's own (llama.cpp, KoboldCpp, TabbyAPI, text-generation-webui, Aphrodite) call the
 * fields of a foreign preset in a request. What a server does not know it passes over.
 */
const requestNames: ReadonlyMap<string, string> = new Map([
  ['rep_pen', 'repetition_penalty'],
  ['rep_pen_range', 'repetition_penalty_range'],
  ['rep_pen_decay', 'repetition_decay'],
  ['encoder_rep_pen', 'encoder_repetition_penalty'],
  ['typical', 'typical_p'],
  ['mirostat', 'mirostat_mode'],
  ['tail_free_sampling', 'tfs'],
  ['nsigma', 'top_n_sigma'],
])

/** Those that a request calls as the preset does. */
const sameInRequest = new Set(
  `top_k top_a min_p typical_p tfs epsilon_cutoff eta_cutoff no_repeat_ngram_size smoothing_factor smoothing_curve
   dry_multiplier dry_base dry_allowed_length dry_penalty_last_n dry_sequence_breakers xtc_probability xtc_threshold
   mirostat_mode mirostat_tau mirostat_eta temperature_last sampler_order samplers sampler_priority skew min_keep
   guidance_scale add_bos_token ban_eos_token skip_special_tokens repetition_penalty repetition_penalty_range
   top_n_sigma adaptive_target adaptive_decay n logprobs top_logprobs`.split(/\s+/)
)

/** A field as a custom parameter, where the target is known to take it; null where it is not. */
export function asCustom(
  field: string,
  value: JsonValue,
  provider: KnownProvider,
  /** What the model says it takes; null when it says nothing. */
  supported: readonly string[] | null
): JsonObject | null {
  const name = requestNames.get(field) ?? (sameInRequest.has(field) ? field : undefined)
  if (name === undefined) return null
  const taken = supported === null ? !provider.row.builtIn : supported.includes(name)
  return taken ? { [name]: name === 'dry_sequence_breakers' ? asList(value) : value } : null
}

/** SillyTavern keeps this list as JSON inside a text. */
function asList(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value
  try {
    const list: unknown = JSON.parse(value)
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : value
  } catch {
    return value
  }
}

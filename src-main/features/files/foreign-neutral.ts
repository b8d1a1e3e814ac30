import { sameJson } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'

/** The values by which a field changes nothing, in SillyTavern and in NovelAI. */
const neutral: ReadonlyMap<string, readonly JsonValue[]> = new Map<string, readonly JsonValue[]>([
  ['temp', [1]],
  ['temperature', [1]],
  ['temperature_last', [false]],
  ['top_p', [1]],
  ['top_k', [0, -1]],
  ['top_a', [0]],
  ['min_p', [0]],
  ['tfs', [1]],
  ['tail_free_sampling', [1]],
  ['typical', [1]],
  ['typical_p', [1]],
  ['epsilon_cutoff', [0]],
  ['eta_cutoff', [0]],
  ['rep_pen', [1]],
  ['rep_pen_decay', [0]],
  ['rep_pen_slope', [0, 1]],
  ['repetition_penalty', [1]],
  ['repetition_penalty_frequency', [0]],
  ['repetition_penalty_presence', [0]],
  ['repetition_penalty_slope', [0]],
  ['freq_pen', [0]],
  ['frequency_penalty', [0]],
  ['presence_pen', [0]],
  ['presence_penalty', [0]],
  ['phrase_rep_pen', ['off']],
  ['no_repeat_ngram_size', [0]],
  ['penalty_alpha', [0]],
  ['num_beams', [1]],
  ['length_penalty', [1]],
  ['min_length', [0, 1]],
  ['encoder_rep_pen', [1]],
  ['skew', [0]],
  ['do_sample', [true]],
  ['early_stopping', [false]],
  ['dynatemp', [false]],
  ['smoothing_factor', [0]],
  ['dry_multiplier', [0]],
  ['xtc_probability', [0]],
  ['mirostat_mode', [0]],
  ['mirostat', [0]],
  ['guidance_scale', [1]],
  ['cfg_scale', [1]],
  ['add_bos_token', [true]],
  ['ban_eos_token', [false]],
  ['ignore_eos_token', [false]],
  ['skip_special_tokens', [true]],
  ['spaces_between_special_tokens', [true]],
  ['speculative_ngram', [false]],
  ['use_default_badwordsids', [false]],
  ['sampler_order', [[6, 0, 1, 3, 4, 2, 5]]],
  ['nsigma', [0]],
  ['top_n_sigma', [0]],
  ['min_keep', [0]],
  ['rep_pen_size', [0]],
  ['adaptive_target', [0, -0.01]],
  ['n', [1]],
  ['use_cache', [false]],
  ['return_full_text', [false]],
  ['prefix', ['vanilla']],
  ['math1_temp', [1]],
])

/** Fields that only say how another one works: they mean nothing while that one is off. */
const dependents: readonly (readonly [string, readonly string[]])[] = [
  ['temp', ['temperature_last']],
  ['rep_pen', ['rep_pen_range', 'rep_pen_decay', 'rep_pen_slope']],
  ['repetition_penalty', ['repetition_penalty_range', 'repetition_penalty_slope']],
  ['dynatemp', ['min_temp', 'max_temp', 'dynatemp_exponent']],
  ['smoothing_factor', ['smoothing_curve']],
  ['dry_multiplier', ['dry_base', 'dry_allowed_length', 'dry_penalty_last_n', 'dry_sequence_breakers']],
  ['xtc_probability', ['xtc_threshold']],
  ['mirostat_mode', ['mirostat_tau', 'mirostat_eta']],
  ['mirostat', ['mirostat_tau', 'mirostat_eta']],
  ['guidance_scale', ['negative_prompt']],
  ['adaptive_target', ['adaptive_decay']],
]

const isNeutral = (field: string, value: JsonValue): boolean =>
  neutral.get(field)?.some((one) => sameJson(one, value)) ?? false

/**
 * The fields of a foreign preset that change nothing where the preset comes from. They still come over to what has such a
 * setting, since leaving it out there means the provider's default; but without one nothing is lost.
 */
export function idleFields(fields: JsonObject): ReadonlySet<string> {
  const idle = new Set<string>()
  for (const [field, value] of Object.entries(fields)) if (isNeutral(field, value)) idle.add(field)
  for (const [field, hanging] of dependents) if (idle.has(field)) for (const one of hanging) idle.add(one)
  return idle
}

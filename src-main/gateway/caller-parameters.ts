import { z } from 'zod'
import { isObject } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'
import { badField } from './api-error'

/** What a request to write says beside its text. */
export interface CallerParameters {
  /** By Fabula's names of samplers. */
  samplers: JsonObject
  /** Fields that OpenAI's API does not have, or that Fabula has no sampler for. */
  extra: JsonObject
}

/**
 * OpenAI's clients send null for what is not set. It is left as it is: to change it would take longer than all else that is
 * looked at in a request.
 */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish()

/**
 * The samplers of both ways to ask for text, under the names that Fabula has for them. Where servers of one's own take more
 * than OpenAI does, as much as they take: whoever takes less says so itself.
 */
export const samplerFields = {
  temperature: optional(z.number().min(0).max(5)),
  top_p: optional(z.number().min(0).max(1)),
  max_tokens: optional(z.number().int().min(1)),
  frequency_penalty: optional(z.number().min(-2).max(2)),
  presence_penalty: optional(z.number().min(-2).max(2)),
  seed: optional(z.number().int()),
  stop: optional(z.union([z.string().transform((text) => [text]), z.array(z.string()).max(32)])),
  logit_bias: optional(z.record(z.string(), z.number())),
}
const Samplers = z.object(samplerFields)
type Samplers = z.output<typeof Samplers>
const samplerNames = Samplers.keyof().options

export const streamFields = {
  stream: optional(z.boolean()),
  stream_options: optional(z.looseObject({ include_usage: optional(z.boolean()) })),
  n: optional(z.literal(1, { error: 'only one answer to a request can be made: leave it out or set it to 1' })),
}

/** What would change the form of the answer into one that Fabula does not make; a value that changes nothing is let pass. */
const unsupported: readonly [field: string, harmless: (value: JsonValue) => boolean, instead: string][] = [
  ['logprobs', (value) => value === false, 'The chances of tokens are not known here. Leave it out.'],
  ['top_logprobs', (value) => value === 0, 'The chances of tokens are not known here. Leave it out.'],
  ['audio', () => false, 'Answers are text. Leave it out.'],
  ['modalities', (value) => Array.isArray(value) && value.every((one) => one === 'text'), 'Answers are text.'],
  ['functions', (value) => Array.isArray(value) && value.length === 0, 'Use `tools`.'],
  ['function_call', (value) => value === 'none' || value === 'auto', 'Use `tool_choice`.'],
  ['best_of', (value) => value === 1, 'Only one answer to a request can be made. Leave it out.'],
  ['echo', (value) => value === false, 'The answer is what follows the prompt. Leave it out.'],
]

/** Fields for the provider: no server has as many settings. */
const MOST_EXTRA = 200

/**
 * Reads bodies of one schema: their samplers, and what that schema does not know, which is for the provider, if it does.
 *
 * @returns what reads one: `body` as it came, `said` as the schema has it
 */
export function readsCallerParameters(schema: Pick<z.ZodObject, 'shape'>) {
  const known = new Set([...Object.keys(schema.shape), ...unsupported.map(([field]) => field)])
  return (body: JsonValue, said: Samplers): CallerParameters => {
    const fields = isObject(body) ? body : {}
    for (const [field, isHarmless, instead] of unsupported) {
      const value = fields[field]
      if (value !== undefined && value !== null && !isHarmless(value))
        throw badField(field, `\`${field}\` cannot be passed on. ${instead}`, 'unsupported_parameter')
    }
    const samplers: JsonObject = {}
    for (const name of samplerNames) {
      const value = said[name]
      if (value !== undefined && value !== null) samplers[name] = value
    }
    const extra = Object.entries(fields).filter(([name, value]) => !known.has(name) && value !== null)
    if (extra.length > MOST_EXTRA)
      throw badField(
        null,
        `The request has more than ${MOST_EXTRA} fields that OpenAI's API does not have. Send fewer.`
      )
    return { samplers, extra: Object.fromEntries(extra) }
  }
}

import type { Model } from '@contract/entities/model'
import type { JsonObject } from '@contract/values'
import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import type { ChatMessage } from '@main/providers/spec/chat'

/** The window taken for a model that says nothing of its own. */
const UNKNOWN_WINDOW = 8192
/** Room kept for the answer when no limit is set. */
const ANSWER_TOKENS = 1024

/** About how many tokens messages are, with what a chat template adds to each. */
export const tokensOf = (messages: readonly ChatMessage[]) =>
  messages.reduce((sum, { content }) => sum + estimateTokens(content) + TOKENS_PER_MESSAGE, 0)

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' && value > 0 ? value : otherwise)

export interface Window {
  /** Tokens that prompt and answer share. */
  total: number
  /** Tokens kept for the answer. */
  answer: number
}

/** The window a call has: what the user set, within what the model is made for. */
export function windowOf(samplers: JsonObject | undefined, facts: Model | null, fallback = UNKNOWN_WINDOW): Window {
  const limit = facts?.contextLength ?? Number.MAX_SAFE_INTEGER
  const total = Math.min(numberOr(samplers?.['num_ctx'], facts?.contextLength ?? fallback), limit)
  return { total, answer: Math.min(numberOr(samplers?.['max_tokens'], ANSWER_TOKENS), Math.floor(total / 2)) }
}

/** Windows are asked for in these steps, because a server loads the model anew for each other size. */
const STEPS = [8192, 16_384, 32_768, 65_536, 131_072, 262_144]

/**
 * The context length to ask a local server for: enough for a prompt and its answer, in steps, within what the model can
 * do. Ollama's own default is as small as 4,096 tokens, and cuts a longer prompt without a word.
 *
 * @param tokens of prompt and answer together
 */
export function neededContext(tokens: number, facts: Model | null): number {
  const step = STEPS.find((size) => size >= tokens) ?? tokens
  return facts?.contextLength ? Math.min(step, facts.contextLength) : step
}

import type { Model } from '@contract/entities/model'
import type { JsonObject } from '@contract/values'
import type { ChatMessage } from '@main/providers/spec/chat'

/**
 * UTF-16 units to a token, taken low so that an estimate errs on the side of fitting: Latin text of current tokenizers
 * runs at about 4, Cyrillic at about 2.5; a Chinese, Japanese or Korean character is about one token, an emoji two.
 */
const UNITS_PER_TOKEN = { latin: 3.5, dense: 1, other: 2.2 }
/** Tokens that a chat template adds to each message, about. */
const TOKENS_PER_MESSAGE = 6

/** The window taken for a model that says nothing of its own. */
const UNKNOWN_WINDOW = 8192
/** Room kept for the answer when no limit is set. */
const ANSWER_TOKENS = 1024

/** About how many tokens a text is, never too few for prose. */
export function estimateTokens(text: string): number {
  let latin = 0
  let dense = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x250) latin += 1
    // From the East Asian blocks to the halves of what lies beyond 16 bits, and the forms at the end.
    else if ((unit >= 0x2e80 && unit <= 0xdfff) || unit >= 0xf900) dense += 1
  }
  const other = text.length - latin - dense
  return Math.ceil(latin / UNITS_PER_TOKEN.latin + dense / UNITS_PER_TOKEN.dense + other / UNITS_PER_TOKEN.other)
}

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

/** The newest messages of `history` that fit beside what is always sent, in their order. */
export function fitHistory(
  fixed: readonly ChatMessage[],
  history: readonly ChatMessage[],
  window: Window
): ChatMessage[] {
  let room = window.total - window.answer - tokensOf(fixed)
  let first = history.length
  for (let index = history.length - 1; index >= 0; index -= 1) {
    const message = history[index]
    if (!message) break
    room -= tokensOf([message])
    if (room < 0) break
    first = index
  }
  return history.slice(first)
}

/** Windows are asked for in these steps, because a server loads the model anew for each other size. */
const STEPS = [8192, 16_384, 32_768, 65_536, 131_072, 262_144]

/**
 * The context length to ask a local server for: enough for this prompt and its answer, in steps, within what the model
 * can do. Ollama's own default is as small as 4,096 tokens, and cuts a longer prompt without a word.
 */
export function neededContext(messages: readonly ChatMessage[], answer: number, facts: Model | null): number {
  const need = tokensOf(messages) + answer
  const step = STEPS.find((size) => size >= need) ?? need
  return facts?.contextLength ? Math.min(step, facts.contextLength) : step
}

import type { Model } from '@contract/entities/model'
import type { JsonObject } from '@contract/values'
import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { textOfMessage } from '@main/providers/kit/message-text'
import type { ChatMessage, ToolOffer } from '@main/providers/spec/chat'

/** The window taken for a model that says nothing of its own. */
const UNKNOWN_WINDOW = 8192
/** Room kept for the answer when no limit is set. */
const ANSWER_TOKENS = 1024

/**
 * Tokens that an image is taken for: about what OpenAI and Anthropic count for one of 1,000 × 1,000 pixels, in low detail and
 * in full. The models of a local server need between 256 and 2,900.
 */
const IMAGE_TOKENS = { low: 100, full: 1200 }

/** What a model reads. */
export type Prompt = { messages: readonly ChatMessage[] } & Pick<ToolOffer, 'tools'>

/** About how many tokens messages are, with what a chat template adds to each. */
export const tokensOf = (messages: readonly ChatMessage[]) =>
  messages.reduce((sum, message) => sum + messageTokens(message) + TOKENS_PER_MESSAGE, 0)

/** The same with the definitions of the tools, which every template writes into the prompt as JSON. */
export const promptTokens = ({ messages, tools = [] }: Prompt) =>
  tokensOf(messages) + tools.reduce((sum, tool) => sum + estimateTokens(JSON.stringify(tool)) + TOKENS_PER_MESSAGE, 0)

const messageTokens = (message: ChatMessage): number =>
  estimateTokens(textOfMessage(message)) + imageTokens(message) + callTokens(message)

const imageTokens = ({ content }: ChatMessage): number => {
  if (content === null || typeof content === 'string') return 0
  const images = content.filter((part) => part.type === 'image')
  return images.reduce((sum, { detail }) => sum + (detail === 'low' ? IMAGE_TOKENS.low : IMAGE_TOKENS.full), 0)
}

const callTokens = (message: ChatMessage): number =>
  'toolCalls' in message
    ? message.toolCalls.reduce(
        (sum, call) => sum + estimateTokens(call.name + call.arguments) + TOKENS_PER_MESSAGE,
        estimateTokens(message.reasoning ?? '')
      )
    : 0

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' && value > 0 ? value : otherwise)

/** About how many tokens an answer may have: as many as it is held to, or as many as room is kept for. */
export const answerTokens = (samplers: JsonObject | undefined): number =>
  numberOr(samplers?.['max_tokens'], ANSWER_TOKENS)

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
  return { total, answer: Math.min(answerTokens(samplers), Math.floor(total / 2)) }
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

import type { JsonObject } from '@contract/values'

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface ChatRequest {
  /** The id the provider's API takes. */
  model: string
  messages: readonly ChatMessage[]
  /**
   * Samplers, provider settings and custom parameters, already checked, filtered by what the model takes, and placed
   * where the wire format wants them (`kit/parameters.ts`). Merged into the request body.
   */
  parameters: JsonObject
  /** Asks for JSON that fits this JSON Schema, by the provider's own means. */
  responseSchema?: JsonObject
  /** Ends the call and closes its connection. */
  signal: AbortSignal
}

export interface Usage {
  inputTokens: number | null
  outputTokens: number | null
  /** US dollars, where the provider says what the call cost. */
  cost: number | null
}

/** `stop`: by itself or at a stop text; `length`: at the token limit. Everything else is a failure. */
export type FinishReason = 'stop' | 'length'

/**
 * One piece of a streamed answer. The last one is always `end`; a stream that fails throws a ProviderFailure instead:
 * also for an error inside a 200 answer, a refusal, an answer without text, and a stream that breaks off.
 */
export type ChatEvent =
  | { type: 'text'; text: string }
  /** Thinking, kept apart from the answer. */
  | { type: 'reasoning'; text: string }
  | { type: 'end'; reason: FinishReason; usage: Usage }

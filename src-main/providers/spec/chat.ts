import type { JsonObject } from '@contract/values'

/** A message of text alone: what Fabula itself sends. */
export interface TextMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export type ContentPart =
  | { type: 'text'; text: string }
  /** `url` is a `data:` URL with the image in base64, or an `https:` one, which the provider reads and Fabula never does. */
  | { type: 'image'; url: string; detail?: 'auto' | 'low' | 'high' }

/** What a user says with images, or in several parts. */
export interface PartsMessage {
  role: 'user'
  content: readonly ContentPart[]
}

/** A tool that the model wants called. */
export interface ToolCall {
  id: string
  name: string
  /** JSON text as the model wrote it, which may be wrong. */
  arguments: string
  /** Fields of the provider's own that it wants back with the call. */
  extra?: JsonObject
}

/** An answer in which the model wanted tools called. */
export interface ToolCallsMessage {
  role: 'assistant'
  content: string | null
  /** At least one. */
  toolCalls: readonly ToolCall[]
  /** What the model thought before the calls. Some want it back with them: DeepSeek refuses calls without. */
  reasoning?: string
  /** The same with the signatures by which the provider knows it again: as in the event, whole. */
  reasoningDetails?: readonly JsonObject[]
}

/** What a tool gave. */
export interface ToolResultMessage {
  role: 'tool'
  toolCallId: string
  content: string
}

export type ChatMessage = TextMessage | PartsMessage | ToolCallsMessage | ToolResultMessage

/** A tool that the model may want called. */
export interface Tool {
  name: string
  description?: string
  /** A JSON Schema of an object; without one, it takes nothing. */
  parameters?: JsonObject
  /** The provider holds the arguments to the schema. */
  strict?: boolean
}

/** `required`: some tool must be called; a name: this one must. */
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }

/** The tools of a request and how they may be called; what is not said is as the provider has it. */
export interface ToolOffer {
  tools?: readonly Tool[]
  toolChoice?: ToolChoice
  /** Several may be called in one answer. */
  parallelToolCalls?: boolean
}

/** What the provider holds the answer to, by its own means. */
export type ResponseFormat =
  /** Some JSON object. */
  | { type: 'json' }
  /** JSON that fits a JSON Schema. `strict` is decided by the schema unless said. */
  | { type: 'schema'; schema: JsonObject; name?: string; description?: string; strict?: boolean }

export interface ChatRequest extends ToolOffer {
  /** The id the provider's API takes. */
  model: string
  messages: readonly ChatMessage[]
  /**
   * Samplers, provider settings and custom parameters, already checked, filtered by what the model takes, and placed
   * where the wire format wants them (`kit/parameters.ts`). Merged into the request body.
   */
  parameters: JsonObject
  responseFormat?: ResponseFormat
  /** Ends the call and closes its connection. */
  signal: AbortSignal
  /**
   * Is told what the provider has counted of the answer until now, as often as it says: an answer that never comes to its
   * `end` is charged for too.
   */
  onUsage?: (usage: Usage) => void
}

/** A text that a model is to go on with. */
export interface CompletionRequest {
  model: string
  prompt: string
  /** What stands after the place where the model writes. */
  suffix?: string
  /** As in `ChatRequest`. */
  parameters: JsonObject
  signal: AbortSignal
  onUsage?: (usage: Usage) => void
}

export interface Usage {
  inputTokens: number | null
  outputTokens: number | null
  /** US dollars, where the provider says what the call cost. */
  cost: number | null
  /** US dollars by a price that is not one of tokens (a song, a second of film); absent where there is none. */
  byPrice?: number
  /** Of the input, what was read from the provider's cache; absent where it does not say. */
  cachedTokens?: number
  /** Of the output, what the model thought; absent where the provider does not say. */
  reasoningTokens?: number
}

/**
 * `stop`: by itself or at a stop text; `toolCalls`: the model wants tools called; `length`: at the token limit, perhaps
 * inside a tool call. Everything else is a failure.
 */
export type FinishReason = 'stop' | 'length' | 'toolCalls'

/**
 * A piece of a tool call. The first of each call has its id and its name, the others neither; `index` counts the calls of an
 * answer from 0 in the order in which they begin. Pieces of several calls may come in turn. The arguments of a call that is
 * whole are never empty.
 */
export interface ToolCallPiece {
  type: 'toolCall'
  index: number
  id?: string
  name?: string
  /** The next of the JSON text. */
  arguments: string
  /** Beside the id; as in `ToolCall`. */
  extra?: JsonObject
}

/**
 * One piece of a streamed answer. The last one is always `end`; a stream that fails throws a ProviderFailure instead:
 * also for an error inside a 200 answer, a refusal, an answer without text and tool calls, and a stream that breaks off.
 */
export type ChatEvent =
  | { type: 'text'; text: string }
  /**
   * Thinking, kept apart from the answer. `details`: pieces of it as OpenRouter writes them (`reasoning_details`), with what the
   * provider wants back unchanged together with calls of tools; only where tools were offered, and then the text may be empty.
   */
  | { type: 'reasoning'; text: string; details?: readonly JsonObject[] }
  | ToolCallPiece
  | { type: 'end'; reason: FinishReason; usage: Usage }

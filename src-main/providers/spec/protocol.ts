import type { ModelFacts } from '@contract/entities/model'
import type { TokenCheck } from '@contract/entities/token'
import type { JsonObject } from '@contract/values'
import type { ChatEvent, ChatRequest, Usage } from './chat'
import type { ProviderDefinition } from './definition'

/** A way to one provider. Whoever holds it can call, but cannot read the key. */
export interface Connection {
  definition: ProviderDefinition
  /** Without a slash at the end. */
  baseUrl: string
  /** Adds the key and the user's headers to every request to `baseUrl`'s origin, and to no other. */
  fetch: typeof globalThis.fetch
  /** Body fields the user adds to every request. */
  extraBody: JsonObject
  /** The provider settings of the call, for what does not stand in the body: headers and model names. */
  settings: JsonObject
  /** The text without the key, should it be in there: for everything that goes into an error. */
  redact: (text: string) => string
}

export interface EmbedRequest {
  model: string
  texts: readonly string[]
  /** What the texts are: passages to be found (unless said), or what is searched for. Some models tell them apart. */
  purpose?: 'document' | 'query'
  parameters: JsonObject
  signal: AbortSignal
}

export interface EmbedAnswer {
  /** In the order of `texts`. */
  vectors: number[][]
  usage: Usage
}

/**
 * The adapter for one wire format. It holds no state and no key; every failure it throws is a ProviderFailure, or the
 * signal's own reason when the caller cancelled.
 */
export interface Protocol {
  readonly id: string
  /** All models, page by page. */
  listModels(connection: Connection, signal: AbortSignal): AsyncIterable<ModelFacts[]>
  /** Really asks the provider whether it takes the key. */
  checkKey(connection: Connection, signal: AbortSignal): Promise<Omit<TokenCheck, 'latencyMs'>>
  chat(connection: Connection, request: ChatRequest): AsyncIterable<ChatEvent>
  embed?(connection: Connection, request: EmbedRequest): Promise<EmbedAnswer>
  /** The version of a server that tells one. */
  version?(connection: Connection, signal: AbortSignal): Promise<string>
}

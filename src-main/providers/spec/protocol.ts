import type { ModelFacts } from '@contract/entities/model'
import type { RunningModel, ServerModelDetails } from '@contract/entities/server'
import type { TokenCheck } from '@contract/entities/token'
import type { JsonObject } from '@contract/values'
import type { ChatEvent, ChatRequest, CompletionRequest, Usage } from './chat'
import type { ProviderDefinition } from './definition'

/** A way to one provider. Whoever holds it can call, but cannot read the key. */
export interface Connection {
  definition: ProviderDefinition
  /** Without a slash at the end. */
  baseUrl: string
  /** Adds the key and the user's headers to every request to `baseUrl`'s origin, and to no other. */
  fetch: typeof globalThis.fetch
  /**
   * Fetches a file that the provider made, from wherever it lies: the key goes along to `baseUrl`'s origin alone. A redirect is
   * followed over TLS, and on this computer without where the provider itself runs here.
   */
  download: (url: string, signal: AbortSignal) => Promise<Response>
  /** The same way without the key. */
  withoutKey: () => Connection
  /** Body fields the user adds to every request. */
  extraBody: JsonObject
  /** The provider settings of the call, for what does not stand in the body: headers and model names. */
  settings: JsonObject
  /** The text without any secret that Fabula knows: for everything that goes into an error, before it is cut. */
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

/** A model to be loaded from a registry. */
export interface WantedModel {
  model: string
  /** The registry is asked without TLS. */
  insecure: boolean
}

/** One line of what a server says while it loads a model. Bytes. */
export interface PullLine {
  status: string
  /** The file that the numbers are about; null while it does something else. */
  layer: { digest: string; total: number; completed: number } | null
}

/** What can be asked of a server that keeps its models itself. */
export interface ModelHost {
  version(connection: Connection, signal: AbortSignal): Promise<string>
  /** Models in memory. */
  running(connection: Connection, signal: AbortSignal): Promise<RunningModel[]>
  details(connection: Connection, model: string, signal: AbortSignal): Promise<ServerModelDetails>
  /** Loads a model from the registry onto the server; ends when it is there. What is there already is not loaded again. */
  pull(connection: Connection, wanted: WantedModel, signal: AbortSignal): AsyncIterable<PullLine>
  /** Deletes a model's files. */
  remove(connection: Connection, model: string, signal: AbortSignal): Promise<void>
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
  /** Goes on with a text, white space and all; the answer may be empty, and calls no tools. Absent where no server has it. */
  complete?(connection: Connection, request: CompletionRequest): AsyncIterable<ChatEvent>
  embed?(connection: Connection, request: EmbedRequest): Promise<EmbedAnswer>
  /** For providers that are made of servers. */
  host?: ModelHost
}

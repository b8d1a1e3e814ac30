import { loadOnce } from './kit/load-once'
import type { Protocol } from './spec/protocol'

/**
 * Every protocol, loaded when it is first used: the client libraries must not delay the start.
 */
const loaders: Readonly<Record<string, () => Promise<Protocol>>> = {
  'openai-chat': async () => (await import('./protocols/openai-chat/openai-chat-protocol')).openAiChatProtocol,
  ollama: async () => (await import('./protocols/ollama/ollama-protocol')).ollamaProtocol,
  anthropic: async () => (await import('./protocols/anthropic/anthropic-protocol')).anthropicProtocol,
  builtin: async () => (await import('./protocols/builtin/builtin-protocol')).builtinProtocol,
  media: async () => (await import('./protocols/media/media-protocol')).mediaProtocol,
  demo: async () => (await import('./protocols/demo/demo-protocol')).demoProtocol,
}

export const protocolIds: readonly string[] = Object.keys(loaders)

/** The adapter for a provider's `protocol`. Throws `not_found` for one that this version of Fabula does not have. */
export const protocolFor = loadOnce('protocol', loaders)

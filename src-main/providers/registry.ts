import { CommonError, FabulaError } from '@contract/errors'
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

/** Those that were loaded: asking the module loader again takes longer than a request needs. */
const loaded = new Map<string, Protocol>()

/** The adapter for a provider's `protocol`. Throws `not_found` for one that this version of Fabula does not have. */
export async function protocolFor(id: string): Promise<Protocol> {
  const known = loaded.get(id)
  if (known) return known
  const load = Object.hasOwn(loaders, id) ? loaders[id] : undefined
  if (!load)
    throw new FabulaError(CommonError.NotFound, `There is no protocol "${id}"`, {
      details: { path: 'protocol', name: id },
    })
  const protocol = await load()
  loaded.set(id, protocol)
  return protocol
}

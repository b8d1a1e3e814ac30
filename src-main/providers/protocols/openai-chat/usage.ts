import type { Usage } from '@main/providers/spec/chat'
import type { WireUsage } from './chat-chunks'

/** What the provider counted; `null` is what it did not say. */
export function usageOf(usage: WireUsage): Usage {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens
  const thought = usage.completion_tokens_details?.reasoning_tokens
  return {
    inputTokens: usage.prompt_tokens ?? null,
    outputTokens: usage.completion_tokens ?? null,
    cost: usage.cost ?? null,
    ...(typeof cached === 'number' ? { cachedTokens: cached } : {}),
    ...(typeof thought === 'number' ? { reasoningTokens: thought } : {}),
  }
}

export const unknownUsage: Usage = { inputTokens: null, outputTokens: null, cost: null }

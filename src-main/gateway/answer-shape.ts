import type { JsonObject } from '@contract/values'
import { estimateTokens } from '@main/platform/token-estimate'
import type { ChatEvent, FinishReason, Usage } from '@main/providers/spec/chat'

/** What stands in every piece of an answer. */
export interface AnswerHead {
  id: string
  /** Unix seconds. */
  created: number
  /** As the program named it: who really answered stands in the headers. */
  model: string
  /** About how many tokens the model reads. */
  reads: number
}

/** Writes the chunks of one streamed answer, as server-sent events. */
export interface ChunkWriter {
  /** What comes before the first word. */
  begin(): string
  /** The chunks for an event; the last event brings the finish, the usage where it is wanted, and the end of the stream. */
  write(event: ChatEvent): string
}

/** Collects an answer that is sent when it is whole. */
export interface AnswerRecord {
  /** A new attempt: what came of the one before is no part of the answer. */
  begin(): void
  add(event: ChatEvent): void
  usage(): Usage | null
  /** The body of the answer. */
  body(): JsonObject
}

export const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  toolCalls: 'tool_calls',
}

/**
 * Token counts as OpenAI has them. What the provider does not say is estimated: programs add these numbers up, and some break
 * off where there are none.
 *
 * @param text all that the model wrote
 */
export function wireUsage(
  { inputTokens, outputTokens, cachedTokens, reasoningTokens }: Usage,
  { reads }: AnswerHead,
  text: string
): JsonObject {
  const [read, written] = [inputTokens ?? reads, outputTokens ?? estimateTokens(text)]
  return {
    prompt_tokens: read,
    completion_tokens: written,
    total_tokens: read + written,
    ...(cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedTokens } }),
    ...(reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  }
}

/** Writes chunks that differ in their choice alone, and the end of their stream. */
export function createChunks(object: string, answer: AnswerHead, includeUsage: boolean) {
  const { id, created, model } = answer
  const head = { id, object, created, model }
  // All of a chunk but its choice is the same in each: it is written once.
  const common = JSON.stringify({ ...head, ...(includeUsage ? { usage: null } : {}) }).slice(0, -1)
  return {
    chunk: (choice: JsonObject): string => `data: ${common},"choices":[${JSON.stringify(choice)}]}\n\n`,
    /** @param text all that the model wrote */
    end: (usage: Usage, text: string): string => {
      if (!includeUsage) return 'data: [DONE]\n\n'
      const counted = JSON.stringify({ ...head, choices: [], usage: wireUsage(usage, answer, text) })
      return `data: ${counted}\n\ndata: [DONE]\n\n`
    },
  }
}

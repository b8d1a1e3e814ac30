import { z } from 'zod'
import { JsonObject } from '@contract/values'
import { readTail } from '@main/providers/kit/answer-stream'
import { badAnswer, streamFailure, type Source } from '@main/providers/kit/failures'
import { readEvents } from '@main/providers/kit/sse'
import { ArgumentsText } from '@main/providers/kit/tool-arguments'

const text = z.string().nullish()

/** A piece of a tool call. */
const ToolCall = z.looseObject({
  index: z.number().int().nonnegative().nullish().catch(null),
  id: text,
  function: z.looseObject({ name: text, arguments: ArgumentsText }).nullish(),
})
export type ToolCall = z.infer<typeof ToolCall>

/** The parts of a piece of an answer; `reasoning` is OpenRouter's name, `reasoning_content` DeepSeek's and llama.cpp's. */
const Delta = z.looseObject({
  content: text,
  refusal: text,
  reasoning: text,
  reasoning_content: text,
  /** OpenRouter's, with the signatures of what was thought. */
  reasoning_details: z.array(JsonObject).nullish().catch(null),
  tool_calls: z.array(ToolCall).nullish(),
})

const Choice = z.looseObject({
  delta: Delta.nullish(),
  /** Stands in the place of `delta` when the server does not stream. */
  message: Delta.nullish(),
  /** Stands in their place where a text is gone on with. */
  text,
  finish_reason: text,
})

const count = z.number().nullish().catch(null)

/** What the counts are made of; `prompt_cache_hit_tokens` is DeepSeek's. */
const Usage = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  cost: count,
  prompt_cache_hit_tokens: count,
  prompt_tokens_details: z.looseObject({ cached_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish().catch(null),
})
export type WireUsage = z.infer<typeof Usage>

const Chunk = z.looseObject({
  choices: z.array(Choice).nullish(),
  usage: Usage.nullish().catch(null),
  error: z.unknown().optional(),
})
export type Chunk = z.infer<typeof Chunk>
export type Delta = z.infer<typeof Delta>

/**
 * The pieces of an answer to a chat request. A server that does not stream, although asked to, gives one piece. Throws
 * a ProviderFailure for an error inside the answer and for a piece that is not one.
 */
export async function* readChunks(connection: Source, response: Response): AsyncIterable<Chunk> {
  if (response.headers.get('content-type')?.includes('json')) {
    yield checked(connection, await response.json())
    return
  }
  const events = readEvents(connection, response)[Symbol.asyncIterator]()
  try {
    // Each event is asked for when the one before it was read.
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      const { data } = next.value
      if (data.trim() === '[DONE]') return await readTail(events)
      yield checked(connection, JSON.parse(data))
    }
  } finally {
    void events.return?.().catch(() => undefined)
  }
}

function checked(connection: Source, piece: unknown): Chunk {
  const chunk = Chunk.safeParse(piece)
  if (!chunk.success) throw badAnswer(connection, 'wrong_shape')
  if (chunk.data.error) throw streamFailure(connection, chunk.data.error)
  return chunk.data
}

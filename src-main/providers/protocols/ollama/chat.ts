import { z } from 'zod'
import { withinAnswerLimit } from '@main/providers/kit/answer-stream'
import { badAnswer, cutOff, emptyAnswer, requestFailure, type Source } from '@main/providers/kit/failures'
import { createToolCallReader } from '@main/providers/kit/tool-call-reader'
import { ArgumentsText } from '@main/providers/kit/tool-arguments'
import { untilEnd } from '@main/providers/kit/until-end'
import type { ChatEvent, ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { chatBody } from './chat-body'
import { createClient } from './client'

const count = z.number().nullish().catch(null)

/** Calls come whole, one or several to a line; newer servers give them ids. */
const ToolCall = z.looseObject({
  id: z.string().nullish(),
  function: z.looseObject({ name: z.string().min(1), arguments: ArgumentsText }),
})

const Chunk = z.looseObject({
  message: z
    .looseObject({
      content: z.string().nullish(),
      thinking: z.string().nullish(),
      tool_calls: z.array(ToolCall).nullish(),
    })
    .nullish(),
  done: z.boolean().nullish(),
  done_reason: z.string().nullish(),
  prompt_eval_count: count,
  eval_count: count,
})

/** Asks `/api/chat` and streams the answer. Leaving the loop closes the connection, as the signal does. */
export function chat(provider: Connection, request: ChatRequest): AsyncIterable<ChatEvent> {
  const connection = { ...provider, model: request.model }
  return withinAnswerLimit(connection, ask(connection, request))
}

async function* ask(connection: Source, request: ChatRequest): AsyncIterable<ChatEvent> {
  const { signal, end } = untilEnd(request.signal)
  const client = createClient(connection, signal)
  const calls = createToolCallReader()
  let hasText = false
  try {
    for await (const piece of await client.chat({ ...chatBody(connection, request), stream: true })) {
      const chunk = Chunk.safeParse(piece)
      if (!chunk.success) throw badAnswer(connection, 'wrong_shape')
      const { message, done, done_reason: reason, prompt_eval_count: read, eval_count: written } = chunk.data
      if (message?.thinking) yield { type: 'reasoning', text: message.thinking }
      if (message?.content) {
        hasText ||= message.content.trim() !== ''
        yield { type: 'text', text: message.content }
      }
      for (const { id, function: called } of message?.tool_calls ?? [])
        yield* calls.read({
          index: null,
          id: id || null,
          name: called.name,
          arguments: called.arguments || '{}',
        })
      if (!done) continue
      const usage = { inputTokens: read ?? null, outputTokens: written ?? null, cost: null }
      request.onUsage?.(usage)
      if (!hasText && !calls.began()) throw emptyAnswer(connection, reason === 'length')
      yield { type: 'end', reason: reason === 'length' ? 'length' : calls.began() ? 'toolCalls' : 'stop', usage }
      return
    }
  } catch (error) {
    throw requestFailure(connection, error, request.signal)
  } finally {
    end()
  }
  throw cutOff(connection, hasText || calls.began())
}

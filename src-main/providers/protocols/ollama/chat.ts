import type { ChatRequest as OllamaRequest } from 'ollama'
import { z } from 'zod'
import { withinAnswerLimit } from '@main/providers/kit/answer-stream'
import { badAnswer, cutOff, emptyAnswer, requestFailure, type Source } from '@main/providers/kit/failures'
import { textMessages } from '@main/providers/kit/message-text'
import { requestBody } from '@main/providers/kit/request-body'
import type { ChatEvent, ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'

const count = z.number().nullish().catch(null)

const Chunk = z.looseObject({
  message: z.looseObject({ content: z.string().nullish(), thinking: z.string().nullish() }).nullish(),
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
  const stop = new AbortController()
  const client = createClient(connection, AbortSignal.any([request.signal, stop.signal]))
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
      if (!done) continue
      if (!hasText) throw emptyAnswer(connection, reason === 'length')
      const usage = { inputTokens: read ?? null, outputTokens: written ?? null, cost: null }
      yield { type: 'end', reason: reason === 'length' ? 'length' : 'stop', usage }
      return
    }
  } catch (error) {
    throw requestFailure(connection, error, request.signal)
  } finally {
    stop.abort()
  }
  throw cutOff(connection, hasText)
}

function chatBody(connection: Connection, request: ChatRequest): OllamaRequest {
  const body = requestBody(connection, connection.definition.requiredParameters, request.parameters)
  const messages = textMessages(request.messages)
  const { responseFormat: wanted } = request
  const format = wanted ? { format: wanted.type === 'schema' ? wanted.schema : 'json' } : {}
  return { ...body, ...format, model: request.model, messages }
}

import { z } from 'zod'
import { withinAnswerLimit } from '@main/providers/kit/answer-stream'
import { badAnswer, cutOff, requestFailure, type Source } from '@main/providers/kit/failures'
import { requestBody } from '@main/providers/kit/request-body'
import { untilEnd } from '@main/providers/kit/until-end'
import type { ChatEvent, CompletionRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'

const count = z.number().nullish().catch(null)

const Chunk = z.looseObject({
  response: z.string().nullish(),
  thinking: z.string().nullish(),
  done: z.boolean().nullish(),
  done_reason: z.string().nullish(),
  prompt_eval_count: count,
  eval_count: count,
})

/** Asks `/api/generate` to go on with a text, and streams it. Leaving the loop closes the connection, as the signal does. */
export function complete(provider: Connection, request: CompletionRequest): AsyncIterable<ChatEvent> {
  const connection = { ...provider, model: request.model }
  return withinAnswerLimit(connection, ask(connection, request))
}

async function* ask(connection: Source, request: CompletionRequest): AsyncIterable<ChatEvent> {
  const { signal, end } = untilEnd(request.signal)
  const client = createClient(connection, signal)
  let began = false
  try {
    for await (const piece of await client.generate({ ...generateBody(connection, request), stream: true })) {
      const chunk = Chunk.safeParse(piece)
      if (!chunk.success) throw badAnswer(connection, 'wrong_shape')
      const { response, thinking, done, done_reason: reason, prompt_eval_count: read, eval_count: written } = chunk.data
      if (thinking) yield { type: 'reasoning', text: thinking }
      if (response) {
        began = true
        yield { type: 'text', text: response }
      }
      if (!done) continue
      const usage = { inputTokens: read ?? null, outputTokens: written ?? null, cost: null }
      yield { type: 'end', reason: reason === 'length' ? 'length' : 'stop', usage }
      return
    }
  } catch (error) {
    throw requestFailure(connection, error, request.signal)
  } finally {
    end()
  }
  throw cutOff(connection, began)
}

/**
 * The text goes to the model as it is, without the form of a chat around it. What stands behind a gap needs the form that the
 * model has for that.
 */
const generateBody = (connection: Connection, { model, prompt, suffix, parameters }: CompletionRequest) => ({
  ...requestBody(connection, {}, parameters),
  model,
  prompt,
  ...(suffix === undefined ? { raw: true } : { suffix }),
})

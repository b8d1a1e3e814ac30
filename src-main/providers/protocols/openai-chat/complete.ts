import type { JsonObject } from '@contract/values'
import { withinAnswerLimit, withoutTail } from '@main/providers/kit/answer-stream'
import { cutOff, refusal, requestFailure, streamFailure, type Source } from '@main/providers/kit/failures'
import { requestBody } from '@main/providers/kit/request-body'
import { wireModel } from '@main/providers/kit/wire-model'
import { untilEnd } from '@main/providers/kit/until-end'
import type { ChatEvent, CompletionRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { readChunks } from './chat-chunks'
import { postForStream } from './client'
import { unknownUsage, usageOf } from './usage'

/** Asks for a completion of a text and streams it. Leaving the loop closes the connection, as the signal does. */
export function complete(provider: Connection, request: CompletionRequest): AsyncIterable<ChatEvent> {
  const connection = { ...provider, model: request.model }
  return withinAnswerLimit(connection, ask(connection, request))
}

async function* ask(connection: Source, request: CompletionRequest): AsyncIterable<ChatEvent> {
  const { signal, end } = untilEnd(request.signal)
  let finish: string | null = null
  let usage = unknownUsage
  let began = false
  try {
    const response = await postForStream(connection, '/completions', completionBody(connection, request), signal)
    const isOver = () => finish !== null
    for await (const chunk of withoutTail(readChunks(connection, response), isOver)) {
      if (chunk.usage) usage = usageOf(chunk.usage)
      const choice = chunk.choices?.[0]
      finish = choice?.finish_reason ?? finish
      if (choice?.text) {
        began = true
        yield { type: 'text', text: choice.text }
      }
      if (chunk.usage) request.onUsage?.(usage)
    }
  } catch (error) {
    // What breaks after the answer's end, while its usage is awaited, takes nothing from it.
    if (finish === null || request.signal.aborted) throw requestFailure(connection, error, request.signal)
  } finally {
    end()
  }
  request.signal.throwIfAborted()
  if (finish === null) throw cutOff(connection, began)
  if (finish === 'error') throw streamFailure(connection, null)
  if (finish.startsWith('content_filter')) throw refusal(connection, null, 'content_filter')
  yield { type: 'end', reason: finish === 'length' ? 'length' : 'stop', usage }
}

/** The body of `POST /completions`. It has the older name for the limit of length. */
function completionBody(connection: Connection, request: CompletionRequest): JsonObject {
  const usage: JsonObject = connection.definition.streamUsage ? { stream_options: { include_usage: true } } : {}
  const { max_completion_tokens: limit, ...body } = requestBody(connection, usage, request.parameters)
  return {
    ...(limit === undefined ? {} : { max_tokens: limit }),
    ...body,
    model: wireModel(connection, 'chat', request.model),
    prompt: request.prompt,
    ...(request.suffix === undefined ? {} : { suffix: request.suffix }),
    stream: true,
  }
}

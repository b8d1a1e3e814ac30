import { withinAnswerLimit, withoutTail } from '@main/providers/kit/answer-stream'
import { cutOff, emptyAnswer, refusal, requestFailure, streamFailure, type Source } from '@main/providers/kit/failures'
import type { ChatEvent, ChatRequest, Usage } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { chatBody } from './chat-body'
import { readChunks, type Chunk } from './chat-chunks'
import { createClient } from './client'

/** Characters of a refusal that are kept: it is shown, not read. */
const REFUSAL_LIMIT = 2000

/** What is known of an answer so far. */
interface Answer {
  /** Some of it came: text or thoughts. */
  began: boolean
  hasText: boolean
  refusal: string
  finish: string | null
  usage: Usage
}

/** Asks for a chat completion and streams it. Leaving the loop closes the connection, as the signal does. */
export function chat(provider: Connection, request: ChatRequest): AsyncIterable<ChatEvent> {
  const connection = { ...provider, model: request.model }
  return withinAnswerLimit(connection, ask(connection, request))
}

async function* ask(connection: Source, request: ChatRequest): AsyncIterable<ChatEvent> {
  const stop = new AbortController()
  const signal = AbortSignal.any([request.signal, stop.signal])
  const usage: Usage = { inputTokens: null, outputTokens: null, cost: null }
  const answer: Answer = { began: false, hasText: false, refusal: '', finish: null, usage }
  try {
    const response = await createClient(connection, signal)
      .post('/chat/completions', { body: chatBody(connection, request), signal, stream: true })
      .asResponse()
    const chunks = readChunks(connection, response)
    for await (const chunk of withoutTail(chunks, () => answer.finish !== null)) yield* eventsOf(answer, chunk)
  } catch (error) {
    // What breaks after the answer's end, while its usage is awaited, takes nothing from it.
    if (answer.finish === null || request.signal.aborted) throw requestFailure(connection, error, request.signal)
  } finally {
    stop.abort()
  }
  request.signal.throwIfAborted()
  yield endOf(connection, answer)
}

function* eventsOf(answer: Answer, chunk: Chunk): Iterable<ChatEvent> {
  if (chunk.usage) {
    answer.usage = {
      inputTokens: chunk.usage.prompt_tokens ?? null,
      outputTokens: chunk.usage.completion_tokens ?? null,
      cost: chunk.usage.cost ?? null,
    }
  }
  const choice = chunk.choices?.[0]
  if (!choice) return
  answer.finish = choice.finish_reason ?? answer.finish
  const delta = choice.delta ?? choice.message
  if (!delta) return
  const reasoning = delta.reasoning ?? delta.reasoning_content
  answer.began ||= Boolean(reasoning) || Boolean(delta.content)
  if (reasoning) yield { type: 'reasoning', text: reasoning }
  if (answer.refusal.length < REFUSAL_LIMIT) answer.refusal += delta.refusal ?? ''
  if (!delta.content) return
  answer.hasText ||= delta.content.trim() !== ''
  yield { type: 'text', text: delta.content }
}

function endOf(connection: Source, answer: Answer): ChatEvent {
  const { finish, usage } = answer
  if (finish === 'error') throw streamFailure(connection, null)
  if (finish?.startsWith('content_filter')) throw refusal(connection, answer.refusal || null, 'content_filter')
  if (answer.refusal !== '' && !answer.hasText) throw refusal(connection, answer.refusal, 'refusal')
  if (finish === null) throw cutOff(connection, answer.began)
  if (!answer.hasText) throw emptyAnswer(connection, finish === 'length')
  return { type: 'end', reason: finish === 'length' ? 'length' : 'stop', usage }
}

import { withinAnswerLimit, withoutTail } from '@main/providers/kit/answer-stream'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import { cutOff, emptyAnswer, refusal, requestFailure, type Source } from '@main/providers/kit/failures'
import type { ChatEvent, ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { chatBody } from './chat-body'
import { readStream, type Block, type Event, type Stop, type Usage } from './stream-events'

/** What is known of an answer so far. */
interface Answer {
  /** Some of it came: text or thoughts. */
  began: boolean
  hasText: boolean
  /** A tool was offered for the answer: text is only one when the tool is not called, and waits until that is known. */
  heldText: string | null
  stop: Stop | null
  /** The stream said that it is over. */
  ended: boolean
  input: number | null
  output: number | null
}

/** Asks for a message and streams it. Leaving the loop closes the connection, as the signal does. */
export function chat(provider: Connection, request: ChatRequest): AsyncIterable<ChatEvent> {
  const connection = { ...provider, model: request.model }
  return withinAnswerLimit(connection, ask(connection, request))
}

async function* ask(connection: Source, request: ChatRequest): AsyncIterable<ChatEvent> {
  const stop = new AbortController()
  const empty = { heldText: null, stop: null, input: null, output: null }
  const answer: Answer = { began: false, hasText: false, ended: false, ...empty }
  try {
    request.signal.throwIfAborted()
    const body = chatBody(connection, request)
    if (body['tools'] !== undefined && request.responseFormat) answer.heldText = ''
    const fetch = checkedFetch(connection, AbortSignal.any([request.signal, stop.signal]))
    const response = await fetch(`${connection.baseUrl}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
    })
    const isOver = () => typeof answer.stop?.stop_reason === 'string'
    for await (const event of withoutTail(readStream(connection, response), isOver)) {
      yield* eventsOf(answer, event)
      if (answer.ended) break
    }
  } catch (error) {
    // What breaks after the answer's end takes nothing from it.
    if (answer.stop?.stop_reason == null || request.signal.aborted)
      throw requestFailure(connection, error, request.signal)
  } finally {
    stop.abort()
  }
  request.signal.throwIfAborted()
  yield* endOf(connection, answer)
}

function* eventsOf(answer: Answer, event: Event): Iterable<ChatEvent> {
  count(answer, event.message?.usage ?? event.usage)
  if (event.type === 'message_stop') answer.ended = true
  if (event.type === 'message_delta' && event.delta) answer.stop = event.delta
  if (event.type === 'content_block_start' && event.content_block) yield* blockEvents(answer, event.content_block)
  if (event.type !== 'content_block_delta' || !event.delta) return
  const { thinking, text, partial_json: json } = event.delta
  answer.began = true
  if (thinking) yield { type: 'reasoning', text: thinking }
  if (text) yield* textEvents(answer, text)
  if (json) yield* jsonEvents(answer, json)
}

/** What a block has at its beginning: nothing in a stream, everything in an answer that came whole. */
function* blockEvents(answer: Answer, block: Block): Iterable<ChatEvent> {
  if (block.thinking) yield { type: 'reasoning', text: block.thinking }
  if (block.text) yield* textEvents(answer, block.text)
  const isFilled = typeof block.input === 'object' && block.input !== null && Object.keys(block.input).length > 0
  if (block.type === 'tool_use' && isFilled) yield* jsonEvents(answer, JSON.stringify(block.input))
}

function* textEvents(answer: Answer, text: string): Iterable<ChatEvent> {
  if (answer.heldText !== null) {
    answer.heldText += text
    return
  }
  answer.hasText ||= text.trim() !== ''
  yield { type: 'text', text }
}

function* jsonEvents(answer: Answer, json: string): Iterable<ChatEvent> {
  answer.hasText = true
  yield { type: 'text', text: json }
}

/** Counts are of the whole answer so far. What was read from a cache and written into it was input too. */
function count(answer: Answer, usage: Usage | null | undefined): void {
  if (!usage) return
  const { input_tokens: fresh, cache_creation_input_tokens: written, cache_read_input_tokens: read } = usage
  if (typeof fresh === 'number') answer.input = fresh + (written ?? 0) + (read ?? 0)
  answer.output = usage.output_tokens ?? answer.output
}

function* endOf(connection: Source, answer: Answer): Iterable<ChatEvent> {
  const reason = answer.stop?.stop_reason ?? null
  const details = answer.stop?.stop_details
  if (reason === 'refusal') throw refusal(connection, details?.explanation ?? null, details?.category ?? 'refusal')
  if (reason === null) throw cutOff(connection, answer.began)
  if (!answer.hasText && answer.heldText) {
    const text = answer.heldText
    answer.heldText = null
    yield* textEvents(answer, text)
  }
  const isCut = reason === 'max_tokens' || reason === 'model_context_window_exceeded'
  if (!answer.hasText) throw emptyAnswer(connection, isCut)
  const usage = { inputTokens: answer.input, outputTokens: answer.output, cost: null }
  yield { type: 'end', reason: isCut ? 'length' : 'stop', usage }
}

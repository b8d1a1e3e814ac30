import { withinAnswerLimit, withoutTail } from '@main/providers/kit/answer-stream'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import { cutOff, emptyAnswer, refusal, requestFailure, type Source } from '@main/providers/kit/failures'
import { createToolCallReader, type ToolCallReader } from '@main/providers/kit/tool-call-reader'
import { untilEnd } from '@main/providers/kit/until-end'
import type { ChatEvent, ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { chatBody } from './chat-body'
import { hiddenDetail, thoughtDetail } from './thoughts'
import { readStream, type Block, type Event, type Stop, type Usage } from './stream-events'

/** What is known of an answer so far. */
interface Answer {
  /** Some of it came: text or thoughts. */
  began: boolean
  hasText: boolean
  calls: ToolCallReader
  /** The tool that was offered for the answer; null where none was. */
  answerTool: string | null
  /** Where such a tool was offered: text is only an answer when the tool is not called, and waits until that is known. */
  heldText: string | null
  /** What was thought in each block, where its signature is wanted, because it must go back with calls; else null. */
  thoughts: Map<number, string> | null
  /** The tool that is called in each block that is a call. */
  called: Map<number, string>
  stop: Stop | null
  /** The stream said that it is over. */
  ended: boolean
  input: number | null
  cached: number | null
  output: number | null
}

const emptyAnswerState = (): Answer => ({
  began: false,
  hasText: false,
  calls: createToolCallReader(),
  answerTool: null,
  heldText: null,
  thoughts: null,
  called: new Map(),
  stop: null,
  ended: false,
  input: null,
  cached: null,
  output: null,
})

/** Asks for a message and streams it. Leaving the loop closes the connection, as the signal does. */
export function chat(provider: Connection, request: ChatRequest): AsyncIterable<ChatEvent> {
  const connection = { ...provider, model: request.model }
  return withinAnswerLimit(connection, ask(connection, request))
}

async function* ask(connection: Source, request: ChatRequest): AsyncIterable<ChatEvent> {
  const { signal, end } = untilEnd(request.signal)
  const answer = emptyAnswerState()
  try {
    request.signal.throwIfAborted()
    const { body, answerTool } = chatBody(connection, request)
    if (request.tools?.length) answer.thoughts = new Map()
    if (answerTool !== null) Object.assign(answer, { answerTool, heldText: '' })
    const fetch = checkedFetch(connection, signal)
    const response = await fetch(`${connection.baseUrl}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
    })
    const isOver = () => typeof answer.stop?.stop_reason === 'string'
    for await (const event of withoutTail(readStream(connection, response), isOver)) {
      yield* eventsOf(answer, event)
      if (event.message?.usage ?? event.usage) request.onUsage?.(usageOf(answer))
      if (answer.ended) break
    }
  } catch (error) {
    // What breaks after the answer's end takes nothing from it.
    if (answer.stop?.stop_reason == null || request.signal.aborted)
      throw requestFailure(connection, error, request.signal)
  } finally {
    end()
  }
  request.signal.throwIfAborted()
  yield* endOf(connection, answer)
}

function* eventsOf(answer: Answer, event: Event): Iterable<ChatEvent> {
  count(answer, event.message?.usage ?? event.usage)
  if (event.type === 'message_stop') answer.ended = true
  if (event.type === 'message_delta' && event.delta) answer.stop = event.delta
  const index = event.index ?? 0
  if (event.type === 'content_block_start' && event.content_block)
    yield* blockEvents(answer, index, event.content_block)
  if (event.type !== 'content_block_delta' || !event.delta) return
  const { thinking, signature, text, partial_json: json } = event.delta
  answer.began = true
  if (thinking) yield* thoughtEvents(answer, index, thinking)
  if (signature) yield* signed(answer, index, signature)
  if (text) yield* textEvents(answer, text)
  if (json) yield* inputEvents(answer, index, json)
}

/** What a block has at its beginning: nothing in a stream, everything in an answer that came whole. */
function* blockEvents(answer: Answer, index: number, block: Block): Iterable<ChatEvent> {
  if (block.thinking) yield* thoughtEvents(answer, index, block.thinking)
  if (block.signature) yield* signed(answer, index, block.signature)
  if (block.type === 'redacted_thinking' && block.data && answer.thoughts)
    yield { type: 'reasoning', text: '', details: [hiddenDetail(index, block.data)] }
  if (block.text) yield* textEvents(answer, block.text)
  if (block.type !== 'tool_use' || !block.name) return
  answer.began = true
  answer.called.set(index, block.name)
  // In a stream the input is an empty object at first, and its text follows.
  const input = block.input === '{}' ? '' : block.input
  if (block.name !== answer.answerTool)
    yield* answer.calls.read({ index, id: block.id || null, name: block.name, arguments: input })
  else if (input !== '') yield* inputEvents(answer, index, input)
}

function* thoughtEvents(answer: Answer, index: number, text: string): Iterable<ChatEvent> {
  answer.thoughts?.set(index, (answer.thoughts.get(index) ?? '') + text)
  yield { type: 'reasoning', text }
}

/** What was thought is whole with its signature. */
function* signed(answer: Answer, index: number, signature: string): Iterable<ChatEvent> {
  if (!answer.thoughts) return
  const text = answer.thoughts.get(index) ?? ''
  yield { type: 'reasoning', text: '', details: [thoughtDetail(index, text, signature)] }
}

/** The next of what a tool is called with; of a tool that Fabula did not offer, such as the provider's own, nothing. */
function* inputEvents(answer: Answer, index: number, json: string): Iterable<ChatEvent> {
  const name = answer.called.get(index)
  if (name === undefined) return
  if (name !== answer.answerTool) {
    yield* answer.calls.read({ index, id: null, name: null, arguments: json })
    return
  }
  answer.hasText = true
  yield { type: 'text', text: json }
}

function* textEvents(answer: Answer, text: string): Iterable<ChatEvent> {
  if (answer.heldText !== null) {
    answer.heldText += text
    return
  }
  answer.hasText ||= text.trim() !== ''
  yield { type: 'text', text }
}

/** Counts are of the whole answer so far. What was read from a cache and written into it was input too. */
function count(answer: Answer, usage: Usage | null | undefined): void {
  if (!usage) return
  const { input_tokens: fresh, cache_creation_input_tokens: written, cache_read_input_tokens: read } = usage
  if (typeof fresh === 'number') answer.input = fresh + (written ?? 0) + (read ?? 0)
  answer.cached = read ?? answer.cached
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
  const hasCalls = answer.calls.began()
  if (!answer.hasText && !hasCalls) throw emptyAnswer(connection, isCut)
  if (!isCut) yield* answer.calls.end() ?? []
  yield { type: 'end', reason: isCut ? 'length' : hasCalls ? 'toolCalls' : 'stop', usage: usageOf(answer) }
}

const usageOf = ({ input, output, cached }: Answer) => ({
  inputTokens: input,
  outputTokens: output,
  cost: null,
  ...(cached === null ? {} : { cachedTokens: cached }),
})

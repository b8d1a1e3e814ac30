import { withinAnswerLimit, withoutTail } from '@main/providers/kit/answer-stream'
import {
  badAnswer,
  cutOff,
  emptyAnswer,
  refusal,
  requestFailure,
  streamFailure,
  type Source,
} from '@main/providers/kit/failures'
import { onlyFields } from '@main/providers/kit/only-fields'
import { createToolCallReader, type ToolCallReader, type WirePiece } from '@main/providers/kit/tool-call-reader'
import { untilEnd } from '@main/providers/kit/until-end'
import type { ChatEvent, ChatRequest, Usage } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { chatBody } from './chat-body'
import { readChunks, type Chunk, type ToolCall } from './chat-chunks'
import { postForStream } from './client'
import { unknownUsage, usageOf } from './usage'

/** Characters of a refusal that are kept: it is shown, not read. */
const REFUSAL_LIMIT = 2000

/** What is known of an answer so far. */
interface Answer {
  /** Fields of a tool call that the API wants back. */
  extraFields: readonly string[]
  /** Signatures of what was thought are wanted, because they must go back with calls. */
  wantsDetails: boolean
  /** Some of it came: text, thoughts or tool calls. */
  began: boolean
  hasText: boolean
  calls: ToolCallReader
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
  const { signal, end } = untilEnd(request.signal)
  const { toolCallFields, reasoningDetails } = connection.definition
  const answer: Answer = {
    extraFields: Object.keys(toolCallFields),
    wantsDetails: reasoningDetails && (request.tools?.length ?? 0) > 0,
    began: false,
    hasText: false,
    calls: createToolCallReader(),
    refusal: '',
    finish: null,
    usage: unknownUsage,
  }
  try {
    const response = await postForStream(connection, '/chat/completions', chatBody(connection, request), signal)
    const chunks = readChunks(connection, response)
    for await (const chunk of withoutTail(chunks, () => answer.finish !== null)) {
      yield* eventsOf(answer, chunk)
      if (chunk.usage) request.onUsage?.(answer.usage)
    }
  } catch (error) {
    // What breaks after the answer's end, while its usage is awaited, takes nothing from it.
    if (answer.finish === null || request.signal.aborted) throw requestFailure(connection, error, request.signal)
  } finally {
    end()
  }
  request.signal.throwIfAborted()
  yield* endOf(connection, answer)
}

function* eventsOf(answer: Answer, chunk: Chunk): Iterable<ChatEvent> {
  if (chunk.usage) answer.usage = usageOf(chunk.usage)
  const choice = chunk.choices?.[0]
  if (!choice) return
  answer.finish = choice.finish_reason ?? answer.finish
  const delta = choice.delta ?? choice.message
  if (!delta) return
  const reasoning = delta.reasoning ?? delta.reasoning_content ?? ''
  const details = (answer.wantsDetails && delta.reasoning_details) || []
  const calls = delta.tool_calls ?? []
  answer.began ||= Boolean(reasoning) || Boolean(delta.content) || calls.length > 0
  if (details.length > 0) yield { type: 'reasoning', text: reasoning, details }
  else if (reasoning) yield { type: 'reasoning', text: reasoning }
  if (answer.refusal.length < REFUSAL_LIMIT) answer.refusal += delta.refusal ?? ''
  if (delta.content) {
    answer.hasText ||= delta.content.trim() !== ''
    yield { type: 'text', text: delta.content }
  }
  for (const call of calls) yield* answer.calls.read(pieceOf(call, answer.extraFields))
}

function pieceOf({ index, id, function: called, ...others }: ToolCall, extraFields: readonly string[]): WirePiece {
  const extra = onlyFields(others, extraFields)
  return {
    index: index ?? null,
    id: id || null,
    name: called?.name || null,
    arguments: called?.arguments || '',
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  }
}

function* endOf(
  connection: Source,
  { finish, usage, hasText, began, calls, refusal: words }: Answer
): Iterable<ChatEvent> {
  const answered = hasText || calls.began()
  const isCut = finish === 'length'
  const rest = isCut ? [] : calls.end()
  if (finish === 'error') throw streamFailure(connection, null)
  if (finish?.startsWith('content_filter')) throw refusal(connection, words || null, 'content_filter')
  if (words !== '' && !answered) throw refusal(connection, words, 'refusal')
  if (finish === null) throw cutOff(connection, began)
  if (rest === null) throw badAnswer(connection, 'wrong_shape')
  if (!answered) throw emptyAnswer(connection, isCut)
  yield* rest
  // Some say `stop` where tools are to be called, as OpenAI does when the tool was prescribed.
  const reason = isCut ? 'length' : calls.began() ? 'toolCalls' : 'stop'
  yield { type: 'end', reason, usage }
}

import type { JsonObject } from '@contract/values'
import type { ChatEvent, FinishReason, ToolCallPiece, Usage } from '@main/providers/spec/chat'

/** What stands in every piece of an answer. */
export interface AnswerHead {
  id: string
  /** Unix seconds. */
  created: number
  /** As the program named it: who really answered stands in the headers. */
  model: string
}

const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  toolCalls: 'tool_calls',
}

/** Token counts as OpenAI has them; null where the provider says nothing at all. */
export function wireUsage({ inputTokens, outputTokens, cachedTokens, reasoningTokens }: Usage): JsonObject | null {
  if (inputTokens === null && outputTokens === null) return null
  const [read, written] = [inputTokens ?? 0, outputTokens ?? 0]
  return {
    prompt_tokens: read,
    completion_tokens: written,
    total_tokens: read + written,
    ...(cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedTokens } }),
    ...(reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  }
}

/** Writes the chunks of one streamed answer. */
export interface ChunkWriter {
  /** The first chunk, which says whose words follow. */
  begin(): string
  /** The chunks for an event; the last event brings the finish, the usage where it is wanted, and the end of the stream. */
  write(event: ChatEvent): string
}

export function createChunkWriter(head: AnswerHead, includeUsage: boolean): ChunkWriter {
  // All of a chunk but its change is the same in each: it is written once.
  const { id, created, model } = head
  const usage = includeUsage ? { usage: null } : {}
  const common = JSON.stringify({ id, object: 'chat.completion.chunk', created, model, ...usage }).slice(0, -1)
  const chunk = (delta: JsonObject, finish: string | null = null) =>
    `data: ${common},"choices":[${JSON.stringify({ index: 0, delta, logprobs: null, finish_reason: finish })}]}\n\n`

  return {
    begin: () => chunk({ role: 'assistant', content: '' }),
    write: (event) => {
      switch (event.type) {
        case 'text':
          return chunk({ content: event.text })
        case 'reasoning':
          return chunk({ reasoning_content: event.text })
        case 'toolCall':
          return chunk({ tool_calls: [wirePiece(event)] })
        case 'end': {
          const last = {
            id,
            object: 'chat.completion.chunk',
            created,
            model,
            choices: [],
            usage: wireUsage(event.usage),
          }
          const counted = includeUsage ? `data: ${JSON.stringify(last)}\n\n` : ''
          return `${chunk({}, finishReasons[event.reason])}${counted}data: [DONE]\n\n`
        }
      }
    },
  }
}

/** A piece of a tool call: what a call is stands in its first piece alone. */
const wirePiece = ({ index, id, name, arguments: text, extra }: ToolCallPiece): JsonObject => ({
  ...extra,
  index,
  ...(id === undefined ? {} : { id, type: 'function' }),
  function: { ...(name === undefined ? {} : { name }), arguments: text },
})

/** Collects an answer that is sent when it is whole. */
export interface AnswerRecord {
  /** A new attempt: what came of the one before is no part of the answer. */
  begin(): void
  add(event: ChatEvent): void
  usage(): Usage | null
  /** The body of the answer. */
  body(): JsonObject
}

export function createAnswerRecord(head: AnswerHead): AnswerRecord {
  let text = ''
  let reasoning = ''
  let calls = new Map<number, { id: string; name: string; arguments: string; extra: JsonObject }>()
  let end: { reason: FinishReason; usage: Usage } | null = null
  return {
    begin: () => {
      text = ''
      reasoning = ''
      calls = new Map()
      end = null
    },
    add: (event) => {
      switch (event.type) {
        case 'text':
          text += event.text
          break
        case 'reasoning':
          reasoning += event.text
          break
        case 'toolCall': {
          const call = calls.get(event.index) ?? { id: '', name: '', arguments: '', extra: {} }
          calls.set(event.index, {
            id: call.id || (event.id ?? ''),
            name: call.name || (event.name ?? ''),
            arguments: call.arguments + event.arguments,
            extra: { ...call.extra, ...event.extra },
          })
          break
        }
        case 'end':
          end = event
      }
    },
    usage: () => end?.usage ?? null,
    body: () => {
      const usage = end && wireUsage(end.usage)
      const wanted = [...calls.values()].map(({ id, name, arguments: written, extra }): JsonObject => ({
        ...extra,
        id,
        type: 'function',
        function: { name, arguments: written },
      }))
      const message: JsonObject = {
        role: 'assistant',
        content: text === '' && wanted.length > 0 ? null : text,
        refusal: null,
        ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
        ...(wanted.length === 0 ? {} : { tool_calls: wanted }),
      }
      const finish = end ? finishReasons[end.reason] : 'stop'
      return {
        id: head.id,
        object: 'chat.completion',
        created: head.created,
        model: head.model,
        choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
        ...(usage ? { usage } : {}),
      }
    },
  }
}

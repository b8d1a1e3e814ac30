import type { JsonObject } from '@contract/values'
import { joinDetails } from '@main/providers/kit/reasoning-details'
import type { FinishReason, ToolCallPiece, Usage } from '@main/providers/spec/chat'
import {
  createChunks,
  finishReasons,
  wireUsage,
  type AnswerHead,
  type AnswerRecord,
  type ChunkWriter,
} from './answer-shape'

/** The chunks of a chat. The first one says whose words follow. */
export function createChunkWriter(head: AnswerHead, includeUsage: boolean): ChunkWriter {
  const chunks = createChunks('chat.completion.chunk', head, includeUsage)
  const chunk = (delta: JsonObject, finish: string | null = null) =>
    chunks.chunk({ index: 0, delta, logprobs: null, finish_reason: finish })
  /** For a provider that counts nothing itself. */
  let written = ''
  return {
    begin: () => chunk({ role: 'assistant', content: '' }),
    write: (event) => {
      switch (event.type) {
        case 'text':
          written += event.text
          return chunk({ content: event.text })
        case 'reasoning':
          written += event.text
          return chunk({
            ...(event.text === '' ? {} : { reasoning_content: event.text }),
            ...(event.details ? { reasoning_details: [...event.details] } : {}),
          })
        case 'toolCall':
          written += (event.name ?? '') + event.arguments
          return chunk({ tool_calls: [wirePiece(event)] })
        case 'end':
          return chunk({}, finishReasons[event.reason]) + chunks.end(event.usage, written)
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

/** A chat as a whole. */
export function createAnswerRecord(head: AnswerHead): AnswerRecord {
  let text = ''
  let reasoning = ''
  let details: JsonObject[] = []
  let calls = new Map<number, { id: string; name: string; arguments: string; extra: JsonObject }>()
  let end: { reason: FinishReason; usage: Usage } | null = null
  return {
    begin: () => {
      text = ''
      reasoning = ''
      details = []
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
          details.push(...(event.details ?? []))
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
      const called = [...calls.values()]
      const written = [reasoning, text, ...called.flatMap((call) => [call.name, call.arguments])].join('')
      const wanted = called.map(({ id, name, arguments: written, extra }): JsonObject => ({
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
        ...(details.length === 0 ? {} : { reasoning_details: joinDetails(details) }),
        ...(wanted.length === 0 ? {} : { tool_calls: wanted }),
      }
      const finish = end ? finishReasons[end.reason] : 'stop'
      return {
        id: head.id,
        object: 'chat.completion',
        created: head.created,
        model: head.model,
        choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
        ...(end ? { usage: wireUsage(end.usage, head, written) } : {}),
      }
    },
  }
}

import type { ChatRequest as OllamaRequest, Message } from 'ollama'
import type { JsonObject } from '@contract/values'
import { imagesOf, inlineImage } from '@main/providers/kit/images'
import { textOfMessage } from '@main/providers/kit/message-text'
import { requestBody } from '@main/providers/kit/request-body'
import { argumentsOf } from '@main/providers/kit/tool-arguments'
import type { ChatMessage, ChatRequest, ToolOffer } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'

/** The body of `POST /api/chat`. */
export function chatBody(connection: Connection, request: ChatRequest): OllamaRequest {
  const body = requestBody(connection, connection.definition.requiredParameters, request.parameters)
  return {
    ...body,
    ...formatField(request),
    ...toolField(request),
    model: request.model,
    messages: wireMessages(request),
  }
}

const formatField = ({ responseFormat: format }: ChatRequest) =>
  format ? { format: format.type === 'schema' ? format.schema : 'json' } : {}

/**
 * The API has no choice among tools: it cannot be made to call one. The nearest is to offer none, or only the one that is to be
 * called.
 */
function toolField({ tools = [], toolChoice }: ToolOffer): JsonObject {
  const offered = tools.filter(({ name }) => typeof toolChoice !== 'object' || toolChoice.name === name)
  if (offered.length === 0 || toolChoice === 'none') return {}
  return {
    tools: offered.map(({ name, description = '', parameters = { type: 'object', properties: {} } }) => ({
      type: 'function',
      function: { name, description, parameters },
    })),
  }
}

/** Of a message, beside its text. The client's types lack the ids of calls. */
type CallFields = Pick<Message, 'thinking' | 'tool_calls' | 'tool_name'> & { tool_call_id?: string }

/** What a tool gave names the tool, and not the call; newer servers know both. */
function wireMessages({ messages }: ChatRequest): Message[] {
  const nameOf = new Map<string, string>()
  return messages.map((message) => {
    if ('toolCalls' in message) for (const { id, name } of message.toolCalls) nameOf.set(id, name)
    return { ...plain(message), ...callFields(message, nameOf) }
  })
}

const plain = (message: ChatMessage): Message => {
  const images = imagesOf(message).flatMap((url) => inlineImage(url) ?? [])
  return {
    role: message.role,
    content: textOfMessage(message),
    // As bytes: the client takes a text for the name of a file, and sends what is in the file.
    ...(images.length > 0 ? { images: images.map(({ base64 }) => Buffer.from(base64, 'base64')) } : {}),
  }
}

function callFields(message: ChatMessage, nameOf: ReadonlyMap<string, string>): CallFields {
  if ('toolCalls' in message)
    return {
      ...(message.reasoning ? { thinking: message.reasoning } : {}),
      tool_calls: message.toolCalls.map((call) => ({
        id: call.id,
        function: { name: call.name, arguments: argumentsOf(call) },
      })),
    }
  if (message.role !== 'tool') return {}
  const name = nameOf.get(message.toolCallId)
  return { tool_call_id: message.toolCallId, ...(name === undefined ? {} : { tool_name: name }) }
}

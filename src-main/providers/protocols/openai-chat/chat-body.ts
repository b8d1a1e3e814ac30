import type { JsonObject, JsonValue } from '@contract/values'
import { mergeInto } from '@main/providers/kit/merge-json'
import type { ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { isClosed } from './closed-schema'

/** The body of `POST /chat/completions`: the model's settings over what the user adds to every request. */
export function chatBody(connection: Connection, request: ChatRequest): JsonObject {
  const body: JsonObject = {}
  if (connection.definition.streamUsage) body.stream_options = { include_usage: true }
  mergeInto(body, connection.extraBody)
  mergeInto(body, request.parameters)
  if (request.responseSchema) body.response_format = responseFormat(request.responseSchema)
  const messages: JsonValue = request.messages.map(({ role, content }) => ({ role, content }))
  return { ...body, model: request.model, messages, stream: true }
}

const responseFormat = (schema: JsonObject): JsonObject => ({
  type: 'json_schema',
  json_schema: { name: 'answer', schema, ...(isClosed(schema) ? { strict: true } : {}) },
})

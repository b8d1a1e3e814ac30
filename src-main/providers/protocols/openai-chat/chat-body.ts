import type { JsonObject, JsonValue } from '@contract/values'
import { isClosed } from '@main/providers/kit/closed-schema'
import { requestBody } from '@main/providers/kit/request-body'
import { wireModel } from '@main/providers/kit/wire-model'
import type { ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'

/** The body of `POST /chat/completions`: the model's settings over what the user adds to every request. */
export function chatBody(connection: Connection, request: ChatRequest): JsonObject {
  const { requiredParameters, streamUsage } = connection.definition
  const usage: JsonObject = streamUsage ? { stream_options: { include_usage: true } } : {}
  const body = requestBody(connection, { ...usage, ...requiredParameters }, request.parameters)
  if (request.responseSchema) body.response_format = responseFormat(request.responseSchema)
  const messages: JsonValue = request.messages.map(({ role, content }) => ({ role, content }))
  return { ...body, model: wireModel(connection, 'chat', request.model), messages, stream: true }
}

const responseFormat = (schema: JsonObject): JsonObject => ({
  type: 'json_schema',
  json_schema: { name: 'answer', schema, ...(isClosed(schema) ? { strict: true } : {}) },
})

import { z } from 'zod'
import type { JsonObject, JsonValue } from '@contract/values'
import { mergeInto } from '@main/providers/kit/merge-json'
import { textMessages } from '@main/providers/kit/message-text'
import { requestBody } from '@main/providers/kit/request-body'
import { wireModel } from '@main/providers/kit/wire-model'
import type { ChatRequest, ResponseFormat } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import { conversationOf } from './conversation'
import { isFormatSchema } from './format-schema'

/** The tool that a structured answer is given through. */
const ANSWER_TOOL = 'answer'

const Thinking = z.looseObject({ type: z.string().optional(), budget_tokens: z.number().optional() })
const Limit = z.number().catch(0)

/** The body of `POST /messages`. */
export function chatBody(connection: Connection, request: ChatRequest): JsonObject {
  const { requiredParameters } = connection.definition
  const body = requestBody(connection, requiredParameters, request.parameters)
  completeThinking(body, requiredParameters, request.parameters)
  if (request.responseFormat) mergeInto(body, structured(schemaOf(request.responseFormat), body))
  const { system, messages } = conversationOf(textMessages(request.messages))
  const turns: JsonValue = messages.map(({ role, content }) => ({ role, content }))
  return {
    ...body,
    ...(system === null ? {} : { system }),
    model: wireModel(connection, 'chat', request.model),
    messages: turns,
    stream: true,
  }
}

/**
 * Says the kind of thinking that the settings mean: a budget is the older kind, anything else the newer one. The budget
 * is part of `max_tokens`; where the user set no limit, the room for the answer is kept beside it.
 */
function completeThinking(body: JsonObject, required: JsonObject, parameters: JsonObject): void {
  const thinking = Thinking.safeParse(body['thinking']).data
  if (!thinking) return
  const { type, budget_tokens: budget } = thinking
  if (type === undefined) mergeInto(body, { thinking: { type: budget === undefined ? 'adaptive' : 'enabled' } })
  if (budget !== undefined && parameters['max_tokens'] === undefined)
    body['max_tokens'] = budget + Limit.parse(required['max_tokens'])
}

/**
 * A tool that must be called gives JSON of a schema with every model. While thinking, no call may be forced: then a
 * closed schema goes where the API guarantees it, and for another the tool is only offered.
 */
function structured(schema: JsonObject, body: JsonObject): JsonObject {
  const thinks = (Thinking.safeParse(body['thinking']).data?.type ?? 'disabled') !== 'disabled'
  if (thinks && isFormatSchema(schema)) return { output_config: { format: { type: 'json_schema', schema } } }
  return {
    tools: [{ name: ANSWER_TOOL, description: 'Gives the answer.', input_schema: asObjectSchema(schema) }],
    tool_choice: thinks ? { type: 'auto' } : { type: 'tool', name: ANSWER_TOOL },
  }
}

const schemaOf = (format: ResponseFormat): JsonObject => (format.type === 'schema' ? format.schema : {})

/** The API wants the type said at the top. */
const asObjectSchema = (schema: JsonObject): JsonObject => ({ type: 'object', ...schema })

import type { JsonObject, JsonValue } from '@contract/values'
import { isClosed } from '@main/providers/kit/closed-schema'
import { onlyFields } from '@main/providers/kit/only-fields'
import { joinDetails } from '@main/providers/kit/reasoning-details'
import { requestBody } from '@main/providers/kit/request-body'
import { wireModel } from '@main/providers/kit/wire-model'
import type {
  ChatMessage,
  ChatRequest,
  ContentPart,
  ResponseFormat,
  Tool,
  ToolCall,
  ToolCallsMessage,
  ToolChoice,
  ToolOffer,
} from '@main/providers/spec/chat'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import type { Connection } from '@main/providers/spec/protocol'

/** The body of `POST /chat/completions`: the model's settings over what the user adds to every request. */
export function chatBody(connection: Connection, request: ChatRequest): JsonObject {
  const { requiredParameters, streamUsage } = connection.definition
  const usage: JsonObject = streamUsage ? { stream_options: { include_usage: true } } : {}
  const body = requestBody(connection, { ...usage, ...requiredParameters }, request.parameters)
  return {
    ...body,
    ...toolFields(request),
    ...(request.responseFormat ? { response_format: formatField(request.responseFormat) } : {}),
    model: wireModel(connection, 'chat', request.model),
    messages: request.messages.map((message) => wireMessage(message, connection.definition)),
    stream: true,
  }
}

const toolFields = ({ tools, toolChoice, parallelToolCalls }: ToolOffer): JsonObject => ({
  ...(tools ? { tools: tools.map(wireTool) } : {}),
  ...(toolChoice === undefined ? {} : { tool_choice: wireChoice(toolChoice) }),
  ...(parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls }),
})

const wireTool = ({ name, description, parameters, strict }: Tool): JsonObject => ({
  type: 'function',
  function: {
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(strict === undefined ? {} : { strict }),
  },
})

const wireChoice = (choice: ToolChoice): JsonValue =>
  typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } }

function formatField(format: ResponseFormat): JsonObject {
  if (format.type === 'json') return { type: 'json_object' }
  const { schema, name = 'answer', description, strict = isClosed(schema) || undefined } = format
  return {
    type: 'json_schema',
    json_schema: {
      name,
      ...(description === undefined ? {} : { description }),
      schema,
      ...(strict === undefined ? {} : { strict }),
    },
  }
}

type MessageFields = Pick<ProviderDefinition, 'toolCallFields' | 'reasoningDetails'>

function wireMessage(message: ChatMessage, { toolCallFields, reasoningDetails }: MessageFields): JsonObject {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.toolCallId, content: message.content }
  if ('toolCalls' in message)
    return {
      role: 'assistant',
      content: message.content,
      ...thoughtsOf(message, reasoningDetails),
      tool_calls: message.toolCalls.map((call, at) => wireToolCall(call, at === 0, toolCallFields)),
    }
  const { role, content } = message
  return { role, content: typeof content === 'string' ? content : content.map(wirePart) }
}

/** What was thought before calls: with its signatures where the API knows them, else its words. */
function thoughtsOf({ reasoning, reasoningDetails = [] }: ToolCallsMessage, takesDetails: boolean): JsonObject {
  if (takesDetails && reasoningDetails.length > 0) return { reasoning_details: joinDetails(reasoningDetails) }
  return reasoning === undefined ? {} : { reasoning_content: reasoning }
}

const wireToolCall = (
  { id, name, arguments: text, extra = {} }: ToolCall,
  isFirst: boolean,
  extraFields: ProviderDefinition['toolCallFields']
): JsonObject => ({
  ...(isFirst ? withoutNulls(extraFields) : {}),
  ...onlyFields(extra, Object.keys(extraFields)),
  id,
  type: 'function',
  function: { name, arguments: text },
})

const withoutNulls = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

const wirePart = (part: ContentPart): JsonObject => {
  if (part.type === 'text') return { type: 'text', text: part.text }
  const { url, detail } = part
  return { type: 'image_url', image_url: { url, ...(detail === undefined ? {} : { detail }) } }
}

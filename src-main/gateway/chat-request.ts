import { z } from 'zod'
import { JsonObject, type JsonValue } from '@contract/values'
import type { ChatMessage, ResponseFormat, ToolOffer } from '@main/providers/spec/chat'
import { badField } from './api-error'
import { optional, readsCallerParameters, samplerFields, streamFields } from './caller-parameters'
import { chatMessages, Message } from './chat-messages'
import type { TextAsked } from './prepared-call'
import { fitting } from './request-body'

/** A request for a chat completion, understood. */
export interface ChatAsked extends ToolOffer, TextAsked {
  messages: readonly ChatMessage[]
  responseFormat: ResponseFormat | null
}

const Tool = z.looseObject({
  type: z.literal('function', { error: 'only tools of type "function" can be passed on' }),
  function: z.looseObject({
    name: z.string().min(1).max(200),
    description: optional(z.string()),
    parameters: optional(JsonObject),
    strict: optional(z.boolean()),
  }),
})

const ToolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string().min(1) }) }),
])

const Format = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({
      name: z.string().min(1).max(200),
      description: optional(z.string()),
      schema: optional(JsonObject),
      strict: optional(z.boolean()),
    }),
  }),
])

/** The body of `POST /v1/chat/completions`. */
export const ChatBody = z.looseObject({
  model: z.string().min(1).max(1000),
  messages: z.array(Message).min(1),
  tools: optional(z.array(Tool).max(1000)),
  tool_choice: optional(ToolChoice),
  parallel_tool_calls: optional(z.boolean()),
  response_format: optional(Format),
  max_completion_tokens: optional(z.number().int().min(1)),
  reasoning_effort: optional(z.string().max(40)),
  ...samplerFields,
  ...streamFields,
})

const parametersOf = readsCallerParameters(ChatBody)

/** Reads the body of `POST /v1/chat/completions`; throws the error of its first wrong field. */
export function readChatRequest(body: JsonValue): ChatAsked {
  const said = fitting(body, ChatBody)
  const {
    model,
    messages,
    tools,
    tool_choice: choice,
    parallel_tool_calls: parallelToolCalls,
    response_format: format,
    max_completion_tokens: maxCompletionTokens,
    reasoning_effort: effort,
    stream,
    stream_options: streamOptions,
  } = said
  const { samplers, extra } = parametersOf(body, said)
  if (typeof maxCompletionTokens === 'number') samplers['max_tokens'] = maxCompletionTokens
  if (typeof effort === 'string') samplers['reasoning_effort'] = effort
  return {
    model,
    messages: chatMessages(messages),
    ...(tools && tools.length > 0 ? { tools: tools.map(toolOf) } : {}),
    ...(choice && tools?.length ? { toolChoice: toolChoiceOf(choice, tools) } : {}),
    ...(typeof parallelToolCalls === 'boolean' ? { parallelToolCalls } : {}),
    responseFormat: format ? formatOf(format) : null,
    parameters: { samplers, extra },
    stream: stream ?? false,
    includeUsage: streamOptions?.include_usage ?? false,
  }
}

const toolOf = ({ function: { name, description, parameters, strict } }: z.output<typeof Tool>) => ({
  name,
  ...(typeof description === 'string' ? { description } : {}),
  ...(parameters ? { parameters } : {}),
  ...(typeof strict === 'boolean' ? { strict } : {}),
})

function toolChoiceOf(choice: z.output<typeof ToolChoice>, tools: readonly z.output<typeof Tool>[]) {
  if (typeof choice === 'string') return choice
  const { name } = choice.function
  if (!tools.some((tool) => tool.function.name === name))
    throw badField('tool_choice', `\`tool_choice\` names the tool \`${name}\`, which is not among \`tools\`.`)
  return { name }
}

function formatOf(format: z.output<typeof Format>): ResponseFormat | null {
  switch (format.type) {
    case 'text':
      return null
    case 'json_object':
      return { type: 'json' }
    case 'json_schema': {
      const { name, description, schema, strict } = format.json_schema
      if (!schema) return { type: 'json' }
      return {
        type: 'schema',
        name,
        schema,
        ...(typeof description === 'string' ? { description } : {}),
        ...(typeof strict === 'boolean' ? { strict } : {}),
      }
    }
  }
}

import { z } from 'zod'
import { JsonObject, JsonValue } from '@contract/values'
import type { ChatMessage, ResponseFormat, ToolOffer } from '@main/providers/spec/chat'
import { badField } from './api-error'
import { chatMessages, Message } from './chat-messages'
import { fitting } from './request-body'

/** What a request to write says beside its text: Fabula's name of each sampler, and what else is to reach the provider. */
export interface CallerParameters {
  samplers: JsonObject
  /** Fields that OpenAI's API does not have, or that Fabula has no sampler for. */
  extra: JsonObject
}

/** A request for a chat completion, understood. */
export interface ChatAsked extends ToolOffer {
  model: string
  messages: readonly ChatMessage[]
  responseFormat: ResponseFormat | null
  parameters: CallerParameters
  stream: boolean
  /** The last chunk of a stream is to say the usage. */
  includeUsage: boolean
}

/** OpenAI's clients send null for what is not set. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)

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

/** The samplers of both ways to ask for text, under the names that Fabula has for them. */
export const samplerFields = {
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().min(0).max(1)),
  max_tokens: optional(z.number().int().min(1)),
  frequency_penalty: optional(z.number().min(-2).max(2)),
  presence_penalty: optional(z.number().min(-2).max(2)),
  seed: optional(z.number().int()),
  stop: optional(z.union([z.string().transform((text) => [text]), z.array(z.string()).max(16)])),
  logit_bias: optional(z.record(z.string(), z.number())),
}

export const streamFields = {
  stream: optional(z.boolean()),
  stream_options: optional(z.looseObject({ include_usage: optional(z.boolean()) })),
  n: optional(z.literal(1, { error: 'only one answer to a request can be made: leave it out or set it to 1' })),
}

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

/** What would change the form of the answer into one that Fabula does not make; a value that changes nothing is let pass. */
const unsupported: readonly [field: string, harmless: (value: JsonValue) => boolean, instead: string][] = [
  ['logprobs', (value) => value === false, 'The chances of tokens are not known here. Leave it out.'],
  ['top_logprobs', (value) => value === 0, 'The chances of tokens are not known here. Leave it out.'],
  ['audio', () => false, 'Answers are text. Leave it out.'],
  ['modalities', (value) => Array.isArray(value) && value.every((one) => one === 'text'), 'Answers are text.'],
  ['functions', (value) => Array.isArray(value) && value.length === 0, 'Use `tools`.'],
  ['function_call', (value) => value === 'none' || value === 'auto', 'Use `tool_choice`.'],
]

/** Reads the body of `POST /v1/chat/completions`; throws the error of its first wrong field. */
export function readChatRequest(body: unknown): ChatAsked {
  const {
    model,
    messages,
    tools,
    tool_choice: choice,
    parallel_tool_calls: parallelToolCalls,
    response_format: format,
    max_completion_tokens: maxCompletionTokens,
    stream = false,
    stream_options: streamOptions,
    n: _one,
    ...rest
  } = fitting(body, ChatBody)
  const { samplers, extra } = callerParameters(rest)
  if (maxCompletionTokens !== undefined) samplers['max_tokens'] = maxCompletionTokens
  return {
    model,
    messages: chatMessages(messages),
    ...(tools && tools.length > 0 ? { tools: tools.map(toolOf) } : {}),
    ...(choice === undefined || !tools?.length ? {} : { toolChoice: toolChoiceOf(choice, tools) }),
    ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
    responseFormat: format ? formatOf(format) : null,
    parameters: { samplers, extra },
    stream,
    includeUsage: streamOptions?.include_usage ?? false,
  }
}

const samplerNames: ReadonlySet<string> = new Set([...Object.keys(samplerFields), 'reasoning_effort'])

/** Parts what is left of a body into samplers and what else it has. */
export function callerParameters(rest: Record<string, unknown>): CallerParameters {
  const fields = fitting(rest, JsonFields)
  for (const [field, isHarmless, instead] of unsupported) {
    const value = fields[field]
    if (value === undefined || value === null) continue
    if (!isHarmless(value))
      throw badField(field, `\`${field}\` cannot be passed on. ${instead}`, 'unsupported_parameter')
    delete fields[field]
  }
  const entries = Object.entries(fields).flatMap(([name, value]): [string, JsonValue][] =>
    value === undefined || value === null ? [] : [[name, value]]
  )
  return {
    samplers: Object.fromEntries(entries.filter(([name]) => samplerNames.has(name))),
    extra: Object.fromEntries(entries.filter(([name]) => !samplerNames.has(name))),
  }
}

const JsonFields = z.record(z.string(), JsonValue.optional())

const toolOf = ({ function: { name, description, parameters, strict } }: z.output<typeof Tool>) => ({
  name,
  ...(description === undefined ? {} : { description }),
  ...(parameters === undefined ? {} : { parameters }),
  ...(strict === undefined ? {} : { strict }),
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
        ...(description === undefined ? {} : { description }),
        ...(strict === undefined ? {} : { strict }),
      }
    }
  }
}

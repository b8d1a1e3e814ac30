import type { JsonObject } from '@contract/values'
import type { ChatMessage, ChatRequest, ResponseFormat, Tool, ToolOffer } from '@main/providers/spec/chat'
import { isFormatSchema } from './format-schema'

/** What a request says of tools and of the answer's form. */
export interface ToolFields {
  /** Fields of the body; empty where nothing is said. */
  fields: JsonObject
  /** The tool through which a structured answer is given; null where none is. */
  answerTool: string | null
  /** One of the caller's tools must be called, which the API refuses while the model thinks. */
  forced: boolean
}

/**
 * The tools of a request, and one more for a structured answer: a tool that must be called gives JSON of a schema with every
 * model. While thinking, no call may be forced: then a closed schema goes where the API guarantees it, and for another the
 * tool is only offered. Beside tools of the caller's, any of them may be called, and it is the answer when its own is.
 *
 * What `strict` asks for is left to the model: older ones refuse the word.
 */
export function toolFields(request: ChatRequest, thinks: boolean): ToolFields {
  const { tools = [], toolChoice, parallelToolCalls, responseFormat } = request
  const forced = tools.length > 0 && (toolChoice === 'required' || typeof toolChoice === 'object')
  // An answer that must call a tool has no form of its own.
  if (!responseFormat || forced) return { fields: offerOf(request), answerTool: null, forced }

  const parameters = schemaOf(responseFormat)
  if (thinks && isFormatSchema(parameters)) {
    const format = { format: { type: 'json_schema', schema: parameters } }
    return { fields: { ...offerOf(request), output_config: format }, answerTool: null, forced }
  }
  const own = toolChoice === 'none' ? [] : tools
  const name = freeName(own)
  const description = (responseFormat.type === 'schema' && responseFormat.description) || 'Gives the answer.'
  const choice: JsonObject = own.length > 0 ? { type: 'any', ...serial(parallelToolCalls) } : { type: 'tool', name }
  return {
    fields: {
      tools: [...own, { name, description, parameters }].map(wireTool),
      tool_choice: thinks ? { type: 'auto' } : choice,
    },
    answerTool: name,
    forced,
  }
}

const schemaOf = (format: ResponseFormat): JsonObject => (format.type === 'schema' ? format.schema : {})

function offerOf({ messages, tools = [], toolChoice, parallelToolCalls }: ChatRequest): JsonObject {
  if (tools.length === 0) return toolsCalledIn(messages)
  const choice = choiceOf(toolChoice, serial(parallelToolCalls))
  return { tools: tools.map(wireTool), ...(choice ? { tool_choice: choice } : {}) }
}

/** A conversation in which tools were called needs their definitions, also where none may be called any more. */
function toolsCalledIn(messages: readonly ChatMessage[]): JsonObject {
  const names = messages.flatMap((message) => ('toolCalls' in message ? message.toolCalls.map(({ name }) => name) : []))
  if (names.length === 0) return {}
  return { tools: [...new Set(names)].map((name) => wireTool({ name })), tool_choice: { type: 'none' } }
}

/** The API wants the type said at the top. */
const wireTool = ({ name, description, parameters }: Tool): JsonObject => ({
  name,
  ...(description === undefined ? {} : { description }),
  input_schema: { type: 'object', ...parameters },
})

function choiceOf(choice: ToolOffer['toolChoice'], serially: JsonObject): JsonObject | null {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name, ...serially }
  switch (choice) {
    case 'none':
      return { type: 'none' }
    case 'required':
      return { type: 'any', ...serially }
    case 'auto':
      return { type: 'auto', ...serially }
    case undefined:
      return 'disable_parallel_tool_use' in serially ? { type: 'auto', ...serially } : null
  }
}

const serial = (parallel: boolean | undefined): JsonObject =>
  parallel === false ? { disable_parallel_tool_use: true } : {}

/** A name that no tool of the caller's has. */
function freeName(tools: readonly Tool[]): string {
  let name = 'answer'
  while (tools.some((tool) => tool.name === name)) name = `final_${name}`
  return name
}
